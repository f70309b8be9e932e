"""When the deputy receives, checking in and out, and receiving people one after another."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lvzhi.faces.design.wording import near_date
from lvzhi.faces.pocket.receptions.forms import ANSWERED, VisitForm
from lvzhi.faces.pocket.shell import deputy_required, page
from lvzhi.faces.signin import clock
from lvzhi.faces.signin.acting import actor_of, congress_of
from lvzhi.records.people.actor import Actor, citizen
from lvzhi.records.people.models import Congress, Person
from lvzhi.work.opinions import actions as opinions
from lvzhi.work.opinions.models import Opinion
from lvzhi.work.opinions.receipts import code_for
from lvzhi.work.stations import actions, queries
from lvzhi.work.stations.actions.receiving import EARLY, person_of
from lvzhi.work.stations.actions.words import at_end, at_start
from lvzhi.work.stations.models import Slot, Station, Visit

HERE = "pocket-receptions"


@deputy_required
@require_safe
def receptions(request: HttpRequest) -> HttpResponse:
    """The deputy's next slots with check-in, whom they received today, and the year's count. Nine statements."""
    actor, today, now = actor_of(request), clock.today(), clock.now()
    person = person_of(actor)
    values = queries.settings_of(congress_of(request), on=today)
    floor, counted = values.get("receptions_a_year"), values.get("month_counts")
    days = queries.reception_days(
        actor.congress, year=today.year, until=today, month_counts=counted if isinstance(counted, int) else 1,
        person=person,
    )  # fmt: skip
    slots = queries.deputy_slots(actor.congress, person, today=today)
    visits = queries.visits_today(actor.congress, person, on=today)
    context = {
        "slots": [_shown(slot, person, now) for slot in slots],
        "visits": visits,
        "count": days.get(person, 0),
        "floor": floor,
        "counted": counted,
        "year": today.year,
        "today": today,
    }
    return page(request, "receptions/mine", context, current=HERE)


def _shown(slot: Slot, person: UUID, now: Any) -> dict[str, Any]:
    """One slot with what the deputy can do at this moment."""
    seat = next((each for each in getattr(slot, "sitting", []) if each.person_id == person), None)
    came, left = (seat.came_at, seat.left_at) if seat else (None, None)
    near = not slot.is_cancelled and at_start(slot) - EARLY <= now <= at_end(slot)
    return {
        "slot": slot,
        "came": came,
        "left": left,
        "can_come": near and came is None,
        "can_leave": came is not None and left is None,
        "can_receive": near or (came is not None and slot.date == clock.today()),
        "others": [each.person.name for each in getattr(slot, "sitting", []) if each.person_id != person],
    }


def _slot(request: HttpRequest, key: UUID) -> Slot:
    found = queries.slot_at(actor_of(request).congress, key)
    if found is None:
        raise Http404
    return found


@deputy_required
@require_POST
def come(request: HttpRequest, key: UUID) -> HttpResponse:
    """Check in."""
    slot = _slot(request, key)
    try:
        actions.come(slot, actor=actor_of(request), at=clock.now())
    except actions.ActRefused as refusal:
        messages.warning(request, str(refusal))
        return redirect(HERE)
    messages.success(request, _("已签到"))
    return redirect(f"{reverse('pocket-receive', args=[slot.station.body.slug])}?slot={slot.pk}")


@deputy_required
@require_POST
def leave(request: HttpRequest, key: UUID) -> HttpResponse:
    """Check out."""
    try:
        actions.leave(_slot(request, key), actor=actor_of(request), at=clock.now())
    except actions.ActRefused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("已签退，辛苦了"))
    return redirect(HERE)


@deputy_required
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Which station, for a deputy who receives outside the rota. Four statements."""
    found = queries.directory(actor_of(request).congress, today=clock.today())
    return page(request, "receptions/choose", {"stations": [each for each in found if each.is_open]}, current=HERE)


