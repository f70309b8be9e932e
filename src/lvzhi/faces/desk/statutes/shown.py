"""How texts of law are drawn on the desk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lvzhi.core import law
from lvzhi.core.calendar.steps import Lang
from lvzhi.core.law.address import Address
from lvzhi.core.law.structure.model import ODDITIES
from lvzhi.faces.design.deadlines import lang
from lvzhi.faces.design.shapes import Column, Link, Row, State, TimelineEntry
from lvzhi.faces.design.wording import cn_date, cn_datetime, thousands
from lvzhi.work.statutes import queries
from lvzhi.work.statutes.models import Change, Citation, Edition, Work
from lvzhi.work.statutes.models.work import Kind, Level
from lvzhi.work.statutes.queries import keeping

HERE = "desk-laws"
MOST_PARTS = 80
MOST_ODD = 200
MOST_DIFFERENT = 200
FIELD_NAMES = {
    "kind": lambda: _("种类"), "level": lambda: _("层级"), "region": lambda: _("地区"), "organ": lambda: _("制定机关"),
    "number": lambda: _("文号"), "repealed_since": lambda: _("废止日期"), "repealed_by": lambda: _("被哪部文件废止"),
}  # fmt: skip
CHOSEN = {"kind": Kind, "level": Level}


def state_of_work(work: Work, today: date) -> State:
    """How a work stands today."""
    return _state(queries.status(work, today))


def state_of_edition(edition: Edition, today: date) -> State:
    """How an edition stands today; a draft and a superseded text stand outside of that."""
    if edition.state == Edition.State.DRAFT:
        waits = keeping.waits_for(edition)
        return State(str(waits.label), "wait") if waits else State(_("草稿"), "todo")
    if edition.state == Edition.State.SUPERSEDED:
        return State(_("已被更正"), "closed")
    return _state(queries.edition_status(edition, today))


def _state(status: law.Status) -> State:
    return {
        law.Status.IN_FORCE: State(_("现行有效"), "done"),
        law.Status.AMENDED: State(_("已被修改"), "closed"),
        law.Status.REPEALED: State(_("已经废止"), "closed"),
        law.Status.NOT_YET_IN_FORCE: State(_("尚未施行"), "wait"),
        law.Status.UNKNOWN: State(_("日期不明"), "back"),
    }[status]


def public_url(edition: Edition, eid: str = "") -> str:
    """Where everybody reads an edition, or one unit of it. `work` is loaded."""
    return str(Address(edition.work.slug, edition.day, eid))


def edition_name(edition: Edition) -> str:
    """2024年11月8日的版本."""
    return _("%(day)s的版本") % {"day": cn_date(edition.day)}


def oddity_rows(document: law.Document) -> list[Row]:
    """What is unclear in a text, by line."""
    return [Row([oddity.line, _oddity(oddity, lang())]) for oddity in document.oddities[:MOST_ODD]]


def _oddity(oddity: law.Oddity, language: Lang) -> SafeString:
    """The sentence in the reader's language; what it quotes stays marked as Chinese."""
    return format_html(ODDITIES[oddity.code][language == "en"], detail=_as_written(oddity.told(language)))


def oddity_columns() -> list[Column]:
    """The headings over those."""
    return [Column(_("第几行")), Column(_("存疑之处"))]


def outline(document: law.Document) -> list[Row]:
    """The structure that was found: every part and chapter with its articles; without any, the articles."""
    containers = {law.Level.PART, law.Level.SUBPART, law.Level.CHAPTER, law.Level.SECTION}
    rows = [
        Row([_heading(unit), span(document, place), unit.line])
        for place, unit in enumerate(document.units)
        if unit.level in containers
    ]
    annexes = [Row([_heading(unit), "", unit.line]) for unit in document.units if unit.level is law.Level.ANNEX]
    if not rows:
        units = [document.units[place] for place in document.articles]
        rows = [Row([_as_written(unit.label), _as_written(document.words(unit)[:30]), unit.line]) for unit in units]
    return [*rows, *annexes][:MOST_PARTS]


def _as_written(text: str) -> SafeString:
    """Words of a text of law, marked as Chinese whatever language the page speaks."""
    return format_html('<span lang="zh-Hans">{}</span>', text) if text else SafeString("")


def outline_columns() -> list[Column]:
    """The headings over those."""
    return [Column(_("结构")), Column(_("条文")), Column(_("第几行"), number=True)]


def _heading(unit: law.Unit) -> str:
    return _as_written(" ".join(f"{unit.label} {unit.heading}".split())) or _("附件")


def span(document: law.Document, place: int) -> str:
    """第四条至第十一条，8 条, of the articles inside a unit."""
    unit = document.units[place]
    inside = [
        document.units[each] for each in document.articles if unit.start <= document.units[each].start < unit.last
    ]
    if not inside:
        return ""
    count = ngettext("%(n)s 条", "%(n)s 条", len(inside)) % {"n": len(inside)}
    if len(inside) == 1:
        return inside[0].label
    return _("%(first)s至%(last)s，%(count)s") % {
        "first": inside[0].label, "last": inside[-1].label, "count": count,
    }  # fmt: skip


