"""The forms of the portal. What a procedure requires is checked again where the act is taken."""

from __future__ import annotations

import unicodedata
import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lvzhi.core.procedure import Action
from lvzhi.faces.portal.files import FilesField
from lvzhi.faces.portal.topics import areas, category_choices
from lvzhi.records.matters.perform import words
from lvzhi.records.people.models import Body, Congress
from lvzhi.work.opinions.actions import MOST_SUBJECT, MOST_TEXT

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


def _text(rows: int = 4, **words: Any) -> Shown:
    """A long text with its counter; control characters are cleaned away where it is stored, not complained of."""
    found = Shown(widget=forms.Textarea(attrs={"rows": rows, "data-count": MOST_TEXT}), max_length=MOST_TEXT, **words)
    found.error_messages["max_length"] = gettext_lazy(
        "最多 %(limit_value)s 字，现在有 %(show_value)s 字，请删短一些，或者分成几件说"
    )
    return found


class SubmitForm(forms.Form):
    """What a citizen hands in. `once` lets the same form through only one time; `website` is left empty by people."""

    once = forms.UUIDField(widget=forms.HiddenInput, required=False)
    website = forms.CharField(required=False, max_length=200, label=gettext_lazy("请不要填这一栏"))
    subject = Shown(
        label=gettext_lazy("一句话说是什么事"),
        max_length=MOST_SUBJECT,
        min_length=2,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy("例如：听泉路晚上九点以后没有公交车"),
        error_messages={
            "required": gettext_lazy("请用一句话写明是什么事"),
            "min_length": gettext_lazy("请用一句话写明是什么事，至少两个字"),
            "max_length": gettext_lazy("这一句最多 %(limit_value)s 字，现在有 %(show_value)s 字，细节请写到下面"),
        },
    )
    text = _text(
        label=gettext_lazy("仔细说说"),
        rows=7,
        help_text=gettext_lazy("在哪里、出了什么问题、您希望怎样。一次说一件，越具体越好办。"),
    )
    category = forms.ChoiceField(
        label=gettext_lazy("属于哪一类"), required=False, help_text=gettext_lazy("拿不准就空着，我们来分")
    )
    area = forms.ChoiceField(label=gettext_lazy("在哪个街道、镇"), required=False)
    photos = FilesField(
        label=gettext_lazy("照片或者文件"),
        required=False,
        help_text=gettext_lazy("最多 3 个，每个 10 MB 以内。请不要拍到别人的脸和车牌；照片里的拍摄地点会自动去掉。"),
    )
    name = forms.CharField(
        label=gettext_lazy("怎么称呼您"),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = forms.CharField(
        label=gettext_lazy("电话"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel", "class": "input--s"}),
    )
    may_publish = forms.BooleanField(
        label=gettext_lazy("可以公开这件事和办理结果"),
        required=False,
        help_text=gettext_lazy(
            "公开前会去掉姓名、电话、门牌。公开了，有同样困难的人就能看到怎么办成的。不勾选也照样办理。"
        ),
    )

    def __init__(self, *args: Any, congress: Congress, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.congress = congress
        subjects, streets = self.fields["category"], self.fields["area"]
        if isinstance(subjects, forms.ChoiceField) and isinstance(streets, forms.ChoiceField):
            subjects.choices = [("", _("不确定")), *category_choices(congress)]
            # Asked for when the list is drawn or a street was chosen: most letters name none.
            streets.choices = self._streets
        required = _("请把事情写清楚一些，至少五个字")
        self.fields["text"].error_messages |= {"required": required, "min_length": required}

    @cached_property
    def bodies(self) -> Sequence[Body]:
        """The streets and towns to choose from. One statement, once."""
        return areas(self.congress)

    def _streets(self) -> list[tuple[str, str]]:
        return [("", _("全区，或者不确定")), *((str(body.pk), body.short) for body in self.bodies)]

    def clean_text(self) -> str:
        """At least five characters, whatever they are made of."""
        text = str(self.cleaned_data["text"])
        if len(text.strip()) < 5:
            raise forms.ValidationError(_("请把事情写清楚一些，至少五个字"))
        return text

    def clean_phone(self) -> str:
        """Digits of any width, spaces and dashes; a number that cannot be one is said so."""
        text = unicodedata.normalize("NFKC", str(self.cleaned_data["phone"])).strip()
        digits = "".join(each for each in text if each.isdigit())
        if text and digits.startswith("1") and len(digits) != 11:
            raise forms.ValidationError(_("手机号是 11 位，现在有 %(count)s 位") % {"count": len(digits)})
        if text and not 7 <= len(digits) <= 16:
            raise forms.ValidationError(_("这不像一个电话号码，请核对一下；不留电话也可以"))
        return text

    def clean_website(self) -> str:
        """Only programs fill this in."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("有一栏本来不该填。请把它清空，再送出一次"))
        return ""

    def area_body(self) -> Body | None:
        """The street that was chosen."""
        chosen = self.cleaned_data.get("area")
        return next((body for body in self.bodies if str(body.pk) == chosen), None) if chosen else None

    def particulars(self) -> dict[str, str]:
        """Who sends it; empty for an anonymous opinion."""
        return {name: self.cleaned_data[name] for name in ("name", "phone") if self.cleaned_data[name].strip()}

    @property
    def once_key(self) -> str:
        """The key of this form; a form without one counts as new each time."""
        return str(self.cleaned_data.get("once") or uuid.uuid4())


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
    """What an action of the procedure asks a citizen for: a choice or words."""

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
                self.fields[item.name] = _text(label=label, required=item.required)
