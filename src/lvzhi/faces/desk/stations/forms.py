"""The forms of stations, the rota and the month. What may be is said again by the actions."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lvzhi.faces.desk.forms import DayField
from lvzhi.records.people.models import Body, Congress, Person
from lvzhi.work.stations import queries
from lvzhi.work.stations.actions import Facts
from lvzhi.work.stations.models import Campaign, Station, StationDeputy

WEEKDAYS = [
    ("0", gettext_lazy("星期一")),
    ("1", gettext_lazy("星期二")),
    ("2", gettext_lazy("星期三")),
    ("3", gettext_lazy("星期四")),
    ("4", gettext_lazy("星期五")),
    ("5", gettext_lazy("星期六")),
    ("6", gettext_lazy("星期日")),
]


def _time(label: Any, **given: Any) -> forms.TimeField:
    widget = forms.TimeInput(attrs={"type": "time", "class": "input--s"}, format="%H:%M")
    return forms.TimeField(label=label, widget=widget, **given)


class StationForm(forms.Form):
    """What is said of a station."""

    name = forms.CharField(label=gettext_lazy("站名"), max_length=80)
    kind = forms.ChoiceField(label=gettext_lazy("种类"), choices=Station.Kind.choices, widget=forms.RadioSelect)
    street = forms.ModelChoiceField(
        queryset=Body.objects.none(), label=gettext_lazy("所在街道、镇"), empty_label=gettext_lazy("请选择")
    )
    community = forms.ModelChoiceField(
        queryset=Body.objects.none(),
        label=gettext_lazy("所在社区、村"),
        required=False,
        empty_label=gettext_lazy("不归哪个社区"),
    )
    committee = forms.ModelChoiceField(
        queryset=Body.objects.none(),
        label=gettext_lazy("由哪个街道人大工委管理"),
        required=False,
        empty_label=gettext_lazy("由代表工作机构直接管理"),
        help_text=gettext_lazy("它的人可以排班、登记到站。"),
    )
    address = forms.CharField(label=gettext_lazy("地址"), max_length=120)
    phone = forms.CharField(label=gettext_lazy("电话"), max_length=40, required=False)
    hours = forms.CharField(
        label=gettext_lazy("开放时间"), max_length=120, required=False, help_text=gettext_lazy("如：工作日 9:00—17:00")
    )
    features = forms.CharField(
        label=gettext_lazy("特点"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("无障碍、专长、常谈的题目，会公开。"),
    )
    x = forms.IntegerField(label=gettext_lazy("示意图上的横向位置"), min_value=0, max_value=9999, required=False)
    y = forms.IntegerField(label=gettext_lazy("示意图上的纵向位置"), min_value=0, max_value=9999, required=False)
    is_open = forms.BooleanField(label=gettext_lazy("正在使用"), required=False, initial=True)

    def __init__(self, *args: Any, congress: Congress, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bodies = Body.objects.of(congress).filter(active=True).order_by("slug")
        fields: dict[str, Any] = self.fields
        fields["street"].queryset = bodies.filter(kind=Body.Kind.SUBDISTRICT)
        fields["community"].queryset = bodies.filter(kind=Body.Kind.COMMUNITY)
        fields["committee"].queryset = bodies.filter(kind=Body.Kind.STREET)

    def facts(self) -> Facts:
        """What was filled in."""
        return Facts(**{name: self.cleaned_data[name] for name in self.fields if name != "slug"})


class NewStationForm(StationForm):
    """A station that is set up: with the word that stands in its address for good."""

    slug = forms.CharField(
        label=gettext_lazy("网址里的名字"),
        max_length=60,
        help_text=gettext_lazy("小写字母、数字和短横，如 songyingli。印在海报上，以后不能改。"),
    )
    field_order = ("name", "slug")


def first_of(station: Station) -> dict[str, Any]:
    """What a station's form starts with."""
    return {
        "name": station.body.name,
        **{name: getattr(station, name) for name in ("kind", "street", "community", "committee", "address")},
        **{name: getattr(station, name) for name in ("phone", "hours", "features", "x", "y", "is_open")},
    }


