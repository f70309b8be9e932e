"""A form for an action of a procedure, made from what the procedure asks for."""

from __future__ import annotations

from typing import Any

from django import forms

from lvzhi.core.procedure import Action, Field
from lvzhi.core.upload import UploadRefused, clean_text, sentence
from lvzhi.faces.design.deadlines import lang
from lvzhi.records.matters.procedures import words

MOST_LINE = 80
MOST_TEXT = 10_000
ASKED = frozenset({"text", "longtext", "date", "bool", "choice", "rating"})
"""Types of fields a deputy is asked for; bodies and people are for the office to choose."""


class Words(forms.CharField):
    """Words without invisible signs, never cut by the browser; too long a text is said so."""

    def __init__(self, *, most: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.most = most

    def clean(self, value: Any) -> str:
        try:
            cleaned = clean_text(value, self.most) if isinstance(value, str) else value
        except UploadRefused as refusal:
            raise forms.ValidationError(sentence(refusal.code, refusal.params, lang())) from refusal
        return str(super().clean(cleaned))


def can_be_asked(action: Action) -> bool:
    """Whether everything the action needs can be given by a deputy."""
    return all(item.type in ASKED for item in action.fields if item.required)


class ActForm(forms.Form):
    """What an action asks for; `version` is the state of the matter the deputy was looking at."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, action: Action, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for item in action.fields:
            if item.type in ASKED:
                self.fields[item.name] = _field(item)

    def values(self) -> dict[str, object]:
        """What was filled in, ready for the act."""
        return {
            name: value for name, value in self.cleaned_data.items() if name != "version" and value not in ("", None)
        }


def _field(item: Field) -> forms.Field:
    label = words(item.text)
    if item.choices:
        choices = [(choice.name, words(choice.text)) for choice in item.choices]
        return forms.ChoiceField(label=label, required=item.required, choices=choices, widget=forms.RadioSelect)
    if item.type == "date":
        return forms.DateField(label=label, required=item.required, widget=forms.DateInput(attrs={"type": "date"}))
    if item.type == "bool":
        return forms.BooleanField(label=label, required=item.required)
    if item.type == "text":
        return Words(label=label, required=item.required, most=MOST_LINE)
    return Words(label=label, required=item.required, most=MOST_TEXT, widget=forms.Textarea(attrs={"rows": 6}))
