"""Handing in an opinion, and the receipt."""

from __future__ import annotations

import uuid
from contextlib import nullcontext
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lvzhi.core.upload import UploadRefused, sentence
from lvzhi.faces.design.deadlines import lang, running
from lvzhi.faces.design.shapes import TimelineEntry
from lvzhi.faces.portal import keys, limits
from lvzhi.faces.portal.forms import SubmitForm
from lvzhi.faces.portal.shell import page, visitor
from lvzhi.faces.signin import clock
from lvzhi.faces.signin.acting import congress_of
from lvzhi.records.documents.store import keep
from lvzhi.records.matters.models import Matter
from lvzhi.records.people.models import Congress
from lvzhi.work.opinions import actions
from lvzhi.work.opinions.models import Opinion
from lvzhi.work.opinions.receipts import code_for


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """The form, and what is sent with it. A good form leads to the receipt; the same form sent twice does too."""
    congress = congress_of(request)
    if request.method != "POST":
        return _show(request, SubmitForm(congress=congress, initial={"once": uuid.uuid4()}))
    form = SubmitForm(request.POST, request.FILES, congress=congress)
    if not form.is_valid():
        return _show(request, form, status=400)
    at = clock.now()
    tried = limits.submitting(request, at)
    if not tried.allowed:
        words = _("从您这里送出的意见太多了，请过 %(minutes)s 分钟再送。您写的内容还在下面；着急的事请打电话。")
        form.add_error(None, words % {"minutes": tried.minutes})
        return _show(request, form, status=429)
    try:
        return _take(request, congress, form, at)
    except actions.ActRefused as refusal:
        form.add_error(None, str(refusal))
        return _show(request, form, status=400)
    except UploadRefused as refusal:  # a picture whose pixels turn out to be damaged
        form.add_error("photos", sentence(refusal.code, refusal.params, lang()))
        return _show(request, form, status=400)


def _show(request: HttpRequest, form: SubmitForm, status: int = 200) -> HttpResponse:
    return page(request, "new", {"form": form, "kept_years": actions.KEPT_YEARS}, current="portal-new", status=status)


def _take(request: HttpRequest, congress: Congress, form: SubmitForm, at: datetime) -> HttpResponse:
    given, particulars = form.cleaned_data, form.particulars()
    words = actions.Words(
        subject=given["subject"],
        text=given["text"],
        category=given["category"],
        area=form.area_body(),
        is_anonymous=not particulars,
        may_publish=given["may_publish"],
        particulars=particulars,
        source_id=f"web:{form.once_key}",
        seed=form.once_key,
    )
    try:
        with transaction.atomic() if given["photos"] else nullcontext():
            sent = actions.submit(congress=congress, words=words, actor=visitor(request), on=clock.today(), at=at)
            for each in given["photos"]:
                keep(sent.opinion.matter, None, each.name, each.read(), visitor(request), at)
    except IntegrityError:
        return _again(congress, form.once_key, at)
    return _to_receipt({"slip": keys.sealed(sent.opinion.matter_id, sent.number, sent.code, at)})


def _again(congress: Congress, once: str, at: datetime) -> HttpResponse:
    """The same form once more: no second opinion, and within the hour the first receipt. One statement."""
    first = Opinion.objects.of(congress).filter(source_id=f"web:{once}").select_related("matter").get().matter
    if at - first.opened_at > keys.OPEN_FOR:
        return _to_receipt({"number": first.number})
    return _to_receipt({"slip": keys.sealed(first.pk, first.number, code_for(once), at)})


def _to_receipt(asked: dict[str, str]) -> HttpResponseRedirect:
    response = HttpResponseRedirect(f"{reverse('portal-receipt')}?{urlencode(asked)}")
    response.status_code = 303
    return response


@never_cache
@require_safe
def receipt(request: HttpRequest) -> HttpResponse:
    """Number and code, large, to print or write down, and what happens next with its dates. One statement."""
    congress = congress_of(request)
    slip = keys.unsealed(request.GET.get("slip", ""), clock.now())
    if slip is None:
        return page(request, "receipt_gone", {"number": request.GET.get("number", "")[:30]}, current="portal-new")
    matter = Matter.objects.of(congress).filter(pk=UUID(slip.matter)).first()
    context = {
        "slip": slip,
        "matter": matter,
        "ahead": _ahead(),
        "dues": running(matter, clock.today()) if matter else [],
    }
    return page(request, "receipt", context, current="portal-new")


def _ahead() -> list[TimelineEntry]:
    sorting = _("属于人大职权的，自己办；属于政府、法院、检察院的，转给有权办理的单位，也告诉您。")
    handling = _("接收单位十五日内告诉您受理不受理，受理后六十日内办结")
    longer = _("情况复杂的，可以延长不超过三十日，要说明理由。")
    return [
        TimelineEntry(_("现在"), _("您拿到编号和查询码"), text=_("凭这两样，随时来看走到哪一步。")),
        TimelineEntry(_("十五日内"), _("告诉您归谁办"), text=sorting, kind="future"),
        TimelineEntry(_("转出以后"), handling, text=longer, kind="future"),
        TimelineEntry(_("办完"), _("在网上答复您，由您评价"), text=_("不满意，可以要求重新办理。"), kind="future"),
    ]
