"""The form of a fresh opinion: what, where, who. One page and one sending, whether scripts run or not."""

from __future__ import annotations

import unicodedata
import uuid
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lvzhi.faces.portal.files import photos_field
from lvzhi.faces.portal.forms import Shown, long_text
from lvzhi.faces.portal.telling import number_of
from lvzhi.faces.portal.topics import Places, category_choices, places
from lvzhi.records.people.models import Body, Congress
from lvzhi.work.opinions.actions import MOST_PLACE, MOST_SUBJECT

NAMED, ANONYMOUS = "yes", "no"


class SubmitForm(forms.Form):
    """What a citizen hands in. `once` lets the same form through only one time; `website` is left empty by people."""

    once = forms.UUIDField(widget=forms.HiddenInput, required=False)
    website = forms.CharField(required=False, max_length=200, label=gettext_lazy("请不要填这一栏"))
    station = forms.CharField(widget=forms.HiddenInput, required=False, max_length=60)
    like = forms.CharField(required=False, max_length=40, label=gettext_lazy("和这一件是同一件事"))
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
    text = long_text(
        label=gettext_lazy("仔细说说"),
        rows=7,
        help_text=gettext_lazy("出了什么问题、从什么时候起、您希望怎样。一次说一件，越具体越好办。"),
    )
    photos = photos_field(label=gettext_lazy("照片或者文件"))
    category = forms.ChoiceField(
        label=gettext_lazy("属于哪一类"), required=False, help_text=gettext_lazy("拿不准就空着，我们来分")
    )
    area = forms.ChoiceField(label=gettext_lazy("在哪个街道、镇"), required=False)
    community = forms.ChoiceField(label=gettext_lazy("哪个社区、村"), required=False)
    place = forms.CharField(
        label=gettext_lazy("具体地点"),
        required=False,
        max_length=MOST_PLACE,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy("路口、小区、楼号、站牌，怎么好找怎么写"),
    )
    named = forms.ChoiceField(
        label=gettext_lazy("要不要留名"),
        required=False,
        choices=[(NAMED, gettext_lazy("留电话，办完告诉我")), (ANONYMOUS, gettext_lazy("不留名"))],
        widget=forms.RadioSelect,
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
        for name, choices in (
            ("category", [("", _("不确定")), *category_choices(congress)]),
            # Asked for when the lists are drawn or a place was chosen: most letters name none.
            ("area", self._streets),
            ("community", self._communities),
        ):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = choices
        required = _("请把事情写清楚一些，至少五个字")
        self.fields["text"].error_messages |= {"required": required, "min_length": required}

    @cached_property
    def places(self) -> Places:
        """The streets, towns and communities to choose from. One statement, once."""
        return places(self.congress)

    def _streets(self) -> list[tuple[str, str]]:
        return [("", _("全区，或者不确定")), *((str(body.pk), body.short) for body in self.places.streets)]

    def _communities(self) -> list[tuple[str, Any]]:
        found: list[tuple[str, Any]] = [("", _("不确定"))]
        for street, inside in self.places.by_street:
            found.append((street.short, [(str(body.pk), body.short) for body in inside]))
        return found

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

    def clean(self) -> dict[str, Any]:
        """What contradicts itself is asked about, never decided for the sender."""
        given = self.cleaned_data
        community, street = self.community_body(), self.area_body()
        if community and street and community.parent_id != street.pk:
            where = community.parent.short if community.parent else ""
            words = _("%(community)s在%(street)s，请核对一下街道和社区") % {
                "community": community.short,
                "street": where,
            }
            self.add_error("community", words)
        has_particulars = any(str(given.get(name) or "").strip() for name in ("name", "phone"))
        if given.get("named") == ANONYMOUS and has_particulars:
            self.add_error(
                "named", _("您选了不留名，又写了称呼或者电话。要我们联系您，请选「留电话」；不要的话，请把它们删掉")
            )
        if given.get("named") == NAMED and not has_particulars and not self.has_error("phone"):
            self.add_error("phone", _("要我们告诉您，请写一个能打通的电话；不方便就选「不留名」，凭查询码也能看"))
        return given

    def area_body(self) -> Body | None:
        """The street that was chosen."""
        return self._chosen("area", self.places.streets) if self.cleaned_data.get("area") else None

    def community_body(self) -> Body | None:
        """The community that was chosen, with its street."""
        return self._chosen("community", self.places.communities) if self.cleaned_data.get("community") else None

    def _chosen(self, name: str, among: list[Body]) -> Body | None:
        return next((body for body in among if str(body.pk) == self.cleaned_data[name]), None)

    def particulars(self) -> dict[str, str]:
        """Who sends it; empty for an anonymous opinion."""
        return {name: self.cleaned_data[name] for name in ("name", "phone") if self.cleaned_data[name].strip()}

    @property
    def once_key(self) -> str:
        """The key of this form; a form without one counts as new each time."""
        return str(self.cleaned_data.get("once") or uuid.uuid4())

    @property
    def same_as(self) -> str:
        """The number of the opinion this is said to be about as well; empty for none."""
        return number_of(self.cleaned_data["like"]) if self.cleaned_data.get("like") else ""
