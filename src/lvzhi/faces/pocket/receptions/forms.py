"""The short form of one person received."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lvzhi.faces.pocket.forms import Words
from lvzhi.records.people.models import Congress
from lvzhi.work.opinions.actions import MOST_PLACE, MOST_SUBJECT, MOST_TEXT
from lvzhi.work.opinions.categories import categories
from lvzhi.work.stations.actions.receiving import MOST_ANSWER

CARRIED, ANSWERED = "carried", "answered"


class VisitForm(forms.Form):
    """One person: what they said, and whether it was answered on the spot.

    `once` is made by the form, in the browser where it runs scripts; `at` is when it was filled in, for forms that
    arrive late.
    """

    once = forms.UUIDField(widget=forms.HiddenInput)
    at = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    subject = Words(
        label=gettext_lazy("什么事"),
        most=MOST_SUBJECT,
        help_text=gettext_lazy("一句话，不写他的姓名"),
        error_messages={"required": gettext_lazy("请用一句话写明什么事")},
    )
    outcome = forms.ChoiceField(
        label=gettext_lazy("怎么办"),
        choices=[(CARRIED, gettext_lazy("记下来，交去办")), (ANSWERED, gettext_lazy("当场答复了"))],
        widget=forms.RadioSelect,
        initial=CARRIED,
    )
    text = Words(
        label=gettext_lazy("他的原话"),
        most=MOST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("交去办的要写。照他说的记，一件事记一条。"),
    )
    answer = Words(
        label=gettext_lazy("当场怎么答的"),
        most=MOST_ANSWER,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("当场答复了的要写。"),
    )
    category = forms.ChoiceField(label=gettext_lazy("哪一类"), required=False)
    place = Words(label=gettext_lazy("在哪里"), most=MOST_PLACE, required=False)
    name = Words(label=gettext_lazy("怎么称呼他"), most=30, required=False)
    phone = forms.CharField(
        label=gettext_lazy("他的电话"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel"}),
        help_text=gettext_lazy("不愿留就不留。加密另存，承办单位看不到。"),
    )
    may_publish = forms.BooleanField(label=gettext_lazy("他同意去掉个人信息后公开"), required=False)

    def __init__(self, *args: Any, congress: Congress, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["category"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("说不准")), *((each.key, str(each)) for each in categories(congress))]

    def clean(self) -> dict[str, Any]:
        """What was carried on needs the words; what was answered needs the answer."""
        given = self.cleaned_data
        if given.get("outcome") == CARRIED and len((given.get("text") or "").strip()) < 5:
            self.add_error("text", _("交去办的，请把他的原话写下来，至少五个字"))
        if given.get("outcome") == ANSWERED and len((given.get("answer") or "").strip()) < 2:
            self.add_error("answer", _("当场答复了的，请写明怎么答的"))
        return given

    def moment(self, now: datetime) -> datetime:
        """When the person was there, as the phone noted it; now, where it noted nothing sensible."""
        try:
            found = datetime.fromisoformat(self.cleaned_data.get("at") or "")
        except ValueError:
            return now
        return found if found.tzinfo is not None else found.replace(tzinfo=UTC)

    def particulars(self) -> dict[str, str]:
        """Who came, if they wished to say."""
        return {name: self.cleaned_data[name] for name in ("name", "phone") if self.cleaned_data[name].strip()}
