"""Why a table is refused: a stable code, its figures, and the sentence people read."""

from typing import Literal

from lvzhi.core.upload.refusal import SENTENCES as UPLOAD_SENTENCES
from lvzhi.core.upload.refusal import Param, UploadRefused

Language = Literal["zh", "en"]

SENTENCES: dict[str, tuple[str, str]] = {
    "kind": (
        "只接收 .xlsx 或 .csv 表格。请在电子表格程序里另存为其中一种。",
        "Only .xlsx and .csv tables are taken. Save it as one of these in your spreadsheet program.",
    ),
    "size": (
        "表格文件超过 {limit}，不能导入。请分成几个文件。",
        "The table is larger than {limit}. Split it into several files.",
    ),
    "unpacked": (
        "表格解开后超过 {limit}，不能导入。请删去图片和多余的工作表，或者分成几个文件。",
        "Unpacked, the table exceeds {limit}. Remove pictures and other sheets, or split it.",
    ),
    "encoding": (
        "这不是文本表格，或者用了认不出来的编码。请另存为“CSV UTF-8”或 .xlsx 后再上传。",
        "This is not a text table, or its encoding is not recognised. Save it as CSV UTF-8 or .xlsx.",
    ),
    "quotes": (
        "第 {row} 行的引号没有成对，读不下去。请在电子表格程序里打开，另存后再上传。",
        "The quotation marks in row {row} do not pair. Open the file, save it again, then upload.",
    ),
    "damaged": (
        "这个表格已经损坏，打不开。请重新另存后上传。",
        "This table is damaged and cannot be opened. Save it again, then upload.",
    ),
    "sheet": (
        "文件里没有名为“{sheet}”的工作表。",
        "The file has no sheet named “{sheet}”.",
    ),
    "no_header": (
        "表格是空的。第一行应当写各列的名称。",
        "The table is empty. Its first row should name the columns.",
    ),
    "no_rows": (
        "表格只有列名，没有内容。",
        "The table has column names but no rows.",
    ),
    "blank_header": (
        "第 {column} 列有内容，却没有列名。请在第一行补上列名，或者删去这一列。",
        "Column {column} has content but no name. Name it in the first row or delete it.",
    ),
    "same_header": (
        "有两列都叫“{header}”。请只保留一列。",
        "Two columns are named “{header}”. Keep only one.",
    ),
    "too_many_rows": (
        "表格超过 {limit} 行，不能一次导入。请分成几个文件。",
        "The table has more than {limit} rows. Split it into several files.",
    ),
    "too_many_columns": (
        "表格超过 {limit} 列。请删去多余的列。",
        "The table has more than {limit} columns. Delete those that are not needed.",
    ),
    "cell_too_long": (
        "第 {row} 行有一格超过 {limit} 个字。请缩短后再上传。",
        "A cell in row {row} is longer than {limit} characters. Shorten it.",
    ),
    "too_much_text": (
        "表格里的文字超过 {limit} 个字。请分成几个文件。",
        "The table holds more than {limit} characters. Split it into several files.",
    ),
    "day": (
        "“{text}”不是日期。请写成 2026-03-05 这样的格式。",
        "“{text}” is not a date. Write it like 2026-03-05.",
    ),
    "no_such_day": (
        "日历上没有{year}年{month}月{day}日。",
        "There is no {year}-{month}-{day} in the calendar.",
    ),
    "day_range": (
        "{year}年{month}月{day}日不在可用的范围内（{first}年至{last}年）。",
        "{year}-{month}-{day} is outside the usable range ({first} to {last}).",
    ),
}


class TableRefused(ValueError):
    """A table, or a date in it, that cannot be taken; `str()` gives the Chinese sentence.

    `code` is a key of SENTENCES, or of the upload room's when the file itself is at fault.
    """

    def __init__(self, code: str, **params: Param) -> None:
        self.code = code
        self.params: dict[str, Param] = params
        super().__init__(self.sentence())

    @classmethod
    def of(cls, refusal: UploadRefused) -> "TableRefused":
        """The refusal of the file, told as a refusal of the table."""
        return cls(refusal.code, **refusal.params)

    def sentence(self, lang: Language = "zh") -> str:
        """The whole sentence in Chinese or English."""
        chinese, english = SENTENCES.get(self.code) or UPLOAD_SENTENCES[self.code]
        return (chinese if lang == "zh" else english).format_map(self.params)
