"""The forms of the portal. What a procedure requires is checked again where the act is taken."""

from __future__ import annotations

import unicodedata
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from lvzhi.core.procedure import Action
from lvzhi.faces.portal.files import photos_field
from lvzhi.records.matters.procedures import words
from lvzhi.work.opinions.actions import MOST_TEXT

WITH_FILES = frozenset({"supplement"})
MOST_KEPT = 50_000
"""So much of a text that is far too long is put back into the form; more would only stop the browser."""


class Shown(forms.CharField):
    """A text that is put back as typed, but never longer than `MOST_KEPT` characters."""

    def bound_data(self, data: Any, initial: Any) -> Any:
        del initial
        return data[:MOST_KEPT] if isinstance(data, str) else data

    def to_python(self, value: Any) -> str | None:
        return super().to_python(value.replace("\x00", "") if isinstance(value, str) else value)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """No `maxlength`: a browser would cut what is pasted without a word."""
        return {name: value for name, value in super().widget_attrs(widget).items() if name != "maxlength"}


def long_text(rows: int = 4, **words: Any) -> Shown:
    """A long text with its counter; control characters are cleaned away where it is stored, not complained of."""
    found = Shown(widget=forms.Textarea(attrs={"rows": rows, "data-count": MOST_TEXT}), max_length=MOST_TEXT, **words)
    found.error_messages["max_length"] = gettext_lazy(
        "最多 %(limit_value)s 字，现在有 %(show_value)s 字，请删短一些，或者分成几件说"
    )
    return found


class FollowForm(forms.Form):
    """The number and the code of a receipt."""

    number = forms.CharField(
        label=gettext_lazy("编号"),
        max_length=40,
        help_text=gettext_lazy("回执上第一行，例如：意 2026-0128"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "input--s"}),
    )
    code = forms.CharField(
        label=gettext_lazy("查询码"),
        max_length=40,
        help_text=gettext_lazy("八位字母和数字，大小写、横线都不要紧"),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "class": "input--s"}
        ),
    )

    def clean_code(self) -> str:
        """Letters and digits of any width."""
        return unicodedata.normalize("NFKC", str(self.cleaned_data["code"]))


class ActForm(forms.Form):
    """What an action of the procedure asks a citizen for: a choice or words; to a supplement photos may be added."""

    def __init__(self, *args: Any, action: Action, **kwargs: Any) -> None:
        super().__init__(*args, **{"prefix": action.name, "auto_id": "%s", **kwargs})
        for item in action.fields:
            label = words(item.text)
            if item.choices:
                choices = [(choice.name, words(choice.text)) for choice in item.choices]
                self.fields[item.name] = forms.ChoiceField(
                    label=label, choices=choices, required=item.required, widget=forms.RadioSelect
                )
            else:
                self.fields[item.name] = long_text(label=label, required=item.required)
        if action.name in WITH_FILES:
            self.fields["photos"] = photos_field(label=gettext_lazy("照片或者文件"))

    @property
    def said(self) -> dict[str, Any]:
        """The values of the procedure's fields, without the files."""
        return {name: value for name, value in self.cleaned_data.items() if name != "photos"}
