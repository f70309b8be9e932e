"""One law published in several files, a part in each, put together as one document (民法典)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from lvzhi.core.law.names import normal
from lvzhi.core.law.structure.model import Basis, Document, Level, Metadata, Oddity, Unit

_ENDS = "施行"
"""The last article of a law says from when it is in force."""


def part_of(document: Document) -> str:
    """The words of the part that a file says it is, such as 总则; empty for a whole law."""
    for unit in document.units[:8]:
        if unit.level is Level.PART and unit.number == "" and unit.eid == "part_n1":
            return unit.heading
        if unit.level is Level.MARK:
            break
    return ""


def numbers(document: Document) -> frozenset[str]:
    """The numbers of the articles of the main text: '30', '30-1'."""
    return frozenset(unit.number for unit in _articles(document))


def is_part(document: Document) -> bool:
    """Whether a file holds a part of a law: it says so, or its first article is not the first of the law."""
    return bool(part_of(document)) or _first(document) > 1


def joined(parts: Sequence[Document], more: Document) -> tuple[Document, ...] | None:
    """The parts of one edition with one more, in order; None where it is no part of the same edition.

    It is one when title and day are the same and no article stands in two places: then it goes in front, between or
    behind. Where it has all the articles of parts that are there, it takes their place: a part that was mended. A text
    that takes the place of all of them is no part.
    """
    if any(_named(each) != _named(more) for each in parts):
        return None
    new = numbers(more)
    kept = [each for each in parts if not numbers(each) & new]
    displaced = frozenset().union(*(numbers(each) for each in parts if each not in kept))
    if not new or not kept or not displaced <= new:
        return None
    ordered = sorted([*kept, more], key=_first)
    reached = 0
    for each in ordered:
        if not numbers(each) or _first(each) <= reached:
            return None
        reached = _last(each)
    return tuple(ordered)


def together(documents: Iterable[Document]) -> list[tuple[Document, ...]]:
    """Texts of one work: those that are parts of one edition in one group, in order, and every other alone."""
    groups: list[tuple[Document, ...]] = []
    texts = list(documents)
    for document in sorted(texts, key=_first) if len(texts) > 1 else texts:
        for place, group in enumerate(groups):
            found = joined(group, document)
            if found is not None and len(found) > len(group):
                groups[place] = found
                break
        else:
            groups.append((document,))
    return groups


def is_complete(parts: Sequence[Document]) -> bool:
    """Whether parts make a whole law: from its first article without a gap to one that says 自…起施行."""
    ordered = sorted(parts, key=_first)
    if not ordered or _first(ordered[0]) != 1 or any(_missing(ordered)):
        return False
    last = _articles(ordered[-1])[-1]
    return _ENDS in ordered[-1].text(last)


def assemble(documents: Sequence[Document]) -> Document:
    """The parts in the order of their first articles, as one document whose source is theirs, laid end to end.

    The parts are numbered in that order, and where articles are missing between them it is noted. Raises ValueError
    for an empty sequence.
    """
    if not documents:
        raise ValueError("nothing to assemble")
    ordered = sorted(documents, key=_first)
    units: list[Unit] = []
    oddities: list[Oddity] = []
    taken: set[str] = set()
    missing = _missing(ordered)
    source, lines = "", 0
    for number, (document, gap) in enumerate(zip(ordered, missing, strict=True), 1):
        moved = _moved(document, number, taken)
        first = len(units)
        units += [
            replace(
                unit, eid=moved.get(unit.eid, ""), start=unit.start + len(source), end=unit.end + len(source),
                last=unit.last + len(source), line=unit.line + lines,
                parent=unit.parent + first if unit.parent >= 0 else -1,
            )
            for unit in document.units
        ]  # fmt: skip
        if gap:
            oddities.append(Oddity(lines + 1, "articles_missing", gap))
        oddities += [replace(oddity, line=oddity.line + lines) for oddity in document.oddities]
        source += document.source
        lines += document.source.count("\n")
    return Document(ordered[0].name, source, tuple(units), _about(ordered), tuple(oddities))


def _moved(document: Document, number: int, taken: set[str]) -> dict[str, str]:
    """The ids of a part's units in the whole text: no two units have the same."""
    moved: dict[str, str] = {}
    for unit in document.units:
        if not unit.eid:
            continue
        above, mark, own = unit.eid.rpartition("__")
        eid = f"part_{number}" if unit.eid == "part_n1" else f"{moved.get(above, above)}{mark}{own}"
        wanted, again = eid, 1
        while eid in taken:
            again += 1
            eid = f"{wanted}_{again}"
        taken.add(eid)
        moved[unit.eid] = eid
    return moved


def _about(ordered: Sequence[Document]) -> Metadata:
    """What the first part says; from when it is in force may stand in the last one alone."""
    about = ordered[0].metadata
    told = next((each.metadata for each in ordered if each.metadata.basis is Basis.TEXT), about)
    return replace(about, effective=told.effective, basis=told.basis)


def _missing(ordered: Sequence[Document]) -> list[str]:
    """For each part the articles that are missing before it, in words; empty where it follows."""
    found, reached = [], 0
    for each in ordered:
        articles = _articles(each)
        follows = not articles or _whole(articles[0]) <= reached + 1
        found.append("" if follows else f"第{reached}条 → {articles[0].label}" if reached else f"→ {articles[0].label}")
        reached = max(reached, _last(each))
    return found


def _named(document: Document) -> tuple[str, object]:
    return normal(document.metadata.title), document.metadata.edition


def _articles(document: Document) -> list[Unit]:
    """The articles of the main text, each number once."""
    return [
        unit for place in document.articles if (unit := document.units[place]).level is Level.ARTICLE
        and unit.eid == f"{Level.ARTICLE}_{unit.number}"
    ]  # fmt: skip


def _whole(unit: Unit) -> int:
    return int(unit.number.partition("-")[0] or 0)


def _first(document: Document) -> int:
    articles = _articles(document)
    return _whole(articles[0]) if articles else 0


def _last(document: Document) -> int:
    articles = _articles(document)
    return _whole(articles[-1]) if articles else 0
