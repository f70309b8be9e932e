"""Writing down a letter, a visit or a call for a citizen, who gets a receipt to take home."""

from __future__ import annotations

from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from lvzhi.faces.desk.context import desk_required, page
from lvzhi.faces.desk.forms import Registration
from lvzhi.faces.signin import clock
from lvzhi.faces.signin.acting import actor_of, congress_of
from lvzhi.records.matters.refusals import ActRefused
from lvzhi.records.people.actor import Actor
from lvzhi.records.people.models import Congress
from lvzhi.work.opinions import actions
from lvzhi.work.opinions.models import Opinion

PARTICULARS = ("name", "phone", "address")
CHANNELS = (Opinion.Channel.LETTER, Opinion.Channel.VISIT, Opinion.Channel.PHONE, Opinion.Channel.STATION)


@sensitive_post_parameters(*PARTICULARS)
@desk_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def new(request: HttpRequest) -> HttpResponse:
    """The form; after it the receipt, whose code is drawn once and stored nowhere."""
    actor, congress = actor_of(request), congress_of(request)
    if "petition_office" not in actor.roles:
        raise PermissionDenied(_("来信来访由信访工作机构登记。"))
    today = clock.today()
    channels = [(str(each.value), str(each.label)) for each in CHANNELS]
    if request.method != "POST":
        form = Registration(
            initial={"received_on": today, "once": uuid4()}, congress=congress, today=today, channels=channels
        )
        return page(request, "desk/new.html", {"form": form}, here="desk-new")
    form = Registration(request.POST, congress=congress, today=today, channels=channels)
    if form.is_valid():
        source = f"desk:{form.cleaned_data['once']}"
        before = Opinion.objects.of(congress).filter(source_id=source).first()
        if before is not None:
            return _again(request, before)
        try:
            receipt = _submit(congress, actor, form, source)
        except ActRefused as refusal:
            form.add_error(None, str(refusal))
        except IntegrityError:  # the button was pressed twice: the other request was the quicker one
            return _again(request, Opinion.objects.of(congress).get(source_id=source))
        else:
            context = {"receipt": receipt, "matter": receipt.opinion.matter}
            return page(request, "desk/receipt.html", context, here="desk-new")
    return page(request, "desk/new.html", {"form": form}, status=422, here="desk-new")


def _submit(congress: Congress, actor: Actor, form: Registration, source: str) -> actions.Receipt:
    given = form.cleaned_data
    words = actions.Words(
        subject=given["subject"],
        text=given["text"],
        category=given["category"],
        area=given["area"],
        channel=given["channel"],
        may_publish=given["may_publish"],
        received_on=given["received_on"],
        particulars={name: given[name] for name in PARTICULARS},
        source_id=source,
    )
    return actions.submit(congress=congress, words=words, actor=actor, on=clock.today(), at=clock.now())


def _again(request: HttpRequest, opinion: Opinion) -> HttpResponse:
    messages.info(request, _("这件已经登记过了，没有重复登记。"))
    return redirect("desk-matter", key=opinion.matter_id)
