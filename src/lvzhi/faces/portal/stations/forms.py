"""The forms of a booking."""

from __future__ import annotations

import unicodedata
import uuid

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class BookForm(forms.Form):
    """What somebody who books a place says of themselves and their matter; `website` is left empty by people."""

    once = forms.UUIDField(widget=forms.HiddenInput, required=False)
    website = forms.CharField(required=False, max_length=200, label=gettext_lazy("请不要填这一栏"))
    purpose = forms.CharField(
        label=gettext_lazy("想说什么事"),
        min_length=2,
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("一句话就行，代表好有准备。请不要写身份证号。"),
        error_messages={"required": gettext_lazy("请用一句话写明想说什么事")},
    )
    name = forms.CharField(
        label=gettext_lazy("怎么称呼您"),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "name", "class": "input--s"}),
    )
    phone = forms.CharField(
        label=gettext_lazy("电话"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel", "class": "input--s"}),
        help_text=gettext_lazy("接待改期、取消时打给您。不留也可以，凭查询码在网上看。"),
    )

    def clean_phone(self) -> str:
        """Digits of any width; a number that cannot be one is said so."""
        text = unicodedata.normalize("NFKC", str(self.cleaned_data["phone"])).strip()
        digits = "".join(each for each in text if each.isdigit())
        if text and not 7 <= len(digits) <= 16:
            raise forms.ValidationError(_("这不像一个电话号码，请核对一下；不留电话也可以"))
        return text

    def clean_website(self) -> str:
        """Only programs fill this in."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("有一栏本来不该填。请把它清空，再送出一次"))
        return ""

    @property
    def once_key(self) -> str:
        """The key of this form; a form without one counts as new each time."""
        return str(self.cleaned_data.get("once") or uuid.uuid4())