@deputy_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def receive(request: HttpRequest, slug: str) -> HttpResponseBase:
    """One form a person; after each a fresh one. Scripts send it as JSON and keep it while there is no network."""
    actor, congress = actor_of(request), congress_of(request)
    station = queries.station_by_slug(actor.congress, slug)
    if station is None:
        raise Http404
    slot = _named_slot(request, station)
    if request.method != "POST":
        return _draw(request, station, slot, _blank(congress))
    form = VisitForm(request.POST, congress=congress)
    wants_json = request.headers.get("Accept", "").startswith("application/json")
    kept: dict[str, str] = {}
    if form.is_valid():
        try:
            kept = _keep(congress, station, slot, form, actor)
        except actions.ActRefused as refusal:
            form.add_error(None, str(refusal))
    if wants_json:
        errors = {name: [str(each) for each in found] for name, found in form.errors.items()}
        return JsonResponse({"errors": errors}, status=422) if errors else JsonResponse(kept)
    if form.errors:
        return _draw(request, station, slot, form, status=422)
    return _draw(request, station, slot, _blank(congress), kept=kept)


def _blank(congress: Congress) -> VisitForm:
    return VisitForm(congress=congress, initial={"once": uuid4()})


def _named_slot(request: HttpRequest, station: Station) -> Slot | None:
    """The slot the address names, if it is this station's; else the one that is on. Two statements."""
    wanted = request.GET.get("slot", "")
    try:
        found = queries.slot_at(station.congress_id, UUID(wanted)) if wanted else None
    except ValueError:
        found = None
    if found is not None and found.station_id == station.pk:
        return found
    now = clock.now()
    running = queries.rota(station.congress_id, first=clock.today(), last=clock.today(), station=station.pk)
    return next((each for each in running if at_start(each) - EARLY <= now <= at_end(each) + EARLY), None)


def _keep(congress: Congress, station: Station, slot: Slot | None, form: VisitForm, actor: Actor) -> dict[str, str]:
    """Write the person down, and hand the opinion to its line of work; once, however often the form arrives."""
    once, given = str(form.cleaned_data["once"]), form.cleaned_data
    received = actions.Received(once, given["subject"], form.moment(clock.now()), given["category"], given["answer"])
    before = actions.visit_of(station, once, actor)
    if before is not None:
        return _said(before)
    try:
        with transaction.atomic():
            matter = None
            if given["outcome"] != ANSWERED:
                matter = _submit(congress, station, form, received, actor).opinion.matter
            visit = actions.receive(station, slot=slot, received=received, matter=matter, actor=actor, at=clock.now())
    except IntegrityError:  # the same form at the same moment: the other request was the quicker one
        again = actions.visit_of(station, once, actor)
        if again is None:
            raise
        return _said(again)
    return _said(visit)


def _submit(
    congress: Congress, station: Station, form: VisitForm, received: actions.Received, actor: Actor
) -> opinions.Receipt:
    given, particulars = form.cleaned_data, form.particulars()
    _when, day = actions.check_moment(received.at, clock.now())
    words = opinions.Words(
        subject=given["subject"],
        text=given["text"],
        category=given["category"],
        area=station.street,
        community=station.community,
        place=given["place"],
        station=station.body,
        deputy=Person.objects.of(congress).get(pk=person_of(actor)),
        channel=Opinion.Channel.STATION,
        is_anonymous=not particulars,
        may_publish=given["may_publish"],
        particulars=particulars,
        source_id=f"station:{received.once}",
        received_on=day,
        seed=received.once,
    )
    return opinions.submit(congress=congress, words=words, actor=citizen(congress), on=clock.today(), at=clock.now())


def _said(visit: Visit) -> dict[str, str]:
    """What the phone shows for the person to take along: number and code of an opinion that was carried on."""
    if visit.matter is None:
        return {"subject": visit.subject, "number": "", "code": ""}
    return {"subject": visit.subject, "number": visit.matter.number, "code": code_for(visit.once)}


def _draw(
    request: HttpRequest,
    station: Station,
    slot: Slot | None,
    form: VisitForm,
    *,
    kept: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    actor, today = actor_of(request), clock.today()
    visits = queries.visits_today(actor.congress, person_of(actor), on=today)
    own = [each for each in visits if each.station_id == station.pk]
    context = {
        "station": station,
        "slot": slot,
        "form": form,
        "kept": kept,
        "visits": own,
        "next": len(own) + 1,
        "owner": actor.person,
        "when": _("%(day)s %(from)s—%(to)s") % {
            "day": near_date(slot.date, today), "from": f"{slot.starts:%H:%M}", "to": f"{slot.ends:%H:%M}",
        } if slot else near_date(today, today),
    }  # fmt: skip
    return page(request, "receptions/receive", context, current=HERE, status=status)
