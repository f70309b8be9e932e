"""One edition of a law, from its title to its last article."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from lvzhi.core.law import normal
from lvzhi.core.law.reading import citation_label, short_title
from lvzhi.faces.design.deadlines import lang
from lvzhi.faces.design.shapes import Link
from lvzhi.faces.design.wording import cn_date
from lvzhi.faces.portal.law import keeping
from lvzhi.faces.portal.law.addresses import HERE, cited_url, compare_url, download_url, law_url
from lvzhi.faces.portal.law.comparison import rows_by_new
from lvzhi.faces.portal.law.contents import article_eid, draw_contents
from lvzhi.faces.portal.law.drawing import Ways, draw, history_lines, title_lines
from lvzhi.faces.portal.law.texts import Text, labels_of, text_of
from lvzhi.faces.portal.law.views.shared import (
    crumbs,
    day_of,
    edition_or_404,
    elsewhere,
    find_work,
    not_held,
)
from lvzhi.faces.portal.law.words import ACTS, basis_words, made_words, standing_words, state_of
from lvzhi.faces.portal.shell import page
from lvzhi.faces.signin import clock
from lvzhi.work.statutes import queries
from lvzhi.work.statutes.models import Edition, Work

DAY = 86_400
DOWNLOADS = (
    ("txt", "TXT"), ("md", "Markdown"), ("json", "JSON"), ("akn", "Akoma Ntoso"),
)  # fmt: skip


@gzip_page
@require_safe
def law(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The newest edition in force; leads to another when a day, an edition or an article is asked for.

    Seven statements; one or two for what only leads on.
    """
    work = find_work(request, slug)
    if isinstance(work, str):
        return elsewhere(request, work, "") if work else not_held(request, slug, None)
    today, asked = clock.today(), request.GET
    if day := day_of(asked.get("edition", "")):
        return HttpResponseRedirect(_with(law_url(work.slug, day), diff="1" if asked.get("diff") else ""))
    if on := day_of(asked.get("on", "")):
        found = queries.edition_shown(work, on)
        return (
            HttpResponseRedirect(_with(law_url(work.slug, found.day), on=on.isoformat()))
            if found
            else _none(request, work)
        )
    edition = queries.edition_shown(work, today)
    if edition is None:
        return _none(request, work)
    return _read(request, edition, on=today)


def _none(request: HttpRequest, work: Work) -> HttpResponse:
    return not_held(request, work.slug, work)


def _with(address: str, **given: str) -> str:
    asked = "&".join(f"{name}={value}" for name, value in given.items() if value)
    return f"{address}?{asked}" if asked else address


@gzip_page
@require_safe
def edition(request: HttpRequest, slug: str, day: str) -> HttpResponseBase:
    """The edition of one day. Seven statements."""
    work = find_work(request, slug)
    if isinstance(work, str):
        return elsewhere(request, work, f"@{day}/") if work else not_held(request, slug, None)
    on = day_of(request.GET.get("on", "")) or clock.today()
    return _read(request, edition_or_404(work, day), on=on)


@gzip_page
@require_safe
def to_print(request: HttpRequest, slug: str, day: str) -> HttpResponseBase:
    """The text alone, as it goes to paper. Five statements."""
    work = find_work(request, slug)
    if isinstance(work, str):
        return elsewhere(request, work, f"@{day}/print") if work else not_held(request, slug, None)
    found = edition_or_404(work, day)
    return keeping.kept(request, [found], lambda: _printed(request, found))


def _printed(request: HttpRequest, found: Edition) -> HttpResponse:
    text, today, work = text_of(found), clock.today(), found.work
    context = {
        **_head(text),
        "body": body_of(text, {}),
        "label": citation_label(text.document, "", found.day),
        "standing": standing_words(found, queries.editions_of(work), today),
        "state": state_of(queries.edition_status(found, today)),
        "today": today,
        "back_url": law_url(work.slug, found.day),
        "address": request.build_absolute_uri(law_url(work.slug, found.day)),
    }
    return page(request, "law/print", context, current=HERE)


def _read(request: HttpRequest, found: Edition, *, on: date) -> HttpResponseBase:
    """The reading page of an edition, as things stand on a day."""
    return keeping.kept(request, [found], lambda: _made(request, found, on))


