"""The form by which a clerk writes down a letter, a visit or a call in under a minute."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lvzhi.faces.desk.forms import MOST_TEXT, CheckedFile, DayField
from lvzhi.faces.desk.shown import category_names
from lvzhi.records.people.models import Body, Congress
from lvzhi.work.opinions.actions import MOST_SUBJECT

DERIVED = 30
"""So many characters of the first sentence become the subject where none was written."""
_SENTENCE_END = re.compile(r"[。！!？?；;\n]")


def first_words(text: str) -> str:
    """The subject a text gives by itself: its first sentence, or the beginning of it."""
    sentence = " ".join(_SENTENCE_END.split(text.strip(), maxsplit=1)[0].split())
    if len(sentence) <= DERIVED:
        return sentence
    clause = re.split(r"[，,]", sentence, maxsplit=1)[0]
    return clause if 4 <= len(clause) <= DERIVED else f"{sentence[: DERIVED - 1]}…"


class Registration(forms.Form):
    """A letter, a visit or a call, written down by a clerk; only the words themselves must be typed."""

    text = forms.CharField(
        label=gettext_lazy("原话"),
        min_length=5,
        max_length=MOST_TEXT,
        widget=forms.Textarea(attrs={"rows": 7, "autofocus": True}),
        help_text=gettext_lazy("照来信人的话录，不改成公文。姓名、电话写到下面，不写在这里。"),
    )
    subject = forms.CharField(
        label=gettext_lazy("一句话说是什么事"),
        required=False,
        min_length=2,
        max_length=MOST_SUBJECT,
        help_text=gettext_lazy("不填就用原话的第一句。"),
    )
    name = forms.CharField(label=gettext_lazy("姓名"), required=False, max_length=60)
    phone = forms.CharField(label=gettext_lazy("电话"), required=False, max_length=40)
    address = forms.CharField(label=gettext_lazy("地址"), required=False, max_length=200)
    channel = forms.ChoiceField(label=gettext_lazy("怎么来的"))
    area = forms.ModelChoiceField(
        queryset=Body.objects.none(),
        label=gettext_lazy("发生在哪里"),
        required=False,
        empty_label=gettext_lazy("说不清或者全区"),
    )
    station = forms.ModelChoiceField(
        queryset=Body.objects.none(),
        label=gettext_lazy("联络站"),
        required=False,
        empty_label=gettext_lazy("不在联络站"),
    )
    category = forms.ChoiceField(label=gettext_lazy("类别"), required=False)
    received_on = DayField(
        label=gettext_lazy("收到日期"), help_text=gettext_lazy("实际收到的那一天，告知期限从它起算。")
    )
    photo = CheckedFile(
        label=gettext_lazy("原件的照片或扫描件"),
        required=False,
        help_text=gettext_lazy("不超过 20 MB。照片里的拍摄地点会自动去掉。"),
    )
    may_publish = forms.BooleanField(label=gettext_lazy("来信人同意去掉个人信息后公开"), required=False)
    once = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, congress: Congress, today: date, channels: list[tuple[str, str]], **given: Any
    ) -> None:
        super().__init__(*args, **given)
        self.today = today
        fields: dict[str, Any] = self.fields
        fields["channel"].choices = channels
        fields["category"].choices = [("", _("还没有分")), *category_names(congress).items()]
        places = Body.objects.of(congress).filter(active=True).order_by("slug")
        fields["area"].queryset = places.filter(kind=Body.Kind.SUBDISTRICT)
        stations = places.filter(kind=Body.Kind.STATION)
        fields["station"].queryset = stations
        if not stations:
            del fields["station"]

    def clean_received_on(self) -> date:
        """What has not come cannot be registered."""
        day: date = self.cleaned_data["received_on"]
        if day > self.today:
            raise forms.ValidationError(_("收到日期不能晚于今天。"))
        return day

    def clean(self) -> dict[str, Any]:
        """A subject of its own, or the first sentence."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if not given.get("subject") and "subject" not in self.errors and given.get("text"):
            given["subject"] = first_words(given["text"])
        return given
