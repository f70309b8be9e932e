"""One work: its editions, what was done with it, and what its keepers mend."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lvzhi.core.law.address import Address
from lvzhi.faces.design.shapes import Column, Link, Row
from lvzhi.faces.design.wording import cn_date, thousands
from lvzhi.faces.desk.context import office_required, page
from lvzhi.faces.desk.statutes.around import work_or_404
from lvzhi.faces.desk.statutes.forms import DescribeForm, RepealForm, initial_of_work
from lvzhi.faces.desk.statutes.shown import HERE, edition_name, state_of_edition, state_of_work, timeline_entries
from lvzhi.faces.signin import clock
from lvzhi.faces.signin.acting import actor_of
from lvzhi.work.statutes import actions, queries
from lvzhi.work.statutes.models import Edition, Work
from lvzhi.work.statutes.queries import keeping
from lvzhi.work.statutes.rules import may_describe


@office_required
@require_safe
def work(request: HttpRequest, key: UUID) -> HttpResponse:
    """A work with its editions and its record. Eight statements."""
    found, actor, today = work_or_404(request, key), actor_of(request), clock.today()
    keeps = may_describe.allows(actor, found)
    editions = [each for each in keeping.every_edition(found) if keeps or each.state != Edition.State.DRAFT]
    context = {
        "work": found,
        "keeps": keeps,
        "state": state_of_work(found, today),
        "facts": _facts(found),
        "columns": [Column(_("版本")), Column(_("施行")), Column(_("条文"), number=True), Column(_("状态"))],
        "rows": [_edition_row(each) for each in editions],
        "entries": timeline_entries(keeping.timeline(found)),
        "cited": queries.cited_by(found).count(),
        "public_url": str(Address(found.slug)),
        "crumbs": [Link(_("法律文本"), reverse(HERE)), Link(found.short)],
    }
    return page(request, "desk/statutes/work.html", context, here=HERE)


def _facts(found: Work) -> list[tuple[str, object]]:
    repealed = cn_date(found.repealed_since) if found.repealed_since else _("日期不明")
    if found.repealed_by:
        repealed = _("%(day)s，被《%(name)s》废止") % {"day": repealed, "name": found.repealed_by}
    known: list[tuple[str, object]] = [
        (_("种类"), found.get_kind_display()),
        (_("层级"), found.get_level_display()),
        (_("地区"), found.region),
        (_("制定机关"), found.organ),
        (_("文号"), found.number),
        (_("最早施行"), cn_date(found.first_day) if found.first_day else ""),
        (_("历次制定和修改"), _("、").join(cn_date(day) for day in found.change_days)),
        (_("废止"), repealed if found.is_repealed else ""),
    ]
    return [(term, value) for term, value in known if value]


def _edition_row(edition: Edition) -> Row:
    return Row(
        [
            Link(edition_name(edition), reverse("desk-edition", args=[edition.pk])),
            cn_date(edition.effective),
            thousands(edition.articles),
            state_of_edition(edition, clock.today()),
        ]
    )


@office_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def describe(request: HttpRequest, key: UUID) -> HttpResponse:
    """Mend kind, place, organ and number."""
    found = work_or_404(request, key, to_keep=True)
    form = DescribeForm(request.POST or None, initial=initial_of_work(found))
    if request.method == "POST" and form.is_valid():
        try:
            actions.describe_work(
                found,
                told=form.particulars(),
                reason=form.cleaned_data["reason"],
                actor=actor_of(request),
                at=clock.now(),
            )
        except actions.ActRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("已改好，并记入变更记录"))
            return redirect("desk-law", key=key)
    return _form(request, found, form, _("改著录信息"), _("只改这部文件的种类、机关这些信息，条文的文字不动。"))


@office_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def repeal(request: HttpRequest, key: UUID) -> HttpResponse:
    """Note that a work is repealed where no text held says so."""
    found = work_or_404(request, key, to_keep=True)
    form = RepealForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.repeal_work(found, actor=actor_of(request), at=clock.now(), **form.cleaned_data)
        except actions.ActRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("已记为废止，并记入变更记录"))
            return redirect("desk-law", key=key)
    return _form(
        request, found, form, _("记为废止"), _("记下从哪天起、被什么废止。文本还在，读到它的人会看到它已经废止。")
    )


def _form(request: HttpRequest, found: Work, form: DescribeForm | RepealForm, title: str, lede: str) -> HttpResponse:
    back = reverse("desk-law", args=[found.pk])
    crumbs = [Link(_("法律文本"), reverse(HERE)), Link(found.short, back), Link(title)]
    context = {"form": form, "title": title, "lede": lede, "crumbs": crumbs, "back": back}
    return page(request, "desk/statutes/form.html", context, status=422 if form.errors else 200, here=HERE)
