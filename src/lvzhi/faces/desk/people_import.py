"""Bringing in bodies and people from a table, in two steps: look, then confirm."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lvzhi.core.table import TableRefused
from lvzhi.faces.design.deadlines import lang
from lvzhi.faces.design.shapes import Column, Link, Row, State
from lvzhi.faces.desk.context import office_required, page
from lvzhi.faces.desk.roles import role_names
from lvzhi.faces.signin import clock
from lvzhi.faces.signin.acting import actor_of, congress_of
from lvzhi.records.people import imports
from lvzhi.records.people.imports.report import action_name
from lvzhi.records.people.rules import may_import_people

MOST_ROWS = 200
TONES = {"new": "done", "change": "doing", "same": "closed", "error": "back"}
KINDS = (("bodies", gettext_lazy("单位")), ("people", gettext_lazy("人员")))


class TableFile(forms.Form):
    """Which table, and the file."""

    kind = forms.ChoiceField(label=gettext_lazy("导入什么"), choices=KINDS, widget=forms.RadioSelect)
    file = forms.FileField(
        label=gettext_lazy("表格文件"),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx"}),
        help_text=gettext_lazy("CSV 或 .xlsx。先看预览，确认以后才导入；再导一次同样的表不会重复。"),
    )


def _allowed(request: HttpRequest) -> None:
    if why := may_import_people.why_not(actor_of(request), congress_of(request)):
        raise PermissionDenied(why)


@office_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def start(request: HttpRequest) -> HttpResponse:
    """The first step: send the file and see what would happen. Nothing is imported."""
    _allowed(request)
    form = TableFile(request.POST, request.FILES) if request.method == "POST" else TableFile(initial={"kind": "people"})
    if form.is_bound and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            found = imports.upload(
                cast(imports.Kind, form.cleaned_data["kind"]),
                file.name,
                file.read(imports.LIMITS.size + 1),
                congress=congress_of(request),
                actor=actor_of(request),
                on=clock.today(),
                at=clock.now(),
                roles=role_names("zh"),
            )
        except (imports.ImportRefused, TableRefused) as refusal:
            form.add_error("file", _sentence(refusal))
        else:
            return page(request, "desk/import_preview.html", _preview(found), here="desk-people")
    crumbs = [Link(_("人员和单位"), reverse("desk-people")), Link(_("批量导入"))]
    context = {"form": form, "kinds": KINDS, "crumbs": crumbs}
    return page(request, "desk/import.html", context, status=422 if form.errors else 200, here="desk-people")


def _sentence(refusal: Exception) -> str:
    said = getattr(refusal, "sentence", None)
    return str(said(lang())) if callable(said) else str(refusal)


def _preview(found: imports.Uploaded) -> dict[str, Any]:
    plan = found.preview
    # What needs a look comes first; rows that stay as they are need none.
    order = {"error": 0, "change": 1, "new": 2, "same": 3}
    rows = sorted(plan.rows, key=lambda row: (order[row.action], row.number))
    return {
        "counts": [(action_name(action), count) for action, count in plan.counts.items()],
        "errors": plan.counts["error"],
        "notices": plan.notices,
        "pending": found.pending,
        "total": len(rows),
        "columns": [Column(_("编号")), Column(_("行")), Column(_("处理")), Column(_("说明"))],
        "rows": [_row(row) for row in rows[:MOST_ROWS]],
        "most": MOST_ROWS,
        "more": len(rows) > MOST_ROWS,
        "crumbs": [
            Link(_("人员和单位"), reverse("desk-people")),
            Link(_("批量导入"), reverse("desk-import")),
            Link(_("预览")),
        ],
    }


def _row(row: imports.RowPlan) -> Row:
    told = [
        _("%(column)s：%(what)s") % {"column": each.column, "what": each.sentence}
        for each in (*row.errors, *row.notices)
    ]
    if not row.errors:
        empty = _("（空）")
        told += [
            _("%(column)s：%(old)s → %(new)s")
            % {"column": each.column, "old": each.old or empty, "new": each.new or empty}
            for each in row.changes
        ]
    tone = cast(Any, TONES[row.action])
    return Row([row.key, row.number, State(action_name(row.action), tone), _("；").join(told)])


@office_required
@require_POST
def confirm(request: HttpRequest) -> HttpResponse:
    """The second step: import exactly what was shown, whole or not at all."""
    _allowed(request)
    try:
        key = forms.UUIDField().clean(request.POST.get("pending", ""))
    except forms.ValidationError:
        raise Http404 from None
    try:
        result = imports.confirm(
            key, congress=congress_of(request), actor=actor_of(request), at=clock.now(), roles=role_names("zh")
        )
    except (imports.ImportRefused, TableRefused) as refusal:
        messages.error(request, _sentence(refusal))
        return redirect("desk-import")
    counts = result.counts
    messages.success(
        request,
        _("已导入：新增 %(new)s 行，修改 %(change)s 行，%(same)s 行没有变化")
        % {"new": counts.get("new", 0), "change": counts.get("change", 0), "same": counts.get("same", 0)},
    )
    return redirect("desk-people")


@office_required
@require_safe
def template(request: HttpRequest, kind: str) -> HttpResponse:
    """An empty table with the right columns."""
    _allowed(request)
    if kind not in imports.COLUMNS:
        raise Http404
    data = imports.template_csv(kind).encode("utf-8-sig")
    answer = HttpResponse(data, content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{kind}.csv"'
    return answer
