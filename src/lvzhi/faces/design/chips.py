"""The components a page draws by the hundred, in plain Python: icon, seal, deadline, state, row.

A template include costs some tenth of a millisecond and a cotton component more; these cost a few
microseconds, so a worklist of fifty rows stays far below its budget (figures in README.md).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import lru_cache
from typing import cast

from django.conf import settings
from django.templatetags.static import static
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext

from lvzhi.faces.design.articles import article_url
from lvzhi.faces.design.markup import fill, fill_each
from lvzhi.faces.design.shapes import Basis, Due, Link, State, StateTone, Step, WorklistRow, coerce, kind_of
from lvzhi.faces.design.wording import cn_date, late_words, thousands

DUE_ICONS = {"late": "late", "soon": "half", "ok": "clock", "met": "check", "paused": "pause", "none": "info"}
NOTHING = SafeString("")
WHY_RESULT = '<dt class="sr">{}</dt><dd class="why__result">{}</dd>'


@lru_cache(maxsize=8)
def _sprite(_static_url: str, _storage: str) -> str:
    return static("design/icons.svg")


@lru_cache(maxsize=512)
def _icon(sprite: str, name: str, size: str) -> SafeString:
    return fill(
        '<svg class="icon{}" aria-hidden="true" focusable="false"><use href="{}#i-{}"/></svg>',
        f" icon--{size}" if size else "",
        sprite,
        name,
    )


def icon(name: str, size: str = "", label: str = "") -> SafeString:
    """A line icon of the sprite; `label` gives it words when it stands alone."""
    storages = cast(dict[str, dict[str, object]], settings.STORAGES)
    sprite = _sprite(settings.STATIC_URL, str(storages["staticfiles"]["BACKEND"]))
    drawn = _icon(sprite, name, size)
    return fill('{}<span class="sr">{}</span>', drawn, label) if label else drawn


def _named(words: str) -> Basis:
    """The seal of a law and an article that a template writes out: 信访工作条例 第二十三条."""
    law, _space, article = words.partition(" ")
    return Basis(words, url=article_url(law, article), kind=kind_of(law))


def seal(basis: object, wrap: bool = False, linked: bool = True) -> SafeString:
    """The statutory basis as a vermilion seal, or the grey mark of an internal target."""
    if not basis:
        return NOTHING
    base = _named(basis) if isinstance(basis, str) else coerce(Basis, basis)
    return _seal(base.kind, str(base.text), base.url if linked else "", wrap, str(base.title), gettext("法律依据："))


@lru_cache(maxsize=4096)  # the same few articles stand on every page
def _seal(kind: str, text: str, url: str, wrap: bool, title: str, lead: str) -> SafeString:
    inner = fill(
        '<span class="seal__mark" aria-hidden="true">{}</span><span class="seal__text">{}{}</span>',
        _mark(kind),
        NOTHING if kind == "internal" else fill('<span class="sr">{}</span>', lead),
        text,
    )
    classes = "seal" + (" seal--internal" if kind == "internal" else "") + (" seal--wrap" if wrap else "")
    hint = fill(' title="{}"', title) if title and title != text else NOTHING
    if url and kind != "internal":
        return fill('<a class="{}" href="{}"{}>{}</a>', classes, url, hint, inner)
    return fill('<span class="{}"{}>{}</span>', classes, hint, inner)


def _mark(kind: str) -> str:
    """One character; the same in every language, as a stamp is."""
    return {"law": "法", "local": "规", "rule": "制", "internal": "内"}[kind]


def cite(basis: object, end: bool = False) -> SafeString:
    """A seal that opens the words of the article; without paragraphs a plain seal."""
    if not basis:
        return NOTHING
    base = coerce(Basis, basis)
    if not base.paragraphs:
        return seal(base)
    meta = fill_each(
        "{}",
        [
            (fill("<span>{}</span>", base.effective) if base.effective else NOTHING,),
            (fill('<a href="{}">{}</a>', base.url, gettext("看全文和历次版本")) if base.url else NOTHING,),
        ],
    )
    return fill(
        '<details class="cite"><summary>{}</summary><div class="pop{}"><p class="pop__title">{}</p>'
        '<div class="cite__text">{}</div><p class="cite__meta">{}</p></div></details>',
        seal(base, linked=False),
        " pop--end" if end else "",
        base.title or base.text,
        fill_each("<p>{}</p>", ((each,) for each in base.paragraphs)),
        meta,
    )


def when(value: dt.date | dt.datetime | None, words: str = "") -> SafeString:
    """A `<time>` that machines can read around the words for a day."""
    if value is None:
        return NOTHING
    return fill('<time datetime="{}">{}</time>', value.isoformat(), words or cn_date(value))


def due(value: object, end: bool = False, bare: bool = False) -> SafeString:
    """A deadline: icon, day, how far off; opened, it says why it is that day."""
    if not value:
        return NOTHING
    item = coerce(Due, value)
    words = item.text or _words(item)
    chip = fill(
        '{}{}<span class="due__left">{}</span>',
        _target_mark() if item.internal else icon(DUE_ICONS[item.tone]),
        when(item.date, item.date_text) if item.date else NOTHING,
        words,
    )
    extra = (" due--bare" if bare else "") + (" due--internal" if item.internal else "")
    if not (item.rule or item.steps or item.started):
        return fill(
            '<span class="due{}" data-tone="{}"><span class="due__chip">{}</span></span>',
            extra,
            item.tone,
            chip,
        )
    return fill(
        '<details class="due{}" data-tone="{}"><summary class="due__chip">{}<span class="sr">{}</span>'
        '</summary><div class="pop{}">{}</div></details>',
        extra,
        item.tone,
        chip,
        gettext("，看这个日期怎么算出来的"),
        " pop--end" if end else "",
        why(item, words),
    )


def _target_mark() -> SafeString:
    """Grey 内 in place of the icon: a day of the house, whatever it says never drawn as the law's."""
    return fill(
        '<span class="due__in" aria-hidden="true">{}</span><span class="sr">{}</span>',
        _mark("internal"),
        gettext("内部目标"),
    )


