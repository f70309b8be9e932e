"""Bringing in messages from a table: upload, say which column is what, look, confirm; the worker does the rest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lvzhi.core.table import write_table
from lvzhi.faces.design.shapes import Column, Link, Row
from lvzhi.faces.design.wording import cn_datetime, short_date
from lvzhi.faces.desk.context import page
from lvzhi.faces.desk.opinions.triage import office_only
from lvzhi.faces.signin import clock
from lvzhi.faces.signin.acting import actor_of, congress_of
from lvzhi.work.opinions import imports
from lvzhi.work.opinions.models import MessageFile

REFRESH = "3"
"""Seconds until the page of a running import shows itself anew, without script."""


class File(forms.Form):
    """The table."""

    file = forms.FileField(
        label=gettext_lazy("留言表格"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv,.jsonl"}),
        help_text=gettext_lazy(
            ".xlsx、.csv 或 .jsonl，不超过 30 MB。先看预览，确认以后才导入；再导一次同样的表不会重复。"
        ),
    )


class Wanted(forms.Form):
    """Which column is what, and how the rows are replayed."""

    as_dated = forms.BooleanField(
        label=gettext_lazy("保留表里的日期"),
        required=False,
        help_text=gettext_lazy("不勾的，整件事的日期一起挪到最近十二个月，方便试用。"),
    )
    acts = forms.BooleanField(
        label=gettext_lazy("照本机的建议归类、分派、并案"),
        required=False,
        help_text=gettext_lazy("表里写明了类别和办理单位的，照表里的办。"),
    )
    rates = forms.BooleanField(
        label=gettext_lazy("没有评价的，编一个评价"),
        required=False,
        help_text=gettext_lazy("只用于试用。编的评价处处标明是编的，不进正式统计。"),
    )

    def __init__(self, *args: Any, headings: tuple[str, ...], columns: Mapping[str, str], **given: Any) -> None:
        super().__init__(*args, **given)
        fields: dict[str, Any] = self.fields
        chosen = [("", _("表里没有")), *((heading, heading) for heading in headings)]
        columned = {
            f"column_{name}": forms.ChoiceField(
                label=imports.column_name(name), choices=chosen, required=False, initial=columns.get(name, "")
            )
            for name in imports.COLUMNS
        }
        own = dict(fields)
        fields.clear()
        fields.update({**columned, **own})

    def columns(self) -> dict[str, str]:
        """The columns chosen."""
        given = {name: self.cleaned_data.get(f"column_{name}", "") for name in imports.COLUMNS}
        return {name: heading for name, heading in given.items() if heading}

    def options(self) -> imports.Options:
        """How the rows are replayed."""
        return imports.Options(**{name: bool(self.cleaned_data.get(name)) for name in ("as_dated", "acts", "rates")})


@office_only
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def start(request: HttpRequest) -> HttpResponse:
    """The first step, and what was brought in before."""
    congress, actor = congress_of(request), actor_of(request)
    form = File(request.POST, request.FILES) if request.method == "POST" else File()
    if form.is_bound and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            kept = imports.upload(file.name, file.read(), congress=congress, actor=actor, at=clock.now())
        except imports.ImportRefused as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("desk-message-file", key=kept.pk)
    today = clock.today()
    rows = [
        Row(
            [
                Link(each.name, reverse("desk-message-file", args=[each.pk])),
                short_date(each.uploaded_at, today),
                each.uploader.name if each.uploader else "",
                _progress(each),
            ]
        )
        for each in imports.latest(congress.pk)
    ]
    context = {
        "form": form,
        "columns": [Column(_("文件")), Column(_("日期")), Column(_("谁导的")), Column(_("进度"))],
        "rows": rows,
        "crumbs": [Link(_("导入留言"))],
    }
    return page(request, "desk/opinions/import.html", context, status=422 if form.errors else 200, here="desk-messages")


def _progress(each: MessageFile) -> str:
    if each.finished_at:
        return _("导完了，%(n)s 件") % {"n": each.counts.get("taken", 0)}
    return _("%(done)s／%(total)s") % {"done": each.done, "total": each.total}


def _kept(request: HttpRequest, key: UUID) -> MessageFile:
    found = MessageFile.objects.of(congress_of(request)).filter(pk=key).first()
    if found is None or (found.confirmed_at is None and found.uploader_id != actor_of(request).account):
        raise Http404
    return found


@office_only
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def file(request: HttpRequest, key: UUID) -> HttpResponse:
    """The columns and what would become of the rows; after confirming, how far it is."""
    kept = _kept(request, key)
    if kept.confirmed_at is not None:
        return _running(request, kept)
    try:
        seen = imports.preview(kept)
    except imports.ImportRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("desk-messages")
    if request.method != "POST":
        return _mapping(request, kept, Wanted(headings=seen.headings, columns=seen.columns), seen)
    form = Wanted(request.POST, headings=seen.headings, columns=seen.columns)
    if not form.is_valid():
        return _mapping(request, kept, form, seen, status=422)
    try:
        columns = imports.map_columns(form.columns(), seen.headings)
        seen = imports.preview(kept, columns)
        if request.POST.get("do") == "confirm" and not seen.missing:
            imports.confirm(
                kept.pk, columns=columns, options=form.options(), congress=congress_of(request),
                actor=actor_of(request), at=clock.now(),
            )  # fmt: skip
            return redirect("desk-message-file", key=kept.pk)
    except imports.ImportRefused as refusal:
        form.add_error(None, str(refusal))
    return _mapping(request, kept, form, seen, status=422 if form.errors or seen.missing else 200)


def _mapping(
    request: HttpRequest, kept: MessageFile, form: Wanted, seen: imports.Preview, *, status: int = 200
) -> HttpResponse:
    today = clock.today()
    shown = [
        Row(
            [
                each.subject or each.text[:30],
                short_date(each.said_at, today),
                each.body or each.category,
                each.reply[:40],
            ]
        )
        for each in seen.shown
    ]
    broken = [Row([f"{each.number}　{each.name}", each.why]) for each in seen.broken]
    context = {
        "kept": kept,
        "form": form,
        "column_fields": [form[f"column_{name}"] for name in imports.COLUMNS],
        "seen": seen,
        "shown_columns": [Column(_("题目")), Column(_("收到")), Column(_("单位或类别")), Column(_("答复"))],
        "shown": shown,
        "broken_columns": [Column(_("行")), Column(_("为什么导不进"))],
        "broken": broken,
        "crumbs": [Link(_("导入留言"), reverse("desk-messages")), Link(kept.name)],
    }
    return page(request, "desk/opinions/import_columns.html", context, status=status, here="desk-messages")


def _running(request: HttpRequest, kept: MessageFile) -> HttpResponse:
    counts = {name: int(kept.counts.get(name, 0)) for name in ("taken", "known", "answered", "waiting")}
    more = {name: int(kept.counts.get(name, 0)) for name in ("classified", "merged", "hollow", "rated", "made_up")}
    facts = [
        (_("导入"), counts["taken"]),
        (_("以前导过"), counts["known"]),
        (_("已答复"), counts["answered"]),
        (_("还在办"), counts["waiting"]),
        (_("照建议归类"), more["classified"]),
        (_("并案"), more["merged"]),
        (_("答复疑似空话"), more["hollow"]),
        (_("评价"), more["rated"]),
        (_("其中编的评价"), more["made_up"]),
    ]
    context = {
        "kept": kept,
        "facts": [(name, count) for name, count in facts if count],
        "rejected": len(kept.rejected),
        "at": cn_datetime(kept.finished_at) if kept.finished_at else "",
        "crumbs": [Link(_("导入留言"), reverse("desk-messages")), Link(kept.name)],
    }
    answer = page(request, "desk/opinions/import_running.html", context, here="desk-messages")
    if kept.finished_at is None:
        answer.headers["Refresh"] = REFRESH
    return answer


@office_only
@require_safe
def rejected(request: HttpRequest, key: UUID) -> HttpResponse:
    """The rows that could not be taken, as CSV."""
    kept = _kept(request, key)
    if kept.confirmed_at is None:
        raise Http404
    table = write_table([_("行"), _("编号"), _("为什么导不进")], [[str(cell) for cell in row] for row in kept.rejected])
    answer = HttpResponse(table.encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="rejected.csv"'
    return answer
