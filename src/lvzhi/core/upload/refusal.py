"""Why a file or a text is refused: a stable code, its figures, and the sentence people read."""

from collections.abc import Mapping
from typing import Literal

Language = Literal["zh", "en"]
Param = str | int

SENTENCES: dict[str, tuple[str, str]] = {
    "empty": (
        "这个文件是空的。请检查后重新选择文件。",
        "This file is empty. Check it and choose again.",
    ),
    "too_large": (
        "文件超过 {limit}，不能上传。请压缩图片或者分成几个文件。",
        "The file is larger than {limit}. Compress its pictures or split it into several files.",
    ),
    "no_extension": (
        "文件名没有扩展名，无法核对类型。请保留原来的扩展名，如 .pdf、.docx。",
        "The file name has no extension. Keep the original one, such as .pdf or .docx.",
    ),
    "extension_not_allowed": (
        "不接收 .{extension} 文件。可以上传：{allowed}。",
        "Files of type .{extension} are not taken. You can upload: {allowed}.",
    ),
    "program": (
        "这是一个程序文件，改了扩展名也不能上传。",
        "This is a program. Renaming it does not make it acceptable.",
    ),
    "archive": (
        "不接收压缩包。请解开后逐个上传其中的文件。",
        "Archives are not taken. Unpack it and upload the files one by one.",
    ),
    "web_page": (
        "不接收网页或 SVG 图形。请另存为 PDF 或图片后上传。",
        "Web pages and SVG drawings are not taken. Save it as a PDF or a picture.",
    ),
    "mismatch": (
        "文件扩展名是 .{extension}，内容却是{found_zh}。请用原来的程序打开，另存后再上传。",
        "The file is named .{extension} but contains {found_en}. Open and save it again, then upload.",
    ),
    "unknown_content": (
        "文件扩展名是 .{extension}，但内容认不出来，可能已经损坏。请重新另存后上传。",
        "The file is named .{extension} but its content is not recognised; it may be damaged.",
    ),
    "damaged": (
        "{kind_zh}已经损坏，打不开。请重新另存后上传。",
        "The {kind_en} is damaged and cannot be opened. Save it again, then upload.",
    ),
    "polyglot": (
        "文件里夹带了另一种类型的内容。请用原来的程序打开，另存后再上传。",
        "The file carries content of a second type. Open and save it again, then upload.",
    ),
    "macros": (
        "文件带有宏或控件。请另存为不含宏的 .docx 或 .xlsx 后上传。",
        "The file contains macros or controls. Save it as .docx or .xlsx without macros.",
    ),
    "encrypted": (
        "文件设有密码或权限保护，工作人员无法打开。请取消保护后上传。",
        "The file is protected by a password or permissions. Remove the protection, then upload.",
    ),
    "packed_too_large": (
        "文件解开后超过 {limit}，不能上传。请减少内容或者分成几个文件。",
        "Unpacked, the file exceeds {limit}. Reduce it or split it into several files.",
    ),
    "packed_too_tightly": (
        "文件的压缩比异常，可能会占满服务器，不能上传。请重新另存后上传。",
        "The file is compressed abnormally tightly and may exhaust the server. Save it again.",
    ),
    "packed_too_many": (
        "文件里的部件超过 {limit} 个，不能上传。请分成几个文件。",
        "The file has more than {limit} parts. Split it into several files.",
    ),
    "packed_path": (
        "文件内部的路径不合规范，不能上传。请用办公软件打开，另存后再上传。",
        "The file contains an improper internal path. Open and save it again, then upload.",
    ),
    "packed_archive": (
        "文件里嵌着另一个压缩包。请取出来单独上传。",
        "Another archive is embedded in the file. Take it out and upload it by itself.",
    ),
    "embedded_file": (
        "文件里嵌着别的附件。请取出来单独上传。",
        "Another file is attached inside this one. Take it out and upload it by itself.",
    ),
    "xml_declaration": (
        "文件内部含有不允许的 XML 声明。请用办公软件打开，另存后再上传。",
        "The file contains a forbidden XML declaration. Open and save it again, then upload.",
    ),
    "remote_template": (
        "文件打开时会从网上加载模板或对象。请去掉这些链接后上传。",
        "The file loads a template or an object from the network. Remove these links first.",
    ),
    "pdf_script": (
        "PDF 里含有脚本或者会启动程序的动作。请重新打印为 PDF 后上传。",
        "The PDF contains a script or starts a program. Print it to a new PDF, then upload.",
    ),
    "too_many_pixels": (
        "图片超过 {limit_zh}像素，不能上传。请缩小后上传。",
        "The picture has more than {limit_en} pixels. Make it smaller, then upload.",
    ),
    "not_text": (
        "这不是纯文本，或者用了认不出来的编码。请另存为 UTF-8 编码的文本后上传。",
        "This is not plain text, or its encoding is not recognised. Save it as UTF-8 text.",
    ),
    "text_too_long": (
        "最多写 {limit} 个字，现在有 {length} 个字，请删去 {over} 个字。",
        "At most {limit} characters; there are {length}. Remove {over}.",
    ),
}


def sentence(code: str, params: Mapping[str, Param], lang: Language = "zh") -> str:
    """Return the sentence for a refusal, whole, in Chinese or English.

    Raises KeyError for an unknown code or a missing gap: both are programming errors.
    """
    chinese, english = SENTENCES[code]
    return (chinese if lang == "zh" else english).format_map(params)


class UploadRefused(ValueError):
    """A file or text that may not come in; `str()` gives the Chinese sentence.

    `code` is stable and is a key of SENTENCES; `params` fills the gaps of the sentence.
    """

    def __init__(self, code: str, **params: Param) -> None:
        self.code = code
        self.params: dict[str, Param] = params
        super().__init__(sentence(code, params))


def in_units(size: int) -> str:
    """A size in bytes as people read it, rounded down: `in_units(20_971_520)` is '20 MB'."""
    for unit, step in (("GB", 1 << 30), ("MB", 1 << 20), ("KB", 1 << 10)):
        if size >= step:
            return f"{size // step} {unit}"
    return f"{size} B"
