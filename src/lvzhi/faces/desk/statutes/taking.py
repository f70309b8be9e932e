"""Taking in a text: the file is read and shown, then stored as a draft; nothing is stored before it was looked at."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lvzhi.core import law
from lvzhi.faces.design.shapes import Link
from lvzhi.faces.desk.context import office_required, page
from lvzhi.faces.desk.statutes.around import edition_or_404
from lvzhi.faces.desk.statutes.forms import CorrectionForm, FactsForm, Looked, TextFile, initial_of, unseal
from lvzhi.faces.desk.statutes.shown import (
    HERE,
    differences,
    edition_name,
    found_facts,
    oddity_columns,
    oddity_rows,
    outline,
    outline_columns,
)
from lvzhi.faces.signin import clock
from lvzhi.faces.signin.acting import actor_of, congress_of
from lvzhi.records.documents.holding import hold
from lvzhi.work.statutes import actions, queries
from lvzhi.work.statutes.describing import facts_of
from lvzhi.work.statutes.models import Edition
from lvzhi.work.statutes.rules import may_keep


@office_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def new(request: HttpRequest) -> HttpResponse:
    """A text of a new law, or of a new edition."""
    if why := may_keep.why_not(actor_of(request), congress_of(request)):
        raise PermissionDenied(why)
    title = _("上传法律文本")
    crumbs = [Link(_("法律文本"), reverse(HERE)), Link(title)]
    looked, asked = _looked_at(request)
    if looked is None:
        return _ask(request, asked, title, crumbs, reverse(HERE))
    document = looked.document
    if "title" not in request.POST:
        return _show(request, document, FactsForm(initial=initial_of(facts_of(document)) | _sealed(looked)), crumbs)
    form = FactsForm(request.POST)
    if form.is_valid():
        try:
            made = actions.draft(
                congress=congress_of(request),
                document=document,
                original=looked.original(clock.now()),
                facts=form.facts(),
                reason=form.cleaned_data["reason"],
                actor=actor_of(request),
                at=clock.now(),
            )
        except actions.ActRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _stored(request, made)
    return _show(request, document, form, crumbs)


@office_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def correct(request: HttpRequest, key: UUID) -> HttpResponse:
    """A corrected text of a published edition."""
    found = edition_or_404(request, key, to_keep=True)
    if not found.is_published:
        raise PermissionDenied(_("只有已公布的版本可以更正；草稿请放弃后重新上传。"))
    title, back = _("更正"), reverse("desk-edition", args=[key])
    crumbs = [Link(_("法律文本"), reverse(HERE)), Link(f"{found.work.short}，{edition_name(found)}", back), Link(title)]
    looked, asked = _looked_at(request)
    if looked is None:
        return _ask(request, asked, title, crumbs, back)
    try:
        whole, parts = actions.as_corrected(found, looked.document)
    except actions.ActRefused as refusal:
        messages.error(request, str(refusal))
        return _ask(request, TextFile(), title, crumbs, back)
    if "reason" not in request.POST:
        form = CorrectionForm(initial=_sealed(looked))
        return _show(request, whole, form, crumbs, old=found, joined=bool(parts))
    form = CorrectionForm(request.POST)
    if form.is_valid():
        try:
            made = actions.correct(
                found,
                document=looked.document,
                original=looked.original(clock.now()),
                reason=form.cleaned_data["reason"],
                actor=actor_of(request),
                at=clock.now(),
            )
        except actions.ActRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _stored(request, made)
    return _show(request, whole, form, crumbs, old=found, joined=bool(parts))


def _looked_at(request: HttpRequest) -> tuple[Looked | None, TextFile]:
    """The text that this request is about, uploaded now or looked at before; without one the form to ask for it."""
    if request.method != "POST":
        return None, TextFile()
    if "text" in request.POST:
        found = unseal(request.POST["text"], clock.now())
        if found is None:
            messages.error(request, _("看过的文件过期了，请重新上传。"))
        return found, TextFile()
    form = TextFile(request.POST, request.FILES)
    if not form.is_valid():
        return None, form
    document, original = form.cleaned_data["file"]
    return Looked(document, hold(original, at=clock.now()).ticket if original else ""), form


def _sealed(looked: Looked) -> dict[str, object]:
    return {"text": looked.sealed()}


def _ask(request: HttpRequest, form: TextFile, title: str, crumbs: list[Link], back: str) -> HttpResponse:
    lede = _("一次上传一份。先看从文件里读出来的结构，存为草稿，核对以后再公布。")
    if back != reverse(HERE):
        lede = _("上传改好的全文，和现在的文字对照以后存为草稿。公布以后，现在的文字记为「已被更正」，仍可查到。")
    context = {"form": form, "title": title, "lede": lede, "crumbs": crumbs, "back": back}
    return page(request, "desk/statutes/upload.html", context, status=422 if form.errors else 200, here=HERE)


def _show(
    request: HttpRequest,
    document: law.Document,
    form: FactsForm | CorrectionForm,
    crumbs: list[Link],
    *,
    old: Edition | None = None,
    joined: bool = False,
) -> HttpResponse:
    context = {
        "form": form,
        "joined": joined,
        "old": old,
        "document": document,
        "facts": found_facts(document),
        "outline": outline(document),
        "outline_columns": outline_columns(),
        "odd": oddity_rows(document),
        "odd_columns": oddity_columns(),
        "differences": differences(queries.document_of(old), document) if old else [],
        "crumbs": crumbs,
        "back": request.path,
    }
    return page(request, "desk/statutes/preview.html", context, status=422 if form.errors else 200, here=HERE)


def _stored(request: HttpRequest, made: Edition) -> HttpResponse:
    messages.success(request, _("已存为草稿。核对以后公布，公布以前只有管理法律文本的人看得到。"))
    return redirect("desk-edition", key=made.pk)
