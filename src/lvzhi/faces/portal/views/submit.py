"""Handing in an opinion."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import datetime

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from lvzhi.core.upload import UploadRefused, sentence
from lvzhi.faces.design.deadlines import lang
from lvzhi.faces.portal import keys, limits
from lvzhi.faces.portal.files import MOST_FILES, made_ready
from lvzhi.faces.portal.hints import Hints, hints
from lvzhi.faces.portal.shell import page, visitor
from lvzhi.faces.portal.submit_form import SubmitForm
from lvzhi.faces.portal.topics import Station, station_of
from lvzhi.faces.portal.views.receipt import to_receipt
from lvzhi.faces.signin import clock
from lvzhi.faces.signin.acting import congress_of
from lvzhi.records.documents import holding
from lvzhi.records.documents.store import Ready
from lvzhi.records.people.models import Congress
from lvzhi.work.opinions import actions
from lvzhi.work.opinions.models import Opinion
from lvzhi.work.opinions.receipts import code_for


@dataclass
class Draft:
    """A form under way: the station its QR code named, the photos put aside for it, and what is said beside it."""

    form: SubmitForm
    station: Station | None = None
    held: list[holding.Held] = field(default_factory=list)
    hints: Hints = field(default_factory=Hints)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """The form, and what is sent with it. A good form leads to the receipt; the same form sent twice does too."""
    congress = congress_of(request)
    if request.method != "POST":
        return _show(request, _blank(request, congress))
    draft = _sent(request, congress)
    form = draft.form
    if not form.is_valid() or "look" in request.POST:
        draft.hints = _hints(request)
        return _show_again(request, draft, 400 if form.errors else 200)
    at = clock.now()
    tried = limits.submitting(request, at)
    if not tried.allowed:
        words = _("从您这里送出的意见太多了，请过 %(minutes)s 分钟再送。您写的内容还在下面；着急的事请打电话。")
        form.add_error(None, words % {"minutes": tried.minutes})
        return _show_again(request, draft, 429)
    try:
        return _take(request, congress, draft, at)
    except actions.ActRefused as refusal:
        form.add_error(None, str(refusal))
    except UploadRefused as refusal:  # a picture whose pixels turn out to be damaged
        form.add_error("photos", sentence(refusal.code, refusal.params, lang()))
    return _show_again(request, draft, 400)


@never_cache
@require_POST
def look(request: HttpRequest) -> HttpResponse:
    """What is said about a draft, as a piece of the page; empty when there is nothing to say or too much was asked."""
    found = Hints()
    if limits.looking(request, clock.now()).allowed:
        found = hints(visitor(request), request.POST.get("subject", ""), request.POST.get("text", ""))
    return page(request, "hints", {"hints": found, "like": request.POST.get("like", "")})


def _blank(request: HttpRequest, congress: Congress) -> Draft:
    station = station_of(congress, request.GET.get("station", "")[:60])
    first: dict[str, object] = {"once": uuid.uuid4(), "like": request.GET.get("like", "")[:40]}
    if station:
        first |= {"station": station.body.slug, "area": station.street and station.street.pk}
        first |= {"community": station.community and station.community.pk}
    return Draft(SubmitForm(congress=congress, initial=first), station)


def _sent(request: HttpRequest, congress: Congress) -> Draft:
    form = SubmitForm(request.POST, request.FILES, congress=congress)
    asked = [holding.look(ticket, at=clock.now()) for ticket in request.POST.getlist("held")[:MOST_FILES]]
    held = [each for each in asked if each is not None]
    draft = Draft(form, station_of(congress, request.POST.get("station", "")[:60]), held)
    if not form.is_valid():
        wordless = form.has_error("text", "required") or not request.POST.get("text", "").strip()
        if wordless and (held or form.cleaned_data.get("photos")):
            form.errors["text"].clear()
            form.add_error("text", _("照片收到了。请再写一两句：出了什么事、您希望怎样。光有照片，看不出要办什么"))
    if len(held) < len(asked):
        form.add_error("photos", _("先前选的照片放得太久，已经删掉，请重新选一次"))
    given = form.cleaned_data.get("photos") if form.is_bound and not form.has_error("photos") else None
    if given and len(given) + len(held) > MOST_FILES:
        words = _("最多 %(most)s 个文件，现在有 %(count)s 个，请减掉一些")
        form.add_error("photos", words % {"most": MOST_FILES, "count": len(given) + len(held)})
    return draft


def _hints(request: HttpRequest) -> Hints:
    if "look" not in request.POST or not limits.looking(request, clock.now()).allowed:
        return Hints()
    return hints(visitor(request), request.POST.get("subject", ""), request.POST.get("text", ""))


def _show_again(request: HttpRequest, draft: Draft, status: int) -> HttpResponse:
    """The form as it was sent. Photos are put aside, so that nobody has to choose them again."""
    given = draft.form.cleaned_data.get("photos") or []
    if given and limits.holding(request, clock.now()).allowed:
        try:
            for each in given:
                each.seek(0)
            draft.held += [holding.hold(file, at=clock.now()) for file in made_ready(given)]
        except UploadRefused as refusal:
            if not draft.form.has_error("photos"):
                draft.form.add_error("photos", sentence(refusal.code, refusal.params, lang()))
    return _show(request, draft, status)


def _show(request: HttpRequest, draft: Draft, status: int = 200) -> HttpResponse:
    context = {
        "form": draft.form,
        "station": draft.station,
        "held": draft.held,
        "hints": draft.hints,
        "looked": "look" in request.POST,
        "like": draft.form["like"].value() or "",
        "kept_years": actions.KEPT_YEARS,
    }
    return page(request, "new", context, current="portal-new", status=status)


def _take(request: HttpRequest, congress: Congress, draft: Draft, at: datetime) -> HttpResponse:
    form, files = draft.form, _files(draft, at)
    try:
        with transaction.atomic() if files else nullcontext():
            sent = actions.submit(
                congress=congress, words=_words(draft), actor=visitor(request), on=clock.today(), at=at
            )
            actions.attach(sent.opinion, files, actor=visitor(request), at=at)
    except IntegrityError:
        return _again(congress, form.once_key, at)
    return to_receipt({"slip": keys.sealed(sent.opinion.matter_id, sent.number, sent.code, at)})


def _files(draft: Draft, at: datetime) -> Sequence[Ready]:
    kept = [holding.take(each.ticket, at=at) for each in draft.held]
    return [*(file for file in kept if file is not None), *made_ready(draft.form.cleaned_data["photos"])]


def _words(draft: Draft) -> actions.Words:
    form, station = draft.form, draft.station
    given, particulars = form.cleaned_data, form.particulars()
    here = station is not None and station.is_open
    return actions.Words(
        subject=given["subject"],
        text=given["text"],
        category=given["category"],
        area=form.area_body(),
        community=form.community_body(),
        place=given["place"],
        station=station.body if station and here else None,
        channel=Opinion.Channel.STATION if here else Opinion.Channel.WEB,
        is_anonymous=not particulars,
        may_publish=given["may_publish"],
        particulars=particulars,
        source_id=f"web:{form.once_key}",
        seed=form.once_key,
        same_as=form.same_as,
        watched=True,
    )


def _again(congress: Congress, once: str, at: datetime) -> HttpResponse:
    """The same form once more: no second opinion, and within the hour the first receipt. One statement."""
    first = Opinion.objects.of(congress).filter(source_id=f"web:{once}").select_related("matter").get().matter
    if at - first.opened_at > keys.OPEN_FOR:
        return to_receipt({"number": first.number})
    return to_receipt({"slip": keys.sealed(first.pk, first.number, code_for(once), at)})
