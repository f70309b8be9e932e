"""The receipt: number, code, and a QR code that leads back."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lvzhi.faces.design.deadlines import running
from lvzhi.faces.design.qr import qr_svg
from lvzhi.faces.design.shapes import TimelineEntry
from lvzhi.faces.portal import keys
from lvzhi.faces.portal.shell import page
from lvzhi.faces.portal.telling import slug_of
from lvzhi.faces.signin import clock
from lvzhi.faces.signin.acting import congress_of
from lvzhi.work.opinions import queries


def to_receipt(asked: dict[str, str]) -> HttpResponseRedirect:
    """On to the receipt, after a form was taken."""
    response = HttpResponseRedirect(f"{reverse('portal-receipt')}?{urlencode(asked)}")
    response.status_code = 303
    return response


@never_cache
@require_safe
def receipt(request: HttpRequest) -> HttpResponse:
    """Number and code, large, to print or write down, and what happens next with its dates. One statement.

    The QR code holds the number and never the code: programs that scan send whole addresses to their makers, and a
    browser remembers them (docs/decisions: a receipt's code stays off every address).
    """
    congress = congress_of(request)
    slip = keys.unsealed(request.GET.get("slip", ""), clock.now())
    if slip is None:
        return page(request, "receipt_gone", {"number": request.GET.get("number", "")[:30]}, current="portal-new")
    matter = queries.with_opinion(congress.pk, UUID(slip.matter))
    follow = request.build_absolute_uri(f"{reverse('portal-follow')}?{urlencode({'number': slug_of(slip.number)})}")
    context = {
        "slip": slip,
        "matter": matter,
        "qr": qr_svg(follow, _("用手机扫一扫，打开查办理的页面")),
        "ahead": _ahead(),
        "dues": running(matter, clock.today()) if matter else [],
        "waits": matter is not None and matter.opinion.is_suspected,
    }
    return page(request, "receipt", context, current="portal-new")


def _ahead() -> list[TimelineEntry]:
    sorting = _("属于人大职权的，自己办；属于政府、法院、检察院的，转给有权办理的单位，也告诉您。")
    handling = _("接收单位十五日内告诉您受理不受理，受理后六十日内办结")
    longer = _("情况复杂的，可以延长不超过三十日，要说明理由。")
    rating = _("先说解决了没有，再说满意不满意。没有解决，可以要求重新办理。")
    return [
        TimelineEntry(_("现在"), _("您拿到编号和查询码"), text=_("凭这两样，随时来看走到哪一步。")),
        TimelineEntry(_("十五日内"), _("告诉您归谁办"), text=sorting, kind="future"),
        TimelineEntry(_("转出以后"), handling, text=longer, kind="future"),
        TimelineEntry(_("办完"), _("在网上答复您，由您评价"), text=rating, kind="future"),
    ]
