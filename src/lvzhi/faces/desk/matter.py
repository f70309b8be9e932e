"""The page of one matter, its files, and the sealed particulars of who wrote."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from lvzhi.core.upload import UploadRefused, sentence
from lvzhi.faces.design.deadlines import lang
from lvzhi.faces.design.shapes import Link
from lvzhi.faces.design.wording import cn_datetime, short_date
from lvzhi.faces.desk import matter_parts as parts
from lvzhi.faces.desk.context import desk_required, page
from lvzhi.faces.desk.forms import Purpose, Thread, Upload
from lvzhi.faces.desk.opinions import beside
from lvzhi.faces.desk.raising import besides, thread_of
from lvzhi.faces.desk.reach import Bound, is_inside, matter_or_404, opinion_of, parties_of
from lvzhi.faces.desk.shown import category_names, state_of
from lvzhi.faces.signin import clock
from lvzhi.faces.signin.acting import actor_of, congress_of
from lvzhi.records.documents import store
from lvzhi.records.documents.models import Attachment, IssuedPaper
from lvzhi.records.matters import queries
from lvzhi.records.matters.links import connect, may_connect
from lvzhi.records.matters.models import Entry, Matter
from lvzhi.records.matters.models import Link as LinkRow
from lvzhi.records.matters.perform import roles_on
from lvzhi.records.matters.procedures import procedure_of, words
from lvzhi.records.matters.refusals import NotAllowed
from lvzhi.records.people import door
from lvzhi.records.people.actor import Actor
from lvzhi.work.opinions.rules import may_read_sender


@desk_required
@require_safe
@never_cache
def matter(request: HttpRequest, key: UUID) -> HttpResponse:
    """Everything about one matter that the reader may see; at most fourteen statements, six more for an opinion."""
    return draw(request, matter_or_404(actor_of(request), key))


def draw(
    request: HttpRequest,
    found: Matter,
    *,
    status: int = 200,
    upload: forms.Form | None = None,
    purpose: forms.Form | None = None,
    particulars: dict[str, str] | None = None,
    thread: forms.Form | None = None,
) -> HttpResponse:
    """The page of a matter, with forms that were sent and refused, or particulars just unsealed."""
    actor, today = actor_of(request), clock.today()
    procedure, inside = procedure_of(found), is_inside(actor, found)
    bound, entries = parties_of(found), queries.entries(found, actor=actor)
    clocks = queries.explanations(found)
    options = queries.next_actions(found, actor=actor, parties=bound.standing, facts={})
    roles = roles_on(actor, found, bound.standing)
    mine, others = parts.next_actions(found, procedure, options, clocks, roles, today) if inside else ([], [])
    apart = _beside(actor, found, entries, bound, inside)
    if apart and apart["case"]:  # sorting is the page's one main button
        mine = [replace(item, primary=False) for item in mine]
    papers = list(IssuedPaper.objects.of(found.congress_id).filter(matter=found).order_by("id")) if inside else []
    attachments = list(Attachment.objects.visible_to(actor).filter(matter=found).order_by("added_at", "id"))
    columns, rows = parts.clock_rows(procedure, found, clocks, bound.names, today)
    context = {
        "matter": found,
        "inside": inside,
        "state": state_of(procedure, found.state),
        "crumbs": [Link(_("全部事项"), _list_url(found)), Link(words(procedure.text)), Link(found.number)],
        "steps": parts.steps_of(procedure, found, entries, today),
        "nexts": mine,
        "others": others,
        "clock_columns": columns,
        "clock_rows": rows,
        "timeline": parts.timeline(procedure, entries, bound, papers, attachments, today),
        "entry_count": len(entries),
        "whole": parts.chain_is_whole(entries) if inside else True,
        "facts": facts_of(request, found),
        "parties": parts.party_list(procedure, bound, found, today),
        "papers": papers,
        "files": parts.file_list(attachments, today),
        "threads": parts.thread_rows(found, besides(found, queries.links(found, actor=actor))),
        "thread": (thread or Thread()) if may_connect.allows(actor, found) else None,
        "upload": upload or Upload(),
        "particulars": particulars,
        **thread_of(actor, found),
        **_words_of(actor, found, inside, purpose),
        "beside": apart,
    }
    return page(request, "desk/matter.html", context, status=status, here="desk-matters")


def _beside(
    actor: Actor, found: Matter, entries: Sequence[Entry], bound: Bound, inside: bool
) -> dict[str, object] | None:
    """What belongs to an opinion alone, for those who handle it."""
    opinion = opinion_of(found)
    if opinion is None or not inside:
        return None
    return beside.parts(actor, found, opinion, entries, dict(bound.names), clock.today())


def _list_url(found: Matter) -> str:
    return f"{reverse('desk-matters')}?procedure={found.procedure}"


def _words_of(actor: Actor, found: Matter, inside: bool, purpose: forms.Form | None) -> dict[str, object]:
    """What the citizen wrote: the whole to those who handle it, else what was made public."""
    opinion = opinion_of(found)
    if opinion is None:
        return {}
    return {
        "opinion": opinion,
        "said": opinion.text if inside else opinion.public_text,
        "may_read": inside and opinion.sender_id is not None and may_read_sender.allows(actor, found),
        "why_not_sender": may_read_sender.why_not(actor, found) if opinion.sender_id else _("来信人没有留下个人信息。"),
        "purpose": purpose or Purpose(),
    }


def facts_of(request: HttpRequest, found: Matter) -> list[tuple[str, object]]:
    """The plain facts beside the page."""
    opinion, today = opinion_of(found), clock.today()
    names = category_names(congress_of(request))
    began = _("收到") if opinion else _("开始")
    facts: list[tuple[str, object]] = [(_("编号"), found.number), (began, short_date(found.opened_on, today))]
    if opinion:
        facts.append((_("渠道"), opinion.get_channel_display()))
    known = [
        (_("类别"), names.get(found.category, found.category)),
        (_("地点"), found.area.name if found.area else ""),
        (_("承办"), found.responsible.name if found.responsible else ""),
    ]
    facts += [(term, value) for term, value in known if value]
    if opinion and opinion.replied_on:
        facts.append((_("答复"), short_date(opinion.replied_on, today)))
    if opinion and opinion.result_rating:
        facts.append((_("解决没有"), opinion.get_result_rating_display()))
        facts.append((_("办理过程"), opinion.get_process_rating_display()))
        if opinion.is_synthetic_rating:
            facts.append((_("评价来源"), _("试用时编的，不是来信人评的")))
    public = _("%(at)s 起公开") % {"at": cn_datetime(found.published_at)} if found.is_public else _("没有公开")
    return [*facts, (_("公开"), public), (_("程序版本"), procedure_of(found).edition)]


@desk_required
@require_POST
@never_cache
def sender(request: HttpRequest, key: UUID) -> HttpResponse:
    """Unseal who wrote, for a purpose that is written down; shown once, in the answer to this request."""
    actor = actor_of(request)
    found = matter_or_404(actor, key)
    opinion = opinion_of(found)
    if why := may_read_sender.why_not(actor, found):
        raise PermissionDenied(why)
    if opinion is None or opinion.sender is None:
        raise Http404
    form = Purpose(request.POST)
    if not form.is_valid():
        return draw(request, found, status=422, purpose=form)
    try:
        read = door.read(opinion.sender, actor=actor, purpose=form.cleaned_data["purpose"], at=clock.now())
    except door.DoorClosed as closed:
        raise PermissionDenied(str(closed)) from closed
    return draw(request, found, particulars=read)


@desk_required
@require_POST
def attach(request: HttpRequest, key: UUID) -> HttpResponse:
    """Add a file to a matter; only those who handle it may."""
    actor = actor_of(request)
    found = matter_or_404(actor, key)
    if not is_inside(actor, found):
        raise PermissionDenied(_("材料由承办单位和常委会机关添加。"))
    form = Upload(request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            kept = store.keep(found, None, file.name, file.read(), actor, clock.now())
        except UploadRefused as refusal:
            form.add_error("file", sentence(refusal.code, refusal.params, lang()))
        else:
            messages.success(request, _("已加上「%(name)s」") % {"name": kept.name})
            return redirect("desk-matter", key=found.pk)
    return draw(request, found, status=422, upload=form)


@desk_required
@require_POST
def link(request: HttpRequest, key: UUID) -> HttpResponse:
    """Tie the matter to another one by its number."""
    actor = actor_of(request)
    found = matter_or_404(actor, key)
    if why := may_connect.why_not(actor, found):
        raise PermissionDenied(why)
    form = Thread(request.POST)
    if form.is_valid():
        kind = LinkRow.Kind(form.cleaned_data["kind"])
        try:
            made = connect(found, number=form.cleaned_data["number"], kind=kind, actor=actor, on=clock.today())
        except NotAllowed as refusal:
            form.add_error("number", str(refusal))
        else:
            messages.success(request, _("已连上 %(number)s") % {"number": made.target.number})
            return redirect("desk-matter", key=found.pk)
    return draw(request, found, status=422, thread=form)
