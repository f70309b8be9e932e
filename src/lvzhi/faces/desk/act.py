"""Taking an action: the form a procedure asks for, what will follow, and the act itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import nullcontext
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lvzhi.core.procedure import Action, why_not
from lvzhi.core.upload import UploadRefused, sentence
from lvzhi.faces.design.deadlines import basis_of, lang
from lvzhi.faces.design.shapes import Link
from lvzhi.faces.design.wording import short_date
from lvzhi.faces.desk.context import desk_required, page
from lvzhi.faces.desk.foreseen import foresee, started_by
from lvzhi.faces.desk.forms import form_for
from lvzhi.faces.desk.reach import is_inside, matter_or_404, matter_to_act, parties_of
from lvzhi.faces.desk.shown import state_of
from lvzhi.faces.desk.stations import report as month
from lvzhi.faces.signin import clock
from lvzhi.faces.signin.acting import actor_of, congress_of
from lvzhi.records.documents import store
from lvzhi.records.matters import guards, queries
from lvzhi.records.matters.models import Entry, Matter
from lvzhi.records.matters.perform import perform, roles_on
from lvzhi.records.matters.procedures import procedure_of, words
from lvzhi.records.matters.refusals import ActRefused, FieldsMissing, Overtaken
from lvzhi.records.people.actor import Actor
from lvzhi.records.people.models import Body
from lvzhi.work.opinions import actions as opinions
from lvzhi.work.opinions.models import PROCEDURE as PETITION
from lvzhi.work.stations.models import PROCEDURE as MONTH

LINES: Mapping[str, Callable[..., Entry]] = {PETITION: opinions.take, MONTH: month.take}
"""The lines of work that do more in an act than its procedure; the others go by `perform` alone."""


@desk_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def act(request: HttpRequest, key: UUID, action: str) -> HttpResponse:
    """GET shows what is asked and what will follow; POST does it."""
    actor = actor_of(request)
    found = matter_to_act(actor, key) if request.method == "POST" else matter_or_404(actor, key)
    wanted = procedure_of(found).actions.get(action)
    if wanted is None or wanted.system or wanted.creates or not is_inside(actor, found):
        raise Http404
    form_class = form_for(wanted, congress_of(request))
    if request.method != "POST":
        initial: dict[str, object] = {"version": found.version}
        return _draw(request, found, wanted, form_class(initial=initial))
    form = form_class(request.POST, request.FILES)
    if not form.is_valid():
        return _draw(request, found, wanted, form, status=422)
    try:
        entry = take(found, wanted, actor, form.cleaned_data)
    except Overtaken as overtaken:
        return _overtaken(request, wanted, form_class, str(overtaken), found)
    except ActRefused as refusal:
        tell(form, refusal)
        return _draw(request, found, wanted, form, status=422)
    except UploadRefused as refusal:
        form.add_error(None, sentence(refusal.code, refusal.params, lang()))
        return _draw(request, found, wanted, form, status=422)
    messages.success(request, done_words(entry, wanted))
    return redirect("desk-matter", key=found.pk)


def take(matter: Matter, action: Action, actor: Actor, cleaned: Mapping[str, object]) -> Entry:
    """Take the action through its own line of work and keep the files sent along.

    Raises ActRefused and UploadRefused; then nothing was stored.
    """
    given = {name: value for name, value in cleaned.items() if name != "version"}
    files = {name: value for name, value in given.items() if isinstance(value, UploadedFile)}
    data = {name: (value.name or "") if isinstance(value, UploadedFile) else value for name, value in given.items()}
    version = cleaned.get("version")
    do = LINES.get(matter.procedure, perform)
    # An act is a transaction of its own; one around it is needed only where files must come along or not at all.
    with transaction.atomic() if files or do is perform else nullcontext():
        entry = do(
            matter,
            action.name,
            actor=actor,
            on=clock.today(),
            at=clock.now(),
            data=data,
            version=version if isinstance(version, int) else None,
        )
        for file in files.values():
            store.keep(entry.matter, entry, file.name or "", file.read(), actor, clock.now())
    return entry


def tell(form: forms.Form, refusal: ActRefused) -> None:
    """Put a refusal where it belongs: at the fields that are missing, else above the form."""
    names = [name for name in refusal.names if name in form.fields] if isinstance(refusal, FieldsMissing) else []
    for name in names:
        form.add_error(name, str(form.fields[name].error_messages["required"]))
    if not names:
        form.add_error(None, str(refusal))


def _overtaken(
    request: HttpRequest, action: Action, form_class: type[forms.Form], why: str, before: Matter
) -> HttpResponse:
    """Somebody was quicker: say who and what, show how it stands now, keep what was typed on the screen."""
    latest = matter_or_404(actor_of(request), before.pk)
    typed = request.POST.copy()
    typed["version"] = str(latest.version)
    return _draw(request, latest, action, form_class(typed), status=409, overtaken=why)


def _draw(
    request: HttpRequest, matter: Matter, action: Action, form: forms.Form, *, status: int = 200, overtaken: str = ""
) -> HttpResponse:
    actor, procedure = actor_of(request), procedure_of(matter)
    roles = roles_on(actor, matter, parties_of(matter).standing)
    why = words(
        why_not(procedure, matter.state, action.name, roles, guards.satisfied(matter, action), queries.runs(matter))
    )
    if why and roles.isdisjoint(action.by) and not overtaken:
        raise PermissionDenied(why)
    back = reverse("desk-matter", args=[matter.pk])
    possible = matter.state in action.to
    context = {
        "matter": matter,
        "action": action,
        "form": form,
        "title": words(action.text),
        "overtaken": overtaken,
        "why_not": why,
        "hint": words(action.hint) if action.hint else "",
        "back": back,
        "state": state_of(procedure, matter.state),
        "rules": [basis_of(rule) for rule in action.rules],
        "follows": foresee(matter, action, clock.today()) if possible else None,
        "crumbs": [Link(_("全部事项"), reverse("desk-matters")), Link(matter.number, back), Link(words(action.text))],
        "has_files": form.is_multipart(),
    }
    return page(request, "desk/act.html", context, status=status, here="desk-matters")


def done_words(entry: Entry, action: Action) -> str:
    """What happened, for the message after it: 已转送区交通局，期限 6月24日."""
    matter = entry.matter
    body = matter.responsible.short if isinstance(matter.responsible, Body) else ""
    known = {
        "transfer": _("已转送%(body)s"),
        "assign": _("已交%(body)s办理"),
        "register": _("已登记"),
        "answer": _("已答复"),
        "accept": _("已受理"),
        "publish": _("已公开"),
        "unpublish": _("已撤下公开"),
        "archive": _("已归档"),
    }
    said = known.get(action.name, _("已办「%(action)s」")) % {"body": body, "action": words(action.text)}
    item = started_by(entry)
    if item is None or item.due is None:
        return said
    return _("%(said)s，期限 %(day)s") % {"said": said, "day": short_date(item.due, clock.today())}
