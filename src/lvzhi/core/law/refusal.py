"""Why a file is not read as a law: a stable code, its figures, and the sentence people read."""

from __future__ import annotations

from collections.abc import Mapping

from lvzhi.core.upload import UploadRefused
from lvzhi.core.upload import sentence as upload_sentence
from lvzhi.core.upload.refusal import SENTENCES as UPLOAD_SENTENCES
from lvzhi.core.upload.refusal import Language, Param

SENTENCES: dict[str, tuple[str, str]] = {
    "too_large": (
        "文件超过 {limit}，不像是法律文本。请去掉图片，或者只保存文字后再导入。",
        "The file is larger than {limit}, which no text of law is. Remove its pictures or save the text alone.",
    ),
    "scanned_pdf": (
        "这个 PDF 是扫描件，里面没有文字。请先用文字识别软件转成带文字的 PDF 或 Word 文档，校对后再导入。",
        "This PDF is a scan without text. Turn it into text with character recognition, check it, then import it.",
    ),
    "pdf_too_dense": (
        "这个 PDF 的文字排得过密，不像一份文件。请用办公软件打开，另存为 Word 文档或者纯文本后再导入。",
        "The text of this PDF is too dense for a document. Open it and save it as .docx or plain text, then import it.",
    ),
    "old_word": (
        "这是旧版 Word 或 WPS 文档。请用办公软件打开，另存为 .docx 后再导入。",
        "This is an old Word or WPS document. Open it and save it as .docx, then import it.",
    ),
    "kind_not_read": (
        "{kind_zh}不能作为法律文本导入。可以导入：.md、.txt、.docx、.pdf、.html。",
        "A law cannot be read from this kind of file ({kind_en}). Use .md, .txt, .docx, .pdf or .html.",
    ),
    "not_a_law": (
        "没有在文件里找到法律文本：既没有题目，也没有条文或者编号的段落。请核对文件。",
        "No text of law was found: neither a title nor articles or numbered paragraphs. Check the file.",
    ),
}


def sentence(code: str, params: Mapping[str, Param], lang: Language = "zh") -> str:
    """The whole sentence for a refusal, in Chinese or English. Raises KeyError for an unknown code."""
    if code in SENTENCES:
        return SENTENCES[code][lang == "en"].format_map(params)
    return upload_sentence(code, params, lang)


class LawRefused(ValueError):
    """A file that is not read as a law; `str()` gives the Chinese sentence.

    `code` is a key of SENTENCES here or, for what is wrong with any file, of the one in `core.upload`.
    """

    def __init__(self, code: str, **params: Param) -> None:
        self.code = code
        self.params: dict[str, Param] = params
        super().__init__(sentence(code, params))

    @classmethod
    def of(cls, refused: UploadRefused) -> LawRefused:
        """The same refusal as an upload's, for a file that is to be read as a law."""
        code = refused.code if refused.code in UPLOAD_SENTENCES else "not_a_law"
        return cls(code, **refused.params)
