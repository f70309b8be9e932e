"""The components as template tags: `{% load design %}`. Parameters are listed in the README beside.

Small ones are plain Python (`lvzhi.faces.design.chips`); lists and panels are includes, parsed once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from django import template
from django.template import Context
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.utils.translation import get_language, gettext

from lvzhi.faces.design import charts, chips
from lvzhi.faces.design.forms import BoundField, described, problems
from lvzhi.faces.design.shapes import Column, Count, DayLoad, NextAction, ThreadItem, coerce

register = template.Library()
MANY_COLUMNS = 8
PARTS = "design/parts/"

for small in (
    chips.icon,
    chips.seal,
    chips.cite,
    chips.when,
    chips.due,
    chips.why,
    chips.state,
    chips.tag,
    chips.link,
    chips.cell,
    chips.worklist_row,
):
    register.simple_tag(small, name=small.__name__)


@register.simple_tag
def button(
    label: str,
    kind: str = "",
    size: str = "",
    url: str = "",
    icon: str = "",
    name: str = "",
    value: str = "",
    why_not: str = "",
    submits: bool = True,
) -> SafeString:
    """A button, a link that looks like one, or a disabled one with the sentence why not."""
    classes = "btn" + "".join(f" btn--{each}" for each in (kind, size) if each)
    inner = format_html("{} {}", chips.icon(icon), label) if icon else format_html("{}", label)
    if why_not:
        return format_html(
            '<button class="{}" type="button" disabled>{}</button> <span class="small soft">{}</span>',
            classes,
            inner,
            why_not,
        )
    if url:
        return format_html('<a class="{}" href="{}">{}</a>', classes, url, inner)
    named = format_html(' name="{}" value="{}"', name, value) if name else SafeString("")
    return format_html(
        '<button class="{}" type="{}"{}>{}</button>', classes, "submit" if submits else "button", named, inner
    )


@register.inclusion_tag(PARTS + "worklist.html")
def worklist(groups: Sequence[object], pick: str = "pick") -> dict[str, object]:
    """The worklist in groups, each under its heading with the number of rows."""
    return {"groups": groups, "pick": pick}


@register.inclusion_tag(PARTS + "nexts.html", takes_context=True)
def nexts(context: Context, actions: Sequence[object]) -> dict[str, object]:
    """What can be done now, and what cannot with the reason."""
    shown = [coerce(NextAction, each) for each in actions]
    return {"actions": shown, "csrf_token": context.get("csrf_token")}


@register.inclusion_tag(PARTS + "timeline.html")
def timeline(entries: Sequence[object]) -> dict[str, object]:
    """What happened, newest first, only ever added to."""
    return {"entries": entries}


@register.inclusion_tag(PARTS + "thread.html")
def thread(items: Sequence[object]) -> dict[str, object]:
    """From a citizen's sentence to next year's check."""
    return {"items": [coerce(ThreadItem, each) for each in items]}


@register.inclusion_tag(PARTS + "table.html")
def data_table(
    columns: Sequence[object],
    rows: Sequence[object],
    caption: str = "",
    label: str = "",
    pick: str = "",
    free: bool = True,
) -> dict[str, object]:
    """A table of three rules; on a phone every row is a card and still a table to screen readers.

    One of more than `MANY_COLUMNS` is set closer, so that a desk's screen shows it whole.
    """
    return {
        "tight": len(columns) > MANY_COLUMNS,
        "columns": columns,
        "rows": rows,
        "caption": caption,
        "label": label or caption,
        "pick": pick,
        "free": free,
    }


@register.inclusion_tag(PARTS + "filters.html")
def filters(
    items: Sequence[object],
    q: str = "",
    action: str = "",
    search: str = "",
    keep: Mapping[str, str] | None = None,
    label: str = "",
) -> dict[str, object]:
    """Conditions that live in the address, and a search box when `search` names it."""
    return {"chips": items, "q": q, "action": action, "search": search, "keep": keep or {}, "label": label}


@register.inclusion_tag(PARTS + "pager.html")
def pager(newer: str = "", older: str = "", label: str = "") -> dict[str, object]:
    """Keyset paging: one link each way; an empty address shuts that way."""
    return {"newer": newer, "older": older, "label": label}


@register.inclusion_tag(PARTS + "steps.html")
def steps(items: Sequence[object], label: str = "") -> dict[str, object]:
    """The states of a procedure and where the matter stands."""
    return {"items": items, "label": label}


def _plain(name: str, key: str = "items") -> None:
    """Register an include that takes one list and an optional label."""

    def draw(items: Sequence[object], label: str = "") -> dict[str, object]:
        return {key: items, "label": label}

    register.inclusion_tag(PARTS + name + ".html", name=name)(draw)


for listed in (
    "tabs",
    "crumbs",
    "facts",
    "parties",
    "files",
    "agenda",
    "tasks",
    "figures",
    "doors",
    "quick",
    "big",
):
    _plain(listed)


@register.inclusion_tag(PARTS + "story_card.html")
def story_card(story: object) -> dict[str, object]:
    """The card that leads to a whole story."""
    return {"story": story}


@register.inclusion_tag(PARTS + "bar_chart.html")
def bar_chart(
    title: str,
    rows: Sequence[object],
    unit: str = "",
    sub: str = "",
    limit: float | None = None,
    limit_label: str = "",
) -> dict[str, object]:
    """Horizontal bars from zero, with the data table below; the title says the conclusion."""
    return {
        "chart": charts.bars(rows, unit, limit),
        "title": title,
        "unit": unit,
        "sub": sub,
        "limit_label": limit_label,
    }


@register.inclusion_tag(PARTS + "column_chart.html")
def column_chart(title: str, rows: Sequence[object], first: str, second: str, sub: str = "") -> dict[str, object]:
    """Upright columns from zero, each with the part of it that counts; the data table below."""
    return {"chart": charts.columns(rows, first, second), "title": title, "sub": sub, "first": first, "second": second}


@register.simple_tag
def due_load(days: Sequence[object], today: dt.date, late: int = 0) -> SafeString:
    """The strip of coming deadlines above the worklist; drawn anew only when a number in it changes."""
    return _strip(tuple(coerce(DayLoad, each) for each in days), today, late, get_language() or "")


@lru_cache(maxsize=256)
def _strip(days: tuple[DayLoad, ...], today: dt.date, late: int, language: str) -> SafeString:
    del language  # the words of the strip are in it; a strip of another language is another strip
    return render_to_string(PARTS + "due_load.html", {"load": charts.due_load(days, today, late)})


@register.inclusion_tag(PARTS + "ballot.html")
def ballot(name: str, legend: str, choices: Sequence[object]) -> dict[str, object]:
    """A ballot paper; nothing is chosen in advance."""
    return {"name": name, "legend": legend, "choices": choices}


@register.inclusion_tag(PARTS + "tally.html")
def tally(
    counts: Sequence[object], total: int, needed: int, verdict: str = "", basis: object = None
) -> dict[str, object]:
    """A result over all members, with the line of the majority and who was absent."""
    drawn = charts.tally([coerce(Count, each) for each in counts], total, needed)
    return {"tally": drawn, "total": total, "needed": needed, "verdict": verdict, "basis": basis}


@register.inclusion_tag(PARTS + "receipt.html")
def receipt(title: str, text: str = "", code: str = "", note: str = "") -> dict[str, object]:
    """What proves that it happened."""
    return {"title": title, "text": text, "code": code, "note": note}


@register.inclusion_tag(PARTS + "empty_state.html")
def empty_state(title: str, text: str = "", icon: str = "inbox", url: str = "", label: str = "") -> dict[str, object]:
    """Nothing to show: what that means, and the next thing to do."""
    return {"title": title, "text": text, "icon": icon, "url": url, "label": label}


@register.inclusion_tag(PARTS + "status_messages.html", takes_context=True)
def status_messages(context: Context) -> dict[str, object]:
    """Django's messages, spoken by screen readers when the page opens."""
    return {"messages": context.get("messages")}


