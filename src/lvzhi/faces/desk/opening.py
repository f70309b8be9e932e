"""Beginning a matter of any procedure from the desk: what the reader may open, and the form its action asks for.

Letters have their own page, and suggestions are written on a deputy's phone; neither is listed here.
"""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID, uuid4

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
from django.views.decorators.http import require_http_methods, require_safe

from lvzhi.core.procedure import Action, Procedure, ProcedureError
from lvzhi.core.upload import UploadRefused, sentence
from lvzhi.faces.design.deadlines import basis_of, lang
from lvzhi.faces.design.shapes import Link, NextAction
from lvzhi.faces.desk.act import tell
from lvzhi.faces.desk.context import desk_required, page
from lvzhi.faces.desk.forms import opening_form_for
from lvzhi.faces.desk.shown import ELSEWHERE, offered, state_of
from lvzhi.faces.signin import clock
from lvzhi.faces.signin.acting import actor_of, congress_of
from lvzhi.records.documents import store
from lvzhi.records.matters.models import Matter
from lvzhi.records.matters.perform import Opening, open_matter
from lvzhi.records.matters.procedures import registry, words
from lvzhi.records.matters.refusals import ActRefused
from lvzhi.records.people.actor import Actor
from lvzhi.records.people.models import Body, Congress

OPENED = "desk_opened"
REMEMBERED = 20
"""So many forms of one session are known again when they are sent twice."""


@desk_required
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """What may be opened, by procedure."""
    groups: dict[str, tuple[Procedure, list[NextAction]]] = {}
    for procedure, action in offered(actor_of(request).roles, congress_of(request).region, clock.today()):
        item = NextAction(
            title=words(action.text),
            label=_("填写"),
            url=reverse("desk-open-form", args=[procedure.id, action.name]),
            note=words(action.hint) if action.hint else "",
            basis=basis_of(action.rules[0]) if action.rules else None,
        )
        groups.setdefault(procedure.id, (procedure, []))[1].append(item)
    if not groups:
        raise PermissionDenied(_("按现在的职务，没有由您新建的事项。"))
    sections = [
        (words(procedure.text), words(procedure.summary) if procedure.summary else "", actions)
        for procedure, actions in groups.values()
    ]
    return page(request, "desk/open.html", {"sections": sections}, here="desk-open")


def _wanted(congress: Congress, actor: Actor, name: str, action: str) -> tuple[Procedure, Action]:
    """The procedure with this congress's choices, and the action. Raises Http404 and PermissionDenied."""
    today = clock.today()
    if name in ELSEWHERE or name not in registry().ids():
        raise Http404
    try:
        procedure = registry().get(name, today, congress.region, congress.settings.get(name) or {})
    except ProcedureError as error:
        raise Http404 from error
    found = procedure.actions.get(action)
    if found is None or not found.creates:
        raise Http404
    if actor.roles.isdisjoint(found.by):
        who = _("、").join(words(procedure.roles[role].text) for role in found.by if role in procedure.roles)
        raise PermissionDenied(_("「%(action)s」由%(who)s办。") % {"action": words(found.text), "who": who})
    return procedure, found


@desk_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def fill_in(request: HttpRequest, procedure: str, action: str) -> HttpResponse:
    """GET shows what is asked; POST opens the matter, once however often the button is pressed."""
    actor, congress = actor_of(request), congress_of(request)
    asked, wanted = _wanted(congress, actor, procedure, action)
    form_class = opening_form_for(asked, wanted, congress)
    if request.method != "POST":
        return _draw(request, asked, wanted, form_class(initial={"once": uuid4(), "working_body": _own(actor)}))
    form = form_class(request.POST, request.FILES)
    if not form.is_valid():
        return _draw(request, asked, wanted, form, status=422)
    opened = dict(request.session.get(OPENED, {}))
    once = str(form.cleaned_data["once"])
    if once in opened:
        messages.info(request, _("这件已经建好了，没有重复新建。"))
        return redirect("desk-matter", key=opened[once])
    try:
        matter = begin(asked, wanted, congress, actor, form.cleaned_data)
    except ActRefused as refusal:
        tell(form, refusal)
    except UploadRefused as refusal:
        form.add_error(None, sentence(refusal.code, refusal.params, lang()))
    else:
        kept = list({**opened, once: str(matter.pk)}.items())[-REMEMBERED:]
        request.session[OPENED] = dict(kept)
        messages.success(request, _("已新建：%(number)s") % {"number": matter.number})
        return redirect("desk-matter", key=matter.pk)
    return _draw(request, asked, wanted, form, status=422)


def _own(actor: Actor) -> UUID | None:
    """The working body a single-bodied clerk of one will mean."""
    return next(iter(actor.bodies)) if "working_body" in actor.roles and len(actor.bodies) == 1 else None


@transaction.atomic
def begin(
    procedure: Procedure, action: Action, congress: Congress, actor: Actor, cleaned: Mapping[str, object]
) -> Matter:
    """Open the matter from a form's cleaned values and keep the files sent along.

    Raises ActRefused and UploadRefused; then nothing was stored.
    """
    given = {item.name: cleaned.get(item.name) for item in action.fields}
    files = {name: value for name, value in given.items() if isinstance(value, UploadedFile)}
    data = {**given, **{name: file.name or "" for name, file in files.items()}}
    bodies = [data[item.name] for item in action.fields if item.type == "body"]
    line = next((str(given[item.name]) for item in action.fields if item.type == "text" and item.required), "")
    working = cleaned.get("working_body")
    opening = Opening(
        title=str(cleaned.get("title") or line),
        responsible=next((body for body in bodies if isinstance(body, Body)), None),
        bodies={"working_body": working} if isinstance(working, Body) else {},
    )
    entry = open_matter(
        procedure.id, action.name, congress=congress, actor=actor, on=clock.today(), at=clock.now(),
        opening=opening, data=data,
    )  # fmt: skip
    for file in files.values():
        store.keep(entry.matter, entry, file.name or "", file.read(), actor, clock.now())
    return entry.matter


def _draw(
    request: HttpRequest, procedure: Procedure, action: Action, form: forms.Form, *, status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "title": words(action.text),
        "lede": words(procedure.text),
        "hint": words(action.hint) if action.hint else "",
        "rules": [basis_of(rule) for rule in action.rules],
        "state": state_of(procedure, action.target("")),
        "papers": [words(procedure.papers[name]) for name in action.yields if name in procedure.papers],
        "crumbs": [Link(_("新建"), reverse("desk-open")), Link(words(action.text))],
        "has_files": form.is_multipart(),
        "back": reverse("desk-open"),
    }
    return page(request, "desk/open_form.html", context, status=status, here="desk-open")
