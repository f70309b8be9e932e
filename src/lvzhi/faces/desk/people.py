"""People and bodies of a congress: who holds which office, since when, and what they have to do."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lvzhi.faces.design.shapes import Column, Link, Row
from lvzhi.faces.design.wording import due_on, short_date
from lvzhi.faces.desk.addresses import pages
from lvzhi.faces.desk.context import desk_required, office_required, page
from lvzhi.faces.desk.roles import role_names
from lvzhi.faces.desk.shown import state_of_matter
from lvzhi.faces.signin import clock
from lvzhi.faces.signin.acting import actor_of, congress_of
from lvzhi.records.matters import queries
from lvzhi.records.matters.queries import Filters
from lvzhi.records.people.models import Body, Membership, Person
from lvzhi.records.people.rules import may_import_people

PAGE = 50
MOST_MEMBERS = 200


@office_required
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """People by name, body and office, in the order of their keys; seven statements."""
    actor, today, congress = actor_of(request), clock.today(), congress_of(request)
    name, body, role = (request.GET.get(key, "").replace("\x00", "").strip()[:60] for key in ("q", "body", "role"))
    rows = Person.objects.of(congress).filter(slug__gt=request.GET.get("after", "").replace("\x00", "")[:60])
    if name:
        rows = rows.filter(name__contains=name)
    held = Membership.objects.of(congress).on(today).filter(person=OuterRef("pk"))
    bodies = {str(each.pk): each for each in Body.objects.of(congress).order_by("kind", "slug")}
    if body in bodies:
        held = held.filter(body=bodies[body])
    if role:
        held = held.filter(role=role)
    if role or body in bodies:
        rows = rows.filter(Exists(held))
    offices = Membership.objects.of(congress).on(today).select_related("body").order_by("since", "id")
    found = list(rows.order_by("slug").prefetch_related(Prefetch("memberships", offices))[: PAGE + 1])
    shown, roles = found[:PAGE], role_names()
    context = {
        "columns": [Column(_("姓名")), Column(_("单位")), Column(_("职务"))],
        "rows": [_person_row(each, roles) for each in shown],
        "q": name,
        "bodies": bodies.values(),
        "body": body,
        "roles": roles,
        "role": role,
        "may_import": may_import_people.allows(actor, congress),
        "is_narrowed": bool(name or body or role),
        **pages(request, shown[-1].slug if len(found) > PAGE else None),
    }
    return page(request, "desk/people.html", context, here="desk-people")


def _person_row(person: Person, roles: dict[str, str]) -> Row:
    held = list(person.memberships.all())
    bodies = _("、").join(dict.fromkeys(each.body.short for each in held if each.body))
    titles = _("、").join(dict.fromkeys(each.title or roles.get(each.role, each.role) for each in held))
    return Row([Link(person.name, reverse("desk-person", args=[person.pk])), bodies, titles])


@office_required
@require_safe
def person(request: HttpRequest, key: UUID) -> HttpResponse:
    """One person with every office they held; six statements."""
    today, roles = clock.today(), role_names()
    found = Person.objects.of(actor_of(request).congress).filter(pk=key).select_related("account").first()
    if found is None:
        raise Http404
    held = found.memberships.select_related("body", "constituency").order_by("-since", "-id")
    rows = [
        Row(
            [
                each.title or roles.get(each.role, each.role),
                Link(each.body.name, reverse("desk-body", args=[each.body_id])) if each.body else "",
                each.constituency.name if each.constituency else "",
                short_date(each.since, today),
                short_date(each.until, today) if each.until else _("至今"),
            ]
        )
        for each in held
    ]
    context = {
        "person": found,
        "rows": rows,
        "columns": [Column(_("职务")), Column(_("单位")), Column(_("选区")), Column(_("从")), Column(_("到"))],
        "crumbs": [Link(_("人员和单位"), reverse("desk-people")), Link(found.name)],
        "facts": [
            (_("编号"), found.slug),
            (_("账号"), found.account.username if found.account else _("没有账号，不能登录")),
        ],
    }
    return page(request, "desk/person.html", context, here="desk-people")


@desk_required
@require_safe
def body(request: HttpRequest, key: UUID) -> HttpResponse:
    """One body with its members and its open matters; a supervised body sees itself alone. Seven statements."""
    actor, today = actor_of(request), clock.today()
    found = Body.objects.of(actor.congress).filter(pk=key).select_related("parent").first()
    if found is None:
        raise Http404
    if not actor.is_staff and key not in actor.bodies:
        raise PermissionDenied(_("只能看本单位的资料。"))
    roles = role_names()
    held = Membership.objects.of(actor.congress).on(today).filter(body=found).select_related("person")
    members = [
        Row(
            [
                Link(each.person.name, reverse("desk-person", args=[each.person_id]) if actor.is_staff else ""),
                each.title or roles.get(each.role, each.role),
                short_date(each.since, today),
            ]
        )
        for each in held.order_by("since", "id")[:MOST_MEMBERS]
    ]
    open_matters = queries.matters(actor, Filters(body=found.pk, is_open=True), today=today)
    context = {
        "body": found,
        "members": members,
        "member_columns": [Column(_("姓名")), Column(_("职务")), Column(_("从"))],
        "matter_columns": [Column(_("题目")), Column(_("编号")), Column(_("状态")), Column(_("期限"))],
        "matters": [
            Row(
                [
                    Link(each.title, reverse("desk-matter", args=[each.pk])),
                    each.number,
                    state_of_matter(each),
                    due_on(each.next_due, today),
                ]
            )
            for each in open_matters.rows
        ],
        "more_url": f"{reverse('desk-matters')}?body={found.pk}&open=1" if open_matters.after else "",
        "crumbs": [Link(_("人员和单位"), reverse("desk-people") if actor.is_staff else ""), Link(found.short)],
        "facts": [
            (_("种类"), found.get_kind_display()),
            (_("上级"), found.parent.name if found.parent else ""),
            (_("状态"), _("在用") if found.active else _("已停用")),
        ],
    }
    return page(request, "desk/body.html", context, here="desk-people" if actor.is_staff else "")
