"""A paper as plain text: for search, for golden copies a clerk has read, and for e-mail."""

from lvzhi.core.paper import wording
from lvzhi.core.paper.model import Chart, Form, Paper

_INDENT = "　　"


def text(paper: Paper) -> str:
    """The paper as lines of text, in reading order; ends with a line break."""
    blocks = [_head(paper), _title(paper), _body(paper), _closing(paper), _imprint(paper)]
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def _head(paper: Paper) -> list[str]:
    lines = list(wording.front_lines(paper))
    if paper.red_header:
        lines.append(wording.mark(paper))
    number = str(paper.number) if paper.number else ""
    signer = f"签发人：{paper.signer}" if paper.form is Form.UPWARD and paper.signer else ""
    line = "　".join(part for part in (number, signer) if part)
    return [*lines, line] if line else lines


def _title(paper: Paper) -> list[str]:
    return ["".join(wording.title_lines(paper.title))]


def _body(paper: Paper) -> list[str]:
    lines = [wording.addressee_line(paper)] if paper.addressee else []
    for block, label, words in wording.numbered(paper.paragraphs):
        lines.append(f"{_INDENT}{label}{words}")
        if isinstance(block, Chart):
            lines += [f"{_INDENT}{_INDENT}{bar.label}　{bar.words}" for bar in block.bars]
    return lines


def _closing(paper: Paper) -> list[str]:
    lines = [f"{_INDENT}{lead}{name}" for lead, name in wording.attachment_lines(paper)]
    if lines:
        lines.append("")
    if paper.signature:
        lines.append(paper.signature)
    if paper.dated:
        lines.append(wording.chinese_date(paper.dated))
    if paper.note:
        lines += ["", f"{_INDENT}（{paper.note}）"]
    return lines


def _imprint(paper: Paper) -> list[str]:
    lines = [f"抄送：{wording.copy_to_line(paper)}"] if paper.copy_to else []
    if printed := wording.printed_line(paper):
        lines.append("　".join(printed))
    return lines