def _words(item: Due) -> str:
    if item.date is None:
        return gettext("没有法定期限")
    if item.internal and item.late_days is not None and item.late_days > 0:
        return ngettext("已过 %(count)s 天", "已过 %(count)s 天", item.late_days) % {"count": thousands(item.late_days)}
    return late_words(item.late_days) if item.late_days is not None else ""


@lru_cache(maxsize=8)
def _why_labels(_language: str | None) -> tuple[str, str, str, str, str]:
    return gettext("规则"), gettext("条文"), gettext("起算"), gettext("推算"), gettext("结果")


def why(value: object, words: str = "") -> SafeString:
    """The reasons of a deadline: rule, article, start, working-out, result."""
    item = coerce(Due, value)
    basis = seal(item.citation, wrap=True)
    if item.internal:  # the duty may rest on an article, the day does not: no seal beside it
        duty = item.citation if item.citation and item.citation.kind != "internal" else None
        named = link(Link(str(duty.text), duty.url)) if duty else NOTHING
        basis = fill("{} {}", named, seal(Basis(gettext("内部目标"), kind="internal")))
    rule, article, start, working, ending = _why_labels(get_language())
    rows = ((rule, item.rule), (article, basis), (start, item.started), (working, _steps(item)))
    result = item.result
    if not result and item.date:
        result = gettext("最迟 %(day)s（%(left)s）") % {
            "day": cn_date(item.date),
            "left": words or _words(item),
        }
    return fill(
        '<dl class="why">{}{}</dl>',
        fill_each("<dt>{}</dt><dd>{}</dd>", (row for row in rows if row[1])),
        fill(WHY_RESULT, ending, result) if result else NOTHING,
    )


def _steps(item: Due) -> SafeString:
    if not item.steps:
        return NOTHING
    steps = [Step(each) if isinstance(each, str) else coerce(Step, each) for each in item.steps]
    lines = fill_each("<li>{} {}</li>", ((each.text, seal(each.basis, wrap=True)) for each in steps))
    return fill('<ol class="why__steps">{}</ol>', lines)


def state(text: object, tone: str = "") -> SafeString:
    """Where a matter stands: a shape, words and a colour."""
    if not text:
        return NOTHING
    known = isinstance(text, (State, Mapping))
    badge = coerce(State, text) if known else State(str(text), cast(StateTone, tone))
    return fill('<span class="state" data-tone="{}">{}</span>', badge.tone, badge.text)


def tag(text: str) -> SafeString:
    """A plain label such as 重点督办."""
    return fill('<span class="tag">{}</span>', text)


def link(value: object) -> SafeString:
    """A quiet link of a list; without an address plain words."""
    item = coerce(Link, value)
    if not item.url:
        return fill("{}", item.label)
    return fill('<a class="link-quiet" href="{}">{}</a>', item.url, item.label)


def cell(value: object) -> SafeString:
    """Whatever stands in a table, a fact or a heading: a component's record, a number, a day, words."""
    if isinstance(value, Due):
        return due(value)
    if isinstance(value, State):
        return state(value)
    if isinstance(value, Basis):
        return seal(value)
    if isinstance(value, Link):
        return link(value)
    if isinstance(value, dt.date):
        return when(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return fill("{}", thousands(value))
    return fill("{}", "—" if value is None or value == "" else value)


def worklist_row(value: object, pick: str = "pick") -> SafeString:
    """One line of the worklist; a line drawn before is passed through."""
    if isinstance(value, SafeString):
        return value
    row = coerce(WorklistRow, value)
    box = fill(
        '<input class="wl__pick" type="checkbox" name="{}" value="{}" aria-label="{}">',
        pick,
        row.pick,
        gettext("选中 %(title)s") % {"title": row.title},
    )
    return fill(
        '<li class="wl__row{}"{}>{}<span class="wl__verb">{}</span><span class="wl__what">'
        '<span class="wl__no">{}</span> <a href="{}" title="{}">{}</a></span><span class="wl__who">{}</span>'
        '<span class="wl__basis">{}</span><div class="wl__due">{}</div></li>',
        " wl__row--pick" if row.pick else "",
        SafeString(" data-current") if row.current else NOTHING,
        box if row.pick else NOTHING,
        row.verb,
        row.number,
        row.url,
        row.title,
        row.title,
        row.who,
        seal(row.basis),
        due(row.due, end=True),
    )
