"""What the office fills in for a round of re-visits."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lvzhi.faces.desk.forms import DayField
from lvzhi.work.opinions.actions.revisits import MOST_DRAWN, MOST_NOTE, MOST_SEED
from lvzhi.work.opinions.models import RevisitCase, RevisitRound


class Plan(forms.Form):
    """Whom a round looks at, and how many are drawn."""

    answered_from = DayField(label=_("答复日期从"))
    answered_until = DayField(label=_("到"), help_text=_("这段时间里答复了的意见都在名单里，不能晚于今天。"))
    size = forms.IntegerField(
        label=_("抽多少件"),
        min_value=1,
        max_value=MOST_DRAWN,
        help_text=_("一百件左右，结果的误差大约在百分之十以内；二十件只够看个大概。"),
    )
    stratified_by = forms.ChoiceField(
        label=_("怎么分"), choices=RevisitRound.By.choices, required=False, widget=forms.RadioSelect
    )


class Announcement(forms.Form):
    """What the seed will be."""

    seed_source = forms.CharField(
        label=_("用什么作种子"),
        max_length=MOST_SEED,
        min_length=4,
        help_text=_(
            "事先谁也算不出、事后谁都查得到的，如「中国福利彩票双色球第 2026067 期开奖号码，红球从小到大，加蓝球」。"
        ),
    )
    seed_due_on = DayField(label=_("哪一天产生"), help_text=_("要在今天以后。到了那天才能录入。"))


class Seed(forms.Form):
    """The seed as it was announced to everyone."""

    seed = forms.CharField(
        label=_("照公布的样子录入种子"),
        max_length=MOST_SEED,
        help_text=_("录入以后马上抽签，不能改。请两个人核对一遍。"),
    )


class Said(forms.Form):
    """What a drawn sender said."""

    result = forms.ChoiceField(
        label=_("来信人怎么说"),
        choices=[],
        widget=forms.RadioSelect,
        error_messages={"required": _("请选来信人怎么说的。")},
    )
    note = forms.CharField(
        label=_("记一下"),
        required=False,
        max_length=MOST_NOTE,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("照来信人的话记。不写姓名、电话。"),
    )

    def __init__(self, *args: Any, under_way: bool, **given: Any) -> None:
        super().__init__(*args, **given)
        result = RevisitCase.Result
        open_to = [result.REOPENED, result.UNREACHABLE] if under_way else [*RevisitCase.REACHED, result.UNREACHABLE]
        fields: dict[str, Any] = self.fields
        fields["result"].choices = [(each.value, each.label) for each in open_to]