class People(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # not generic when it runs
    """Deputies, by the order of their names' keys."""

    def __init__(self, **given: Any) -> None:
        widget = forms.SelectMultiple(attrs={"size": 10})
        super().__init__(queryset=Person.objects.none(), widget=widget, required=False, **given)


def deputies_for(congress: Congress, today: date, station: Station | None = None) -> Any:
    """The deputies of a day, as a queryset a form can choose from; those of the station stand first."""
    keys = [each.pk for each in queries.deputies_now(congress.pk, on=today)]
    rows = Person.objects.of(congress).filter(pk__in=keys)
    if station is None:
        return rows.order_by("slug")
    own = StationDeputy.objects.of(congress).filter(station=station, person=OuterRef("pk"))
    return rows.annotate(is_own=Exists(own)).order_by("-is_own", "slug")


class DeputiesForm(forms.Form):
    """The deputies who belong to a station."""

    people = People(
        label=gettext_lazy("本站代表"), help_text=gettext_lazy("按住 Ctrl（苹果电脑按 Command）可以选几个。")
    )

    def __init__(self, *args: Any, congress: Congress, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["people"].queryset = deputies_for(congress, today)


class ClosureForm(forms.Form):
    """When a station is shut, and why."""

    first_day = DayField(label=gettext_lazy("从哪天起"))
    last_day = DayField(
        label=gettext_lazy("到哪天（含这一天）"), required=False, help_text=gettext_lazy("说不准就空着，恢复时再填。")
    )
    reason = forms.CharField(
        label=gettext_lazy("原因"), max_length=200, help_text=gettext_lazy("会公开，约好的人也会看到。")
    )


class SlotsForm(forms.Form):
    """One slot, or the same time on some weekdays in a row."""

    first = DayField(label=gettext_lazy("日期"), help_text=gettext_lazy("成批排的，从这一天起。"))
    last = DayField(label=gettext_lazy("成批排到哪天"), required=False, help_text=gettext_lazy("只排一场就空着。"))
    weekdays = forms.MultipleChoiceField(
        label=gettext_lazy("每逢"), choices=WEEKDAYS, required=False, widget=forms.CheckboxSelectMultiple
    )
    starts = _time(gettext_lazy("开始"), initial=time(9))
    ends = _time(gettext_lazy("结束"), initial=time(11))
    deputies = People(
        label=gettext_lazy("谁接待"),
        help_text=gettext_lazy("本站代表在前面。按住 Ctrl（苹果电脑按 Command）可以选几个。"),
    )
    in_turn = forms.BooleanField(label=gettext_lazy("选了几位的，轮流来，一场一位"), required=False)
    topic = forms.CharField(
        label=gettext_lazy("主题"), max_length=60, required=False, help_text=gettext_lazy("不限题目就空着。")
    )
    places = forms.IntegerField(
        label=gettext_lazy("可以预约几个位置"), min_value=0, max_value=40, initial=6,
        help_text=gettext_lazy("0 表示不用预约，直接来。"),
    )  # fmt: skip

    def __init__(self, *args: Any, congress: Congress, today: date, station: Station | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.station = station
        fields: dict[str, Any] = self.fields
        fields["deputies"].queryset = deputies_for(congress, today, station)

    def clean(self) -> dict[str, Any]:
        """A row needs its weekdays, and weekdays need a row."""
        given = self.cleaned_data
        if given.get("last") and not given.get("weekdays"):
            self.add_error("weekdays", _("请选星期几；只排一场的话，把「成批排到哪天」空着。"))
        if given.get("weekdays") and not given.get("last") and not self.has_error("last"):
            self.add_error("last", _("请写排到哪一天；只排一场的话，把星期几都去掉。"))
        return given

    @property
    def is_row(self) -> bool:
        """Whether a row was asked for."""
        return bool(self.cleaned_data.get("last"))


class SlotForm(forms.Form):
    """What of a slot can be changed without moving it."""

    deputies = People(
        label=gettext_lazy("谁接待"),
        help_text=gettext_lazy("本站代表在前面。按住 Ctrl（苹果电脑按 Command）可以选几个。"),
    )
    topic = forms.CharField(label=gettext_lazy("主题"), max_length=60, required=False)
    places = forms.IntegerField(label=gettext_lazy("可以预约几个位置"), min_value=0, max_value=40)

    def __init__(self, *args: Any, congress: Congress, today: date, station: Station, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["deputies"].queryset = deputies_for(congress, today, station)


class MoveForm(forms.Form):
    """Another time for a slot."""

    day = DayField(label=gettext_lazy("改到哪天"))
    starts = _time(gettext_lazy("开始"))
    ends = _time(gettext_lazy("结束"))
    reason = forms.CharField(label=gettext_lazy("原因"), max_length=200)


class ReasonForm(forms.Form):
    """Why a slot is cancelled."""

    reason = forms.CharField(
        label=gettext_lazy("原因"), max_length=200, help_text=gettext_lazy("约好的人和值班的代表都会看到。")
    )


class MonthForm(forms.Form):
    """A month that is planned; every station in use takes part unless it is taken out."""

    theme = forms.CharField(label=gettext_lazy("主题"), max_length=60)
    first_day = DayField(label=gettext_lazy("第一天"))
    last_day = DayField(label=gettext_lazy("最后一天"))


class PartsForm(forms.Form):
    """The stations that take part in a month."""

    stations = forms.ModelMultipleChoiceField(
        queryset=Station.objects.none(),
        label=gettext_lazy("参加的站"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, campaign: Campaign, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Station.objects.of(campaign.congress_id).select_related("body").order_by("street__slug", "body__slug")
        fields: dict[str, Any] = self.fields
        fields["stations"].queryset = rows

    @cached_property
    def chosen(self) -> list[Station]:
        """The stations chosen."""
        return list(self.cleaned_data["stations"])


class NoteForm(forms.Form):
    """What a street committee reports."""

    note = forms.CharField(label=gettext_lazy("情况"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