@register.inclusion_tag(PARTS + "error_summary.html")
def error_summary(form: Any) -> dict[str, object]:
    """Every error of a form with a link to its field; nothing without errors."""
    return {"errors": problems(form)}


@register.inclusion_tag(PARTS + "form_fields.html")
def form_fields(form: Any) -> dict[str, object]:
    """The hidden fields and every visible one."""
    return {"form": form}


@register.inclusion_tag(PARTS + "field.html")
def field(bound: BoundField, help_text: str = "", optional: bool = True) -> dict[str, object]:
    """One field of a form: label, help, error, input."""
    return described(bound, help_text, optional)


def _render(name: str, values: dict[str, object]) -> SafeString:
    return render_to_string(PARTS + name + ".html", values)


@register.simple_block_tag
def page_head(
    content: SafeString,
    title: str,
    crumbs: Sequence[object] | None = None,
    meta: Sequence[object] | None = None,
    lede: str = "",
    ruled: bool = False,
) -> SafeString:
    """Where one is, the title, where the matter stands, and the actions in the block."""
    values = {"title": title, "crumbs": crumbs, "meta": meta, "lede": lede, "ruled": ruled}
    return _render("page_head", {**values, "content": SafeString(content.strip())})


@register.simple_block_tag
def section(content: SafeString, title: str, note: str = "", level: int = 2) -> SafeString:
    """A part of a page under its heading."""
    return format_html(
        '<section class="section"><div class="section__head"><h{}>{}</h{}>{}</div>{}</section>',
        level,
        title,
        level,
        format_html('<span class="section__note">{}</span>', note) if note else "",
        content,
    )


