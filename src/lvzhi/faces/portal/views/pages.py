"""What the public must be told: channels, scope and way of handling; privacy; accessibility."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lvzhi.core.procedure import Procedure
from lvzhi.core.procedure.show import limit_words
from lvzhi.faces.design.deadlines import basis_of, lang
from lvzhi.faces.design.shapes import Column, Link, Row, ThreadItem
from lvzhi.faces.design.wording import cn_date
from lvzhi.faces.portal.shell import office_name, page, said
from lvzhi.faces.signin import clock
from lvzhi.faces.signin.acting import congress_of
from lvzhi.records.matters.procedures import registry, words
from lvzhi.records.people.models import Congress
from lvzhi.work.opinions.actions import KEPT_YEARS
from lvzhi.work.opinions.models import PROCEDURE


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What the standing committee does, and how opinions are handled, from the procedure now in force.

    北京市信访条例第二十条第一款 asks to publish address, telephone, reception hours, scope, procedure and how to
    follow a matter. No statement.
    """
    congress = congress_of(request)
    procedure = registry().get(PROCEDURE, clock.today(), congress.region, congress.settings.get(PROCEDURE))
    context = {
        "channels": _channels(congress),
        "scope": _scope(procedure),
        "steps": _steps(procedure),
        "columns": [Column(_("什么期限")), Column(_("多久")), Column(_("由谁来办")), Column(_("依据"))],
        "clocks": _clocks(procedure),
        "publish": next(
            (basis_of(duty.citation) for duty in procedure.duties if duty.name == "publish-channels"), None
        ),
        "since": cn_date(procedure.effective_from),
        "sources": sorted({(each.render(lang()), basis_of(each).url) for each in procedure.cited()}),
    }
    return page(request, "about", context, current="portal-about")


def _channels(congress: Congress) -> list[tuple[str, str]]:
    known = [
        (_("受理机构"), office_name(congress)),
        (_("通信地址"), said(congress, "address")),
        (_("邮政编码"), said(congress, "postcode")),
        (_("受理电话"), said(congress, "phone")),
        (_("电子邮箱"), said(congress, "email")),
        (_("接待地点"), said(congress, "reception_place")),
        (_("接待时间"), said(congress, "reception_hours")),
        (_("网上"), _("本网站「提意见」，任何时候都可以")),
        (_("怎样查询"), _("本网站「查办理」，凭回执上的编号和查询码，随时可以查")),
    ]
    return [(term, value) for term, value in known if value]


def _scope(procedure: Procedure) -> list[str]:
    """What may be brought here: the choices of the sorting step, where a region's rules list them."""
    fields = {item.name: item for item in procedure.action("screen").fields}
    return [words(choice.text) for choice in fields["scope"].choices] if "scope" in fields else []


def _steps(procedure: Procedure) -> list[ThreadItem]:
    asked = ("submit", "register", "assign", "transfer", "not_accept", "answer", "rate", "reopen")
    marks = (_("提出"), _("登记"), _("自办"), _("转送"), _("不收"), _("答复"), _("评价"), _("重办"))
    told = (
        _("写下来送出，或者来信、来访、打电话。当场给您编号和查询码。"),
        _("每一件都登记。"),
        _("属于人大职权的，交常委会的工作机构办理并答复。"),
        _(
            "属于政府、监察委、法院、检察院的，转给有权办理的单位，并书面告诉您去向。检举控告材料不会转给被检举的人和单位。"
        ),
        _("正在法院审理的、已经三级办结又用同样事实和理由再提的，依法不受理，会把理由告诉您。"),
        _("办完以后书面答复，您在本网站就能看到。"),
        _("满意、基本满意还是不满意，由您来评。"),
        _("不满意，说明理由，可以要求重新办理。"),
    )
    return [
        ThreadItem(
            mark,
            words(procedure.action(name).text),
            text=text,
            basis=next((basis_of(each) for each in procedure.action(name).rules), None),
        )
        for name, mark, text in zip(asked, marks, told, strict=True)
    ]


def _clocks(procedure: Procedure) -> list[Row]:
    rows = []
    for each in procedure.clocks.values():
        limit = limit_words(each, lang())
        if each.internal is not None:
            limit = _("%(limit)s；我们的内部目标是 %(target)s") % {
                "limit": limit,
                "target": each.internal.words(lang()),
            }
        if each.extension is not None and each.extension.term is not None:
            longer = each.extension.term.words(lang())
            limit = _("%(limit)s；情况复杂的，可以延长 %(longer)s") % {"limit": limit, "longer": longer}
        rows.append(Row([words(each.text), limit, words(procedure.roles[each.holder].text), basis_of(each.citation)]))
    return rows


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What 个人信息保护法第十七条 asks to tell before personal data is handled. No statement."""
    congress = congress_of(request)
    context = {"office": office_name(congress), "channels": _channels(congress)[:6], "kept_years": KEPT_YEARS}
    return page(request, "privacy", context)


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """How the site can be used by everybody, and whom to tell where it cannot."""
    return page(request, "accessibility")


@require_safe
def opendata(request: HttpRequest) -> HttpResponse:
    """What programs and researchers may take, and how an opinion is handed in by a program. No statement."""
    rows = [
        (_("统计（CSV）"), reverse("portal-figures-csv"), _("一年的数字：按类别、街道、月份、承办单位。每小时更新。")),
        (_("最近公开的（Atom）"), reverse("portal-feed"), _("最近 30 件；筛选条件照公开栏的地址写。")),
        (_("最近公开的（RSS）"), reverse("portal-rss"), _("同上，RSS 2.0。")),
        (_("公开的意见（Open311）"), "/api/open311/v2/requests.json", _("GeoReport v2，JSON 或者 XML，一页一页取。")),
        (_("可以说哪些事（Open311）"), "/api/open311/v2/services.json", _("类别和它们的代码。")),
        (
            _("法规库（JSON）"),
            "/api/v1/laws/",
            _("法规、版本和条文；版本另有纯文本、Markdown、Akoma Ntoso。"),
        ),
        (_("接口说明（OpenAPI）"), "/api/openapi.json", _("每个地址、参数和返回的样子。")),
    ]
    shown = [Row([Link(name, address), f"GET {address}", about]) for name, address, about in rows]
    columns = [Column(_("内容")), Column(_("地址")), Column(_("说明"))]
    return page(request, "opendata", {"columns": columns, "rows": shown})


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines may read: everything public, nothing of a single person's."""
    del request
    named = [reverse(name) for name in ("portal-follow", "portal-receipt", "signin", "account")]
    shut = [*named, "/opinions/mine/", "/desk/", "/pocket/"]
    lines = ["User-agent: *", *(f"Disallow: {each}" for each in shut), ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Where browsers that ask blindly find the sign."""
    del request
    return HttpResponsePermanentRedirect(static("design/favicon.svg"))
