"""Word documents as the national law database offers them: paragraphs and tables in their order."""

from __future__ import annotations

from io import BytesIO

from lvzhi.core.law.refusal import LawRefused

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def word_text(data: bytes) -> str:
    """The text, a paragraph to a line, a table row as `| a | b |`. The file has been checked before.

    Text that is marked as deleted is left out, text marked as inserted is taken. Raises LawRefused('damaged').
    """
    import docx

    try:
        body = docx.Document(BytesIO(data)).element.body
        lines: list[str] = []
        for child in body.iterchildren():
            if child.tag == f"{_W}p":
                lines += _words(child).split("\n")
            elif child.tag == f"{_W}tbl":
                lines += [_row(row) for row in child.iter(f"{_W}tr")]
            elif child.tag == f"{_W}sdt":
                lines += [_words(each) for each in child.iter(f"{_W}p")]
    except Exception as error:
        # python-docx and lxml let through whatever a broken part provokes: KeyError, XMLSyntaxError and more.
        raise LawRefused("damaged", kind_zh=" Word 文档", kind_en="Word document") from error
    text = "\n".join(lines)
    return text + "\n" if text.strip() else ""


def _words(paragraph: object) -> str:
    found: list[str] = []
    for node in paragraph.iter():  # type: ignore[attr-defined]
        tag = node.tag
        if tag == f"{_W}t":
            found.append(node.text or "")
        elif tag == f"{_W}tab":
            found.append("\u3000")
        elif tag in (f"{_W}br", f"{_W}cr"):
            found.append("\n")
    return "".join(found)


def _row(row: object) -> str:
    cells = [
        " ".join("".join(_words(each) for each in cell.iter(f"{_W}p")).split())
        for cell in row.iter(f"{_W}tc")  # type: ignore[attr-defined]
    ]
    return "| " + " | ".join(cells) + " |"
