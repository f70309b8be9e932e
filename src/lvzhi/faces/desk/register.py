"""Writing down a letter, a visit or a call for a citizen, who gets a receipt to take home."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from lvzhi.core.upload import UploadRefused, sentence
from lvzhi.faces.design.deadlines import lang
from lvzhi.faces.desk.context import desk_required, page
from lvzhi.faces.desk.registering import Registration
from lvzhi.faces.desk.shown import category_names
from lvzhi.faces.signin import clock
from lvzhi.faces.signin.acting import actor_of, congress_of
from lvzhi.records.documents import store
from lvzhi.records.matters.refusals import ActRefused
from lvzhi.records.people.actor import Actor
from lvzhi.records.people.models import Congress
from lvzhi.work.opinions import actions, learning
from lvzhi.work.opinions.models import Opinion

PARTICULARS = ("name", "phone", "address")
CHANNELS = (Opinion.Channel.LETTER, Opinion.Channel.VISIT, Opinion.Channel.PHONE, Opinion.Channel.STATION)
LAST = "desk_register"
KEPT = ("channel", "area", "station", "may_publish")
"""What stays filled in for the next entry: a pile of letters comes the same way from the same street."""
MOST_LOOKED_AT = 2000


@dataclass(frozen=True)
class Suggested:
    """The subject the words speak for."""

    key: str
    name: str
    words: str


def suggested(congress: Congress, subject: str, text: str) -> Suggested | None:
    """The likeliest subject, or None where the words say too little. One statement."""
    found = learning.suggest(congress, subject, text[:MOST_LOOKED_AT]).categories
    names = category_names(congress)
    best = next((guess for guess in found if guess.key in names), None)
    return Suggested(best.key, names[best.key], _("、").join(best.words[:5])) if best else None


def _require_office(actor: Actor) -> None:
    if "petition_office" not in actor.roles:
        raise PermissionDenied(_("来信来访由信访工作机构登记。"))


@sensitive_post_parameters(*PARTICULARS)
@desk_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def new(request: HttpRequest) -> HttpResponse:
    """The form; after it the receipt, whose code is shown once and stored nowhere, or the next form with it above."""
    actor, congress = actor_of(request), congress_of(request)
    _require_office(actor)
    if request.method != "POST":
        return _form(request, congress)
    form = Registration(request.POST, request.FILES, **_frame(congress))
    if form.is_valid():
        source = f"desk:{form.cleaned_data['once']}"
        before = Opinion.objects.of(congress).filter(source_id=source).first()
        if before is not None:
            return _again(request, before)
        try:
            receipt = _submit(congress, actor, form, source)
        except ActRefused as refusal:
            form.add_error(None, str(refusal))
        except UploadRefused as refusal:
            form.add_error("photo", sentence(refusal.code, refusal.params, lang()))
        except IntegrityError:  # the button was pressed twice: the other request was the quicker one
            return _again(request, Opinion.objects.of(congress).get(source_id=source))
        else:
            request.session[LAST] = {name: str(request.POST.get(name, "")) for name in KEPT}
            return _received(request, congress, form, receipt)
    return page(request, "desk/new.html", {"form": form}, status=422, here="desk-new")


def _frame(congress: Congress) -> dict[str, Any]:
    channels = [(str(each.value), str(each.label)) for each in CHANNELS]
    return {"congress": congress, "today": clock.today(), "channels": channels}


def _form(request: HttpRequest, congress: Congress, receipt: actions.Receipt | None = None) -> HttpResponse:
    """An empty form with what the last entry had in common with the next."""
    last = {"channel": str(CHANNELS[0]), **request.session.get(LAST, {})}
    begun = {**last, "may_publish": last.get("may_publish") == "on", "received_on": clock.today(), "once": uuid4()}
    form = Registration(initial=begun, **_frame(congress))
    return page(request, "desk/new.html", {"form": form, "receipt": receipt}, here="desk-new")


def _received(request: HttpRequest, congress: Congress, form: Registration, receipt: actions.Receipt) -> HttpResponse:
    if request.POST.get("do") == "next":
        return _form(request, congress, receipt)
    given = form.cleaned_data
    category = suggested(congress, given["subject"], given["text"]) if not given["category"] else None
    context = {"receipt": receipt, "matter": receipt.opinion.matter, "suggested": category}
    return page(request, "desk/receipt.html", context, here="desk-new")


@transaction.atomic
def _submit(congress: Congress, actor: Actor, form: Registration, source: str) -> actions.Receipt:
    given = form.cleaned_data
    words = actions.Words(
        subject=given["subject"],
        text=given["text"],
        category=given["category"],
        area=given["area"],
        station=given.get("station"),
        channel=given["channel"],
        may_publish=given["may_publish"],
        received_on=given["received_on"],
        particulars={name: given[name] for name in PARTICULARS},
        source_id=source,
    )
    at = clock.now()
    receipt = actions.submit(congress=congress, words=words, actor=actor, on=clock.today(), at=at)
    file = given["photo"]
    if isinstance(file, UploadedFile):
        matter = receipt.opinion.matter
        store.keep(matter, matter.entries.order_by("seq").first(), file.name or "", file.read(), actor, at)
    return receipt


@desk_required
@require_POST
@never_cache
def suggest(request: HttpRequest) -> HttpResponse:
    """The subject that the words typed so far speak for, as a piece of the page. Nothing is stored."""
    _require_office(actor_of(request))
    text = request.POST.get("text", "").strip()
    found = suggested(congress_of(request), request.POST.get("subject", "").strip()[:60], text) if text else None
    return render(request, "desk/opinions/suggested.html", {"suggested": found})


def _again(request: HttpRequest, opinion: Opinion) -> HttpResponse:
    messages.info(request, _("这件已经登记过了，没有重复登记。"))
    return redirect("desk-matter", key=opinion.matter_id)
