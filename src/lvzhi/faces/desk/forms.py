"""Forms made from what a procedure asks for, and the desk's own few."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lvzhi.core.procedure import Action, Field, Procedure
from lvzhi.core.upload import EXTENSIONS, UploadRefused, inspect, sentence
from lvzhi.faces.design.deadlines import lang
from lvzhi.records.documents.store import MOST_BYTES
from lvzhi.records.matters.models import Link as LinkRow
from lvzhi.records.matters.perform import EARLIEST
from lvzhi.records.matters.procedures import words
from lvzhi.records.people.models import Body, Congress, Person

LATEST = date(2100, 12, 31)
MOST_TEXT = 5000
MOST_LINE = 200
FEW = 7
HANDS_OVER = frozenset({"transfer", "schedule"})
FILLED_IN = frozenset({("pass_answer", "reply")})
"""Fields the line of business fills in from what it holds: they are shown, not asked."""

ACCEPT = ",".join(f".{name}" for name in EXTENSIONS)
LARGEST_SHOWN = "20 MB"


class DayField(forms.DateField):
    """A date a matter can have: after the founding of the republic, within this century."""

    def __init__(self, **given: Any) -> None:
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **given)

    def clean(self, value: Any) -> Any:
        """The date, or a sentence."""
        day = super().clean(value)
        if day is not None and not EARLIEST <= day <= LATEST:
            raise forms.ValidationError(_("日期不在可用的范围内，请核对年份。"))
        return day


class CheckedFile(forms.FileField):
    """A file looked through before anything is done with it."""

    def __init__(self, **given: Any) -> None:
        super().__init__(widget=forms.ClearableFileInput(attrs={"accept": ACCEPT}), **given)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """The file, or the sentence why it may not come in."""
        file = super().clean(data, initial)
        if isinstance(file, UploadedFile):
            refuse_unfit(file)
        return file


def refuse_unfit(file: UploadedFile[Any]) -> None:
    """Raise ValidationError with the sentence for a file that may not come in."""
    if (file.size or 0) > MOST_BYTES:
        raise forms.ValidationError(sentence("too_large", {"limit": LARGEST_SHOWN}, lang()))
    try:
        inspect(file.name or "", BytesIO(file.read()), MOST_BYTES)
    except UploadRefused as refusal:
        raise forms.ValidationError(sentence(refusal.code, refusal.params, lang())) from refusal
    finally:
        file.seek(0)


def form_for(action: Action, congress: Congress) -> type[forms.Form]:
    """A form class with a field for each of the action's, and the hidden `version` of the matter looked at."""
    fields: dict[str, forms.Field] = {"version": forms.IntegerField(widget=forms.HiddenInput, min_value=0)}
    for item in action.fields:
        if (action.name, item.name) not in FILLED_IN:
            fields[item.name] = _field(item, action, congress)
    return type("ActionForm", (forms.Form,), fields)


def opening_form_for(procedure: Procedure, action: Action, congress: Congress) -> type[forms.Form]:
    """A form that begins a matter: the action's fields, a title unless one of them is the title, who prepares it.

    The hidden `once` names this copy of the form. `working_body` is asked where that body will have duties.
    """
    fields: dict[str, forms.Field] = {"once": forms.UUIDField(widget=forms.HiddenInput)}
    if not any(item.type == "text" and item.required for item in action.fields):
        fields["title"] = forms.CharField(label=_("标题"), min_length=2, max_length=MOST_LINE)
    for item in action.fields:
        fields[item.name] = _field(item, action, congress)
    if any(clock.holder == "working_body" for clock in procedure.clocks.values()):
        fields["working_body"] = forms.ModelChoiceField(
            queryset=bodies_for("assign", congress),
            label=_("由哪个工作机构办"),
            help_text=_("调研、汇总、整理意见由它做，期限也排到它的待办里。"),
            empty_label=_("请选择"),
        )
    return type("OpeningForm", (forms.Form,), fields)


def _field(item: Field, action: Action, congress: Congress) -> forms.Field:
    common: dict[str, Any] = {"label": words(item.text), "required": item.required}
    if item.type == "longtext":
        return forms.CharField(widget=forms.Textarea(attrs={"rows": 6}), max_length=MOST_TEXT, **common)
    if item.type == "date":
        return DayField(**common)
    if item.type == "bool":
        return forms.BooleanField(label=common["label"], required=False)
    if item.type in {"choice", "rating"}:
        return _choices([(choice.name, words(choice.text)) for choice in item.choices], common)
    if item.type == "body":
        return forms.ModelChoiceField(queryset=bodies_for(action.name, congress), empty_label=_("请选择"), **common)
    if item.type == "unit":
        units = Body.objects.of(congress).answering().order_by("kind", "slug")
        return forms.ModelChoiceField(queryset=units, empty_label=_("请选择"), **common)
    if item.type == "person":
        people = Person.objects.of(congress).order_by("slug")
        return forms.ModelChoiceField(queryset=people, empty_label=_("请选择"), **common)
    if item.type == "file":
        return CheckedFile(**common)
    return forms.CharField(max_length=MOST_LINE, **common)


def _choices(choices: list[tuple[str, str]], common: dict[str, Any]) -> forms.ChoiceField:
    if len(choices) <= FEW:
        return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **common)
    return forms.ChoiceField(choices=[("", _("请选择")), *choices], **common)


def bodies_for(action: str, congress: Congress) -> Any:
    """The bodies an action can hand a matter to: our own for `assign`, those we supervise for `HANDS_OVER`."""
    rows = Body.objects.of(congress).answering().order_by("kind", "slug")
    if action == "assign":
        return rows.filter(kind__in=Body.WORKING)
    return rows.filter(kind__in=Body.SUPERVISED) if action in HANDS_OVER else rows


class Upload(forms.Form):
    """One file for a matter."""

    file = CheckedFile(
        label=gettext_lazy("加一份材料"),
        help_text=gettext_lazy("文档、表格、PDF 或图片，不超过 20 MB。照片里的拍摄地点会自动去掉。"),
    )


class Thread(forms.Form):
    """Another matter, and how it hangs together with this one."""

    kind = forms.ChoiceField(label=gettext_lazy("这件事"), choices=LinkRow.Kind.choices)
    number = forms.CharField(
        label=gettext_lazy("另一件的编号"),
        max_length=30,
        help_text=gettext_lazy("照事项页上的写，如「建 2026-0041」。"),
    )


class Purpose(forms.Form):
    """What the sender's particulars are read for."""

    purpose = forms.CharField(
        label=gettext_lazy("查看的用途"),
        max_length=120,
        help_text=gettext_lazy("写明为什么要看，如「电话告知办理结果」。谁在什么时候为什么看过，会留下记录。"),
    )