def _made(request: HttpRequest, found: Edition, on: date) -> HttpResponse:
    text, work = text_of(found), found.work
    if (typed := request.GET.get("article", "").strip()) and (eid := article_eid(text.document, typed)):
        return HttpResponseRedirect(f"{law_url(work.slug, found.day)}#{eid}")
    editions = queries.editions_of(work)
    former = max((each for each in editions if each.day < found.day), key=lambda each: each.day, default=None)
    marked = bool(request.GET.get("diff")) and former is not None
    counts = queries.cited_counts(work, on=clock.today())
    context = {
        **_head(text),
        **_around(found, editions, on),
        "body": _body_with_changes(text, former, counts) if marked and former else body_of(text, counts),
        "toc": draw_contents(text.reading, text.document),
        "articles": len(text.document.articles),
        "typed": typed,
        "stops": _stops(found, editions, on),
        "former": former,
        "former_url": compare_url(work.slug, former.day, found.day) if former else "",
        "marked": marked,
        "label": citation_label(text.document, "", found.day),
        "history": _history(text, editions),
        "counted": sum(counts.values()),
        "cited_url": cited_url(work.slug),
        "crumbs": crumbs(work),
    }
    return page(request, "law/reading", context, current=HERE)


def _head(text: Text) -> dict[str, Any]:
    """The title in its two lines, and what stands below it."""
    state, title = title_lines(" ".join(text.edition.title.split()))
    name = short_title(text.edition.title)
    return {"state_line": state, "title_line": title, "name": name, "passed": history_lines(text.reading)}


def _around(found: Edition, editions: list[Edition], on: date) -> dict[str, Any]:
    """What is said of an edition beside its words."""
    work, today = found.work, clock.today()
    shown = queries.edition_status(found, on)
    newer = max((each for each in editions if each.effective <= today), key=lambda each: each.day, default=None)
    return {
        "work": work,
        "edition": found,
        "on": on,
        "today": today,
        "is_today": on == today,
        "state": state_of(shown),
        "standing": standing_words(found, editions, on),
        "basis": "" if work.is_repealed else basis_words(found),
        "instead": Link(work.repealed_by, law_url(normal(work.repealed_by))) if work.repealed_by else None,
        "newer_url": law_url(work.slug, newer.day) if newer and newer.day > found.day else "",
        "page_url": law_url(work.slug, found.day),
        "form_url": law_url(work.slug),
        "print_url": f"{law_url(work.slug, found.day)}print",
        "downloads": [Link(name, download_url(work.slug, found.day, suffix)) for suffix, name in DOWNLOADS],
        "sizes": [("normal", _("标准")), ("large", _("大")), ("larger", _("特大"))],
    }


@dataclass(frozen=True, slots=True)
class Stop:
    """An edition on the line of time."""

    day: date
    label: str
    note: str
    current: bool
    since: date
    url: str


def _stops(found: Edition, editions: list[Edition], on: date) -> list[Stop]:
    acts = labels_of(editions)
    return [
        Stop(
            each.day, made_words(each, act),
            _("%(since)s起施行，%(state)s")
            % {"since": cn_date(each.effective), "state": state_of(queries.edition_status(each, on)).text},
            each.pk == found.pk, each.effective, law_url(each.work.slug, each.day),
        )
        for each, act in zip(editions, acts, strict=True)
    ]  # fmt: skip


def _history(text: Text, editions: list[Edition]) -> list[dict[str, Any]]:
    """Every change the text tells of, newest first, with the way to what is held of it."""
    held = {each.day: each for each in editions}
    days = sorted(held)
    rows = []
    for event in reversed(text.document.metadata.history):
        here = held.get(event.day) if event.day else None
        before = max((day for day in days if here and day < here.day), default=None)
        slug = text.edition.work.slug
        rows.append({
            "day": event.day,
            "act": ACTS[event.act],
            "organ": event.organ,
            "by": event.by,
            "url": law_url(slug, here.day) if here and here.pk != text.edition.pk else "",
            "compare_url": compare_url(slug, before, here.day) if here and before else "",
        })  # fmt: skip
    return rows


def body_of(text: Text, counts: dict[str, int]) -> SafeString:
    """The drawn text, kept for a day under what it is made of. No statement."""
    made_of = repr((text.edition.digest, text.edition.file_name, text.links, sorted(counts.items()), lang()))
    key = f"law:{hashlib.sha256(made_of.encode()).hexdigest()}"
    drawn = cache.get(key)
    if not isinstance(drawn, str):
        drawn = str(draw(text.reading, replace(text.ways(same_page=True), counts=counts)))
        cache.set(key, drawn, DAY)
    return mark_safe(drawn)  # noqa: S308 - drawn by `draw`, which escapes


def _body_with_changes(text: Text, former: Edition, counts: dict[str, int]) -> SafeString:
    """The text with the words that came and went since the former edition."""
    edition = text.edition
    ways: Ways = replace(
        text.ways(same_page=True),
        counts=counts,
        changes=rows_by_new(former, edition),
        compared=compare_url(edition.work.slug, former.day, edition.day),
    )
    return draw(text.reading, ways)
