"""From a text laid out in blocks to HTML, written out in Python: 民法典 takes 25 ms so, and 85 as a template.

What is drawn depends only on the text, what its citations lead to, and how often each article is cited; it is kept
under a key made of these.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import ngettext

from lvzhi.core.law import Level, Row
from lvzhi.core.law.reading import Block, Reading, Run, Sort
from lvzhi.faces.portal.law.marking import marked_lines, placed_runs
from lvzhi.faces.portal.law.words import CHANGES, change_words

_HEAD = (Level.TITLE, Level.HISTORY, Level.NOTE, Level.MARK, Level.CONTENTS)
_HEADINGS = (Level.PART, Level.SUBPART, Level.CHAPTER, Level.SECTION)
_ARTICLES = (Level.ARTICLE, Level.CLAUSE)
_WHOLE = (*_ARTICLES, Level.PREAMBLE, Level.ANNEX)
Href = Callable[[int], str]
"""The address a citation leads to, by its place among the citations; empty for words that lead nowhere."""


@dataclass(frozen=True)
class Ways:
    """What is put around the words. `unit` gives the address of a unit's own page."""

    cited: Href
    unit: Callable[[str], str]
    counts: Mapping[str, int] = field(default_factory=dict)
    changes: Mapping[str, Row] = field(default_factory=dict)
    compared: str = ""
    """The address of the comparison that `changes` are from."""

    same_page: bool = True
    """Whether the whole text stands on this page, so that its units are reached by `#`."""


def history_lines(reading: Reading) -> list[str]:
    """The lines under the title, each once: a law in several files repeats them."""
    lines = [block.words for block in _all(reading) if block.level in (Level.HISTORY, Level.NOTE) and block.words]
    return list(dict.fromkeys(lines))


def _all(reading: Reading) -> Iterator[Block]:
    for block in reading.blocks:
        yield from block.walk()


def draw(reading: Reading, ways: Ways) -> SafeString:
    """The whole text below its head."""
    return mark_safe("".join(_draw(reading.blocks, ways, 2)))  # noqa: S308 - every word passes through `escape`


def draw_unit(block: Block, ways: Ways) -> SafeString:
    """One block with all it holds."""
    return mark_safe("".join(_draw([block], ways, 2)))  # noqa: S308 - as above


def find_block(reading: Reading, eid: str) -> Block | None:
    """The block of a unit."""
    return next((block for block in _all(reading) if block.eid == eid), None)


def _draw(blocks: Sequence[Block], ways: Ways, depth: int) -> Iterator[str]:
    for block in blocks:
        if block.level in _HEAD:
            continue
        if block.level in _HEADINGS:
            yield _heading(block, ways, depth)
            yield from _draw(block.blocks, ways, depth + 1)
        elif block.level in _WHOLE:
            yield from _article(block, ways, depth)
        elif block.level is Level.SIGNATURE:
            yield f'<p class="law__sign">{_words(block.runs, ways)}</p>'
        else:
            yield from _paragraph(block, ways, "")


def _id(block: Block) -> str:
    return f' id="{block.eid}"' if block.eid else ""


def _heading(block: Block, ways: Ways, depth: int) -> str:
    level = min(depth, 6)
    label = f'<span class="law__label">{escape("".join(block.label.split()))}</span> ' if block.label else ""
    return f'<h{level}{_id(block)} class="law__h">{label}{_words(block.runs, ways)}</h{level}>'


def _article(block: Block, ways: Ways, depth: int) -> Iterator[str]:
    """An article with all its paragraphs, and below it what is to be said of it."""
    row = ways.changes.get(block.eid)
    yield f'<div class="law__art"{_id(block)}{" data-changed" if row else ""}>'
    if block.level is Level.ANNEX:
        level = min(depth, 6)
        yield f'<h{level} class="law__h">{escape(block.label)}{_words(block.runs, ways)}</h{level}>'
        yield from _draw(block.blocks, ways, depth + 1)
    elif block.level is Level.PREAMBLE and (block.label or block.runs):
        yield f'<h{depth} class="law__h">{escape(block.label)}{_words(block.runs, ways)}</h{depth}>'
        for inner in block.blocks:
            yield from _paragraph(inner, ways, "")
    elif row and len(row.old) == len(row.new) == 1:
        yield from _marked(block, row, ways)
    else:
        yield from _inside(block, ways, _number(block, ways))
    yield from _side(block, row, ways)
    yield "</div>"


