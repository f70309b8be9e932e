"""One edition: its structure, what is unclear in it, and the two things that can happen to a draft."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lvzhi.faces.design.shapes import Link
from lvzhi.faces.design.wording import cn_date, cn_datetime
from lvzhi.faces.desk.context import office_required, page
from lvzhi.faces.desk.statutes.around import edition_or_404
from lvzhi.faces.desk.statutes.forms import AcceptForm, ReasonForm
from lvzhi.faces.desk.statutes.originals import original_columns, original_rows
from lvzhi.faces.desk.statutes.shown import (
    HERE,
    broken_columns,
    broken_row,
    differences,
    edition_name,
    found_facts,
    oddity_columns,
    oddity_rows,
    outline,
    outline_columns,
    public_url,
    state_of_edition,
)
from lvzhi.faces.signin import clock
from lvzhi.faces.signin.acting import actor_of
from lvzhi.work.statutes import actions, queries
from lvzhi.work.statutes.models import Edition, Incoming
from lvzhi.work.statutes.queries import keeping
from lvzhi.work.statutes.rules import may_correct

TAKE, LEAVE = "take", "leave"
"""The two forms of a page that compares tell their fields apart by these."""


@office_required
@require_safe
def edition(request: HttpRequest, key: UUID) -> HttpResponse:
    """An edition, whatever its state. Seven statements, eight for a correction."""
    return draw(request, edition_or_404(request, key))


def draw(
    request: HttpRequest,
    found: Edition,
    *,
    dropping: ReasonForm | None = None,
    accepting: AcceptForm | None = None,
    dismissing: ReasonForm | None = None,
) -> HttpResponse:
    """The page of an edition, with a form as it was sent."""
    document = queries.document_of(found)
    broken = keeping.broken_in(found)
    for citation in broken:
        citation.edition = found
    keeps = may_correct.allows(actor_of(request), found)
    is_draft = found.state == Edition.State.DRAFT
    waits = keeping.waits_for(found)
    to_compare = waits == Incoming.Kind.CORRECTION
    context = {
        "edition": found,
        "name": edition_name(found),
        "keeps": keeps,
        "is_draft": is_draft,
        "is_unfinished": waits == Incoming.Kind.PARTS,
        "to_compare": to_compare,
        "state": state_of_edition(found, clock.today()),
        "facts": [*_facts(found), *found_facts(document)],
        "outline": outline(document),
        "outline_columns": outline_columns(),
        "odd": oddity_rows(document),
        "odd_columns": oddity_columns(),
        "originals": original_rows(found),
        "original_columns": original_columns(),
        "broken": [broken_row(each) for each in broken],
        "broken_columns": broken_columns(),
        "differences": differences(queries.document_of(found.replaces), document) if found.replaces else [],
        "public_url": public_url(found) if found.is_published else "",
        "dropping": (dropping or ReasonForm()) if keeps and is_draft and not to_compare else None,
        "accepting": (accepting or AcceptForm(initial=_against(found), prefix=TAKE)) if keeps and to_compare else None,
        "dismissing": (dismissing or ReasonForm(prefix=LEAVE)) if keeps and to_compare else None,
        "crumbs": [
            Link(_("法律文本"), reverse(HERE)),
            Link(found.work.short, reverse("desk-law", args=[found.work_id])),
            Link(edition_name(found)),
        ],
    }
    failed = any(form and form.errors for form in (dropping, accepting, dismissing))
    return page(request, "desk/statutes/edition.html", context, status=422 if failed else 200, here=HERE)


def _against(found: Edition) -> dict[str, object]:
    return {"against": found.replaces.digest if found.replaces else ""}


def _facts(found: Edition) -> list[tuple[str, object]]:
    known: list[tuple[str, object]] = [
        (_("版本日期"), cn_date(found.day)),
        (_("施行日期"), cn_date(found.effective)),
        (_("施行到"), cn_date(found.closed_on) if found.closed_on else ""),
        (_("文号"), found.number),
        (_("来源文件"), found.file_name),
        (_("文字摘要"), found.digest[:16]),
        (_("谁存的"), _("%(name)s，%(at)s") % {"name": found.made_by_name, "at": cn_datetime(found.made_at)}),
        (_("原因"), found.reason),
        (_("公布"), cn_datetime(found.published_at) if found.published_at else ""),
    ]
    return [(term, value) for term, value in known if value]


def _done(request: HttpRequest, act: Callable[[], object], said: str) -> bool:
    """Do what was asked for and say so, or say why it cannot be done."""
    try:
        act()
    except actions.ActRefused as refusal:
        messages.error(request, str(refusal))
        return False
    messages.success(request, said)
    return True


@office_required
@require_POST
def publish(request: HttpRequest, key: UUID) -> HttpResponse:
    """Publish a draft."""
    found = edition_or_404(request, key, to_keep=True)
    act = partial(actions.publish, found, actor=actor_of(request), at=clock.now())
    _done(request, act, _("已公布。哪些文件引用它，几分钟内算好。"))
    return redirect("desk-edition", key=key)


@office_required
@require_POST
def drop(request: HttpRequest, key: UUID) -> HttpResponse:
    """Give up a draft."""
    found = edition_or_404(request, key, to_keep=True)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return draw(request, found, dropping=form)
    work, act = found.work_id, partial(actions.drop, found, actor=actor_of(request), at=clock.now())
    gone = _done(request, partial(act, **form.cleaned_data), _("草稿已放弃，记在变更记录里"))
    return redirect("desk-law", key=work) if gone else redirect("desk-edition", key=key)


@office_required
@require_POST
def accept(request: HttpRequest, key: UUID) -> HttpResponse:
    """Publish a correction that an import brought."""
    found = edition_or_404(request, key, to_keep=True)
    form = AcceptForm(request.POST, prefix=TAKE)
    if not form.is_valid():
        return draw(request, found, accepting=form)
    act = partial(actions.accept, found, actor=actor_of(request), at=clock.now(), **form.cleaned_data)
    _done(request, act, _("已采用并公布。原来的文字记为「已被更正」，仍可查到。"))
    return redirect("desk-edition", key=key)


@office_required
@require_POST
def dismiss(request: HttpRequest, key: UUID) -> HttpResponse:
    """Turn down a correction that an import brought."""
    found = edition_or_404(request, key, to_keep=True)
    form = ReasonForm(request.POST, prefix=LEAVE)
    if not form.is_valid():
        return draw(request, found, dismissing=form)
    work, act = found.work_id, partial(actions.dismiss, found, actor=actor_of(request), at=clock.now())
    said = _("没有采用，已公布的文字不变。原因记在变更记录里，同样的文字不会再导入。")
    gone = _done(request, partial(act, **form.cleaned_data), said)
    return redirect("desk-law", key=work) if gone else redirect("desk-edition", key=key)