def found_facts(document: law.Document) -> list[tuple[str, str]]:
    """What was found in a text, in figures."""
    levels = [unit.level for unit in document.units]
    return [
        (
            _("条文"),
            ngettext("%(n)s 条", "%(n)s 条", len(document.articles)) % {"n": thousands(len(document.articles))},
        ),
        (_("款"), thousands(levels.count(law.Level.PARAGRAPH))),
        (_("项"), thousands(levels.count(law.Level.ITEM))),
        (_("字数"), thousands(len(document.source))),
        (_("修改历史"), _("；").join(_events(document)) or _("没有找到")),
    ]


def _events(document: law.Document) -> Iterator[str]:
    acts = {
        law.Act.ADOPTED: _("通过"), law.Act.APPROVED: _("批准"), law.Act.PROMULGATED: _("公布"),
        law.Act.AMENDED: _("修正"), law.Act.REVISED: _("修订"), law.Act.REPEALED: _("废止"),
        law.Act.EFFECTIVE: _("施行"),
    }  # fmt: skip
    for event in document.metadata.history:
        day = cn_date(event.day) if event.day else _("日期不明")
        words = _("%(day)s %(organ)s%(act)s") if event.organ else _("%(day)s %(act)s")
        yield words % {"day": day, "organ": event.organ, "act": acts[event.act]}


@dataclass(frozen=True, slots=True)
class Difference:
    """Articles that differ between two texts: their labels, and their words with what went and what came marked."""

    old_label: str
    new_label: str
    old: list[tuple[str, str]]
    new: list[tuple[str, str]]
    note: str


def differences(old: law.Document, new: law.Document) -> list[Difference]:
    """The articles that differ between two texts; a word is marked `same`, `deleted` or `inserted`."""
    return [_difference(row) for row in law.compare(old, new) if row.change is not law.Change.SAME][:MOST_DIFFERENT]


def _difference(row: law.Row) -> Difference:
    pieces = [(piece.mark.value, piece.text) for piece in row.pieces]
    if not pieces:
        pieces = [("deleted", side.text) for side in row.old] + [("inserted", side.text) for side in row.new]
    return Difference(
        _("、").join(side.label for side in row.old),
        _("、").join(side.label for side in row.new),
        [piece for piece in pieces if piece[0] != "inserted"],
        [piece for piece in pieces if piece[0] != "deleted"],
        row.note,
    )


def broken_row(citation: Citation) -> Row:
    """A citation that leads nowhere, with a link to its place. `edition.work`, `cited`, `cited_edition` are loaded."""
    text = citation.name or citation.number or _("本文件")
    where = f"《{citation.cited.title}》" if citation.cited else f"《{text}》"
    unit = label_of(citation.eid)
    day = queries.cited_day(citation)
    asked = _("%(law)s（%(day)s）%(unit)s") % {"law": where, "day": cn_date(day), "unit": unit} if day else where + unit
    place = Link(label_of(citation.unit) or _("原文"), public_url(citation.edition, citation.unit))
    name = Link(citation.edition.work.short, reverse("desk-edition", args=[citation.edition_id]))
    return Row([name, place, asked, citation.get_outcome_display()])


def broken_columns() -> list[Column]:
    """The headings over those."""
    return [Column(_("哪部文件")), Column(_("在哪一条")), Column(_("引用了什么")), Column(_("问题"))]


_LEVELS = {"art": "条", "para": "款", "item": "项", "point": "目", "cl": "项", "chp": "章", "sec": "节", "part": "编"}


def label_of(eid: str) -> str:
    """第三十条第二款第（一）项, as a unit's id is cited."""
    found = []
    for part in eid.split("__"):
        level, _mark, number = part.partition("_")
        main, _dash, more = number.partition("-")
        if level not in _LEVELS or not main.isdigit():
            continue
        figure = law.to_chinese(int(main))
        if level == "cl":
            found.append(_("第%(n)s部分") % {"n": figure})
        elif level == "item":
            found.append(f"第（{figure}）项")
        else:
            tail = f"之{law.to_chinese(int(more))}" if more.isdigit() else ""
            found.append(f"第{figure}{_LEVELS[level]}{tail}")
    return "".join(found)


def timeline_entries(changes: list[Change], *, with_work: bool = False) -> list[TimelineEntry]:
    """Who did what, newest first."""
    return [_entry(change, with_work) for change in changes]


def _entry(change: Change, with_work: bool) -> TimelineEntry:
    what = change.get_verb_display()
    if change.day:
        what = _("%(what)s：%(day)s的版本") % {"what": what, "day": cn_date(change.day)}
    mended = change.verb in (Change.Verb.CORRECTED, Change.Verb.DESCRIBED)
    links = [Link(change.work.title, reverse("desk-law", args=[change.work_id]))] if with_work else []
    return TimelineEntry(
        when=cn_datetime(change.at),
        title=what,
        sub=change.by_name,
        kind="fix" if mended else "act",
        text=change.reason,
        meta=tuple(_details(change)),
        links=links,
    )


def _details(change: Change) -> Iterator[str]:
    for field, (old, new) in change.detail.items():
        if field == "digest":
            if old:
                yield _("文字摘要 %(old)s → %(new)s") % {"old": old[:12], "new": new[:12]}
            continue
        name = FIELD_NAMES[field]() if field in FIELD_NAMES else field
        yield _("%(column)s：%(old)s → %(new)s") % {
            "column": name,
            "old": _value(field, old),
            "new": _value(field, new),
        }


def _value(field: str, value: str) -> str:
    choices = CHOSEN.get(field)
    if choices is not None and value in choices.values:
        return str(choices(value).label)
    return value or _("（空）")