def _number(block: Block, ways: Ways) -> str:
    if not block.label:
        return ""
    label = escape("".join(block.label.split()))
    return f'<a class="law__no" href="{escape(ways.unit(block.eid))}">{label}</a>' if block.eid else label


def _inside(block: Block, ways: Ways, number: str) -> Iterator[str]:
    """The paragraphs of an article; its number stands before the first words."""
    if block.runs or not block.blocks:
        yield f"<p>{number}{_words(block.runs, ways)}</p>"
        number = ""
    for inner in block.blocks:
        if inner.level in _HEADINGS or inner.level in _WHOLE:
            yield from _draw([inner], ways, 3)
            continue
        yield from _paragraph(inner, ways, number)
        number = ""


def _paragraph(block: Block, ways: Ways, number: str) -> Iterator[str]:
    if block.level is Level.TABLE:
        yield _table(block)
        return
    label = f'<span class="law__label">{escape(block.label)}</span>' if block.label else ""
    if label or number or block.runs:
        yield f'<p{_id(block)} data-u="{block.level}">{number}{label}{_words(block.runs, ways)}</p>'
    for inner in block.blocks:
        if inner.level in _HEAD:
            continue
        yield from _paragraph(inner, ways, "")


def _table(block: Block) -> str:
    rows = []
    for at, row in enumerate(block.rows):
        tag = 'th scope="col"' if at == 0 and len(block.rows) > 1 else "td"
        rows.append("<tr>" + "".join(f"<{tag}>{escape(cell)}</{tag[:2]}>" for cell in row) + "</tr>")
    return f'<div class="table-wrap" tabindex="0"{_id(block)}><table class="table">{"".join(rows)}</table></div>'


def _words(runs: Sequence[Run], ways: Ways) -> str:
    return "".join([_run(run, ways) for run in runs])


def _run(run: Run, ways: Ways) -> str:
    text = escape(run.text, quote=False)
    if run.sort is Sort.PLAIN:
        return text
    if run.sort is Sort.DEFINED:
        return f"<dfn>{text}</dfn>"
    opening = _followed(run, ways)
    return f"{opening}{text}</a>" if opening else text


def _explained(run: Run, ways: Ways) -> str:
    """The address of where a word is explained; empty for other words."""
    if run.sort is not Sort.TERM or run.term is None or not run.term.eid:
        return ""
    return f"#{run.term.eid}" if ways.same_page else ways.unit(run.term.eid)


def _marked(block: Block, row: Row, ways: Ways) -> Iterator[str]:
    """An article with the words that went and came since the former edition; what could be followed still can."""
    places = placed_runs(block, row.new[0].text)
    followed = [(start, end, href) for start, end, run in places if (href := _followed(run, ways))]
    for at, line in enumerate(marked_lines(row, followed=followed)):
        yield f"<p>{_number(block, ways) if at == 0 else ''}{line}</p>"


def _followed(run: Run, ways: Ways) -> str:
    """The opening tag of a stretch that leads somewhere; empty for one that does not."""
    if run.sort is Sort.CITATION:
        href, sort = ways.cited(run.cited), "ref"
    else:
        href, sort = _explained(run, ways), "ref ref--term"
    return f'<a class="{sort}" href="{escape(href)}">' if href else ""


def _side(block: Block, row: Row | None, ways: Ways) -> Iterator[str]:
    """Below an article: what changed, and how often it is cited."""
    said = []
    if row is not None:
        told = change_words(row) or str(CHANGES[row.change][0])
        said.append(f'<a href="{escape(ways.compared)}#{block.eid}">{escape(told)}</a>')
    if count := ways.counts.get(block.eid, 0):
        words = ngettext("被引用 %(count)s 处", "被引用 %(count)s 处", count) % {"count": count}
        said.append(f'<a href="{escape(ways.unit(block.eid))}#cited">{escape(words)}</a>')
    if said:
        yield f'<div class="law__side">{"".join(said)}</div>'


def title_lines(title: str) -> tuple[str, str]:
    """The two lines of a title as laws print it: the state, and the rest."""
    state = "中华人民共和国"
    return (
        (state, title.removeprefix(state)) if title.startswith(state) and len(title) > len(state) + 6 else ("", title)
    )
