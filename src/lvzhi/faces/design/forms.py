"""What the field and error components need to know of a Django form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.forms import (
    BaseForm,
    CheckboxInput,
    CheckboxSelectMultiple,
    Field,
    FileInput,
    RadioSelect,
    Select,
    Textarea,
)
from django.forms.boundfield import BoundField, BoundWidget
from django.utils.safestring import SafeString
from django.utils.translation import gettext

__all__ = ["BoundField", "Problem", "described", "problems"]


MOST_SIDE_BY_SIDE = 20
"""Latin letters of an answer that still stands beside two others; of Chinese characters, six."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One error and the id of the control it belongs to; empty for the form as a whole."""

    text: str
    target: str


def kind(bound: BoundField) -> str:
    """Which shape a field takes: check, picks, upload, area, choice or line."""
    widget = bound.field.widget
    if isinstance(widget, (RadioSelect, CheckboxSelectMultiple)):
        return "picks"
    for shape, word in (
        (CheckboxInput, "check"),
        (FileInput, "upload"),
        (Textarea, "area"),
        (Select, "choice"),
    ):
        if isinstance(widget, shape):
            return word
    return "line"


def _target(bound: BoundField) -> str:
    """The id a link from the error summary jumps to: the first control of the field."""
    return f"{bound.auto_id}_0" if kind(bound) == "picks" else bound.auto_id


def problems(form: BaseForm) -> Sequence[Problem]:
    """Every error in the order of the fields; those of the form as a whole come first."""
    found = [Problem(str(each), "") for each in form.non_field_errors()]
    for bound in form:
        found += [Problem(each, _target(bound)) for each in _errors(bound)]
    return found


def _errors(bound: BoundField) -> list[str]:
    """The errors of a field in words; Django's bare "required" becomes what there is to do."""
    bare = str(Field.default_error_messages["required"])
    chosen = kind(bound) in ("choice", "picks", "upload")
    asked = gettext("请选择%(label)s") if chosen else gettext("请填写%(label)s")
    return [asked % {"label": bound.label} if str(each) == bare else str(each) for each in bound.errors]


def described(bound: BoundField, help_text: str = "", optional: bool = True) -> dict[str, object]:
    """The context of one field, its control already drawn with class and aria attributes."""
    shape = kind(bound)
    said = help_text or str(bound.help_text or "")
    errors = _errors(bound)
    names = [f"{bound.auto_id}-h"] if said else []
    names += [f"{bound.auto_id}-e"] if errors else []
    attrs: dict[str, Any] = {} if shape in ("check", "picks", "upload") else {"class": _classes(bound)}
    if shape == "area" and bound.field.widget.attrs.get("rows") == "10":
        attrs["rows"] = 4  # Django's own ten lines push the rest of a form off the screen
    if names:
        attrs["aria-describedby"] = " ".join(names)
    if errors and shape != "picks":
        attrs["aria-invalid"] = "true"
    options = list(bound.subwidgets) if shape == "picks" else []
    return {
        "kind": shape,
        "id": bound.auto_id,
        "label": bound.label,
        "help": said,
        "errors": errors,
        "optional": gettext("（选填）") if optional and not bound.field.required and shape != "check" else "",
        "control": SafeString("") if shape == "picks" else bound.as_widget(attrs=attrs),
        "options": options,
        "layout": _layout(options),
        "described_by": " ".join(names),
    }


def _layout(options: Sequence[BoundWidget]) -> str:
    """Short answers to one question stand side by side, like 满意 / 基本满意 / 不满意; many stand in columns."""
    labels = [str(option.data["label"]) for option in options]
    if len(labels) == 3 and all(len(label) <= (MOST_SIDE_BY_SIDE if label.isascii() else 6) for label in labels):
        return "picks--3"
    return "picks--2" if len(labels) > 3 else ""


def _classes(bound: BoundField) -> str:
    own = str(bound.field.widget.attrs.get("class", ""))
    short = " input--s" if getattr(bound.field.widget, "input_type", "") in ("date", "time", "number", "tel") else ""
    return f"input{short} {own}".strip()
