"""Official documents in the layout of GB/T 9704-2012: one paper, three outputs.

    text(paper)  plain text, for search and golden copies
    docx(paper)  .docx, which the office signs and seals
    pdf(paper)   PDF, for reading and for the portal

The words of a paper belong to the line of business that issues it (`work/*/papers.py`).
"""

from lvzhi.core.paper.fonts import Face, FontSet
from lvzhi.core.paper.model import (
    Bar,
    Chart,
    Form,
    Number,
    Paper,
    PaperError,
    Paragraph,
    Style,
    body,
    heading1,
    heading2,
    heading3,
    item,
)
from lvzhi.core.paper.page import pdf
from lvzhi.core.paper.plain import text
from lvzhi.core.paper.word import docx
from lvzhi.core.paper.wording import chinese_date, chinese_number, title_lines

__all__ = [
    "Bar",
    "Chart",
    "Face",
    "FontSet",
    "Form",
    "Number",
    "Paper",
    "PaperError",
    "Paragraph",
    "Style",
    "body",
    "chinese_date",
    "chinese_number",
    "docx",
    "heading1",
    "heading2",
    "heading3",
    "item",
    "pdf",
    "text",
    "title_lines",
]