@register.simple_block_tag
def notice(content: SafeString, title: str = "", tone: str = "") -> SafeString:
    """A sentence that belongs to this place of the page."""
    drawn = {"done": "check", "soon": "half", "late": "late"}.get(tone, "info")
    head = format_html('<p class="alert__title">{}</p>', title) if title else ""
    body = format_html("<div>{}</div>", content) if content.strip() else ""
    return format_html('<div class="alert" data-tone="{}">{}{}{}</div>', tone, chips.icon(drawn), head, body)


@register.simple_block_tag
def menu(content: SafeString, label: str, icon: str = "", end: bool = True, sr: str = "") -> SafeString:
    """Links and buttons behind one word."""
    return format_html(
        '<details class="menu"><summary>{}{}{}</summary><div class="pop{}">{}</div></details>',
        format_html("{} ", chips.icon(icon)) if icon else "",
        label,
        format_html('<span class="sr">{}</span>', sr) if sr else "",
        " pop--end" if end else "",
        content,
    )


@register.simple_block_tag(takes_context=True)
def confirm(
    context: Context,
    content: SafeString,
    label: str,
    title: str,
    action: str = "",
    verb: str = "",
    keep: str = "",
    kind: str = "",
    fields: Mapping[str, str] | None = None,
) -> SafeString:
    """A step that cannot be taken back: it says what follows before the button that does it."""
    return _render(
        "confirm",
        {
            "content": content,
            "label": label,
            "title": title,
            "action": action,
            "verb": verb or label,
            "keep": keep or gettext("先不"),
            "kind": kind,
            "fields": fields or {},
            "csrf_token": context.get("csrf_token"),
            "key": "confirm-" + slugify(f"{action}-{title}", allow_unicode=True),
        },
    )


@register.simple_block_tag
def paper(
    content: SafeString,
    org: str,
    title: str,
    number: str = "",
    to: str = "",
    sign: str = "",
    day: str = "",
    copy_no: str = "",
    foot: Sequence[str] | None = None,
    mini: bool = False,
    level: int = 2,
) -> SafeString:
    """An official document after GB/T 9704 as seen on a screen; `|` marks where a name may break."""
    return _render(
        "paper",
        {
            "content": content,
            "org": _breaks(org),
            "title": _breaks(title),
            "number": number,
            "to": to,
            "sign": sign,
            "day": day,
            "copy_no": copy_no,
            "foot": foot or (),
            "mini": mini,
            "level": level,
            "name": title.replace("|", ""),
        },
    )


def _breaks(text: str) -> SafeString:
    return format_html_join(SafeString("<wbr>"), "{}", ((each,) for each in text.split("|")))


@register.filter
def slot(columns: Sequence[object], place: int) -> object:
    """The column a cell stands in; a row longer than the headings gets an empty one."""
    return columns[place] if place < len(columns) else Column("")
