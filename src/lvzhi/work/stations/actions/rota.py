"""The rota (值班表): slots set one by one or in a row, changed, moved, struck out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from lvzhi.records.matters.procedures import work_calendar
from lvzhi.records.matters.refusals import NotAllowed
from lvzhi.records.people.actor import Actor
from lvzhi.records.people.models import Membership, Person
from lvzhi.work.stations.actions.telling import tell_deputies
from lvzhi.work.stations.actions.words import day_words, line, reason_of, slot_words
from lvzhi.work.stations.models import Appointment, Closure, Message, Seat, Slot, Station
from lvzhi.work.stations.models.slot import MOST_PLACES
from lvzhi.work.stations.rules import HOLDS_A_SEAT, may_keep

LONGEST = timedelta(hours=10)
MOST_AHEAD = timedelta(days=400)
MOST_IN_A_ROW = 120


@dataclass(frozen=True, slots=True)
class Time:
    """One time of reception; `deputies` sit there, `places` can be booked beforehand (0: who comes, comes)."""

    day: date
    starts: time
    ends: time
    deputies: Sequence[Person] = ()
    topic: str = ""
    places: int = 6


@dataclass(frozen=True, slots=True)
class Row:
    """What came of setting slots in a row: those made, and the days left out with the reason."""

    made: list[Slot] = field(default_factory=list)
    left_out: list[tuple[date, str]] = field(default_factory=list)


def _check_time(wanted: Time, on: date) -> None:
    if wanted.ends <= wanted.starts:
        raise NotAllowed(_("结束时间要晚于开始时间。"))
    span = datetime.combine(wanted.day, wanted.ends) - datetime.combine(wanted.day, wanted.starts)
    if span > LONGEST:
        raise NotAllowed(_("一场接待最长十小时，请分成几场。"))
    if wanted.day < on:
        raise NotAllowed(_("不能给过去的日子排班。"))
    if wanted.day > on + MOST_AHEAD:
        raise NotAllowed(_("排班最多排到一年以后，请核对年份。"))
    if not 0 <= wanted.places <= MOST_PLACES:
        raise NotAllowed(_("一场最多预约 %(most)s 人。") % {"most": MOST_PLACES})


def _stands_in_the_way(station: Station, wanted: Time, own: Slot | None = None) -> str:
    """Why there can be no slot at that time, or "". Two statements."""
    shut = Closure.objects.of(station.congress_id).on(wanted.day).filter(station=station).first()
    if shut or not station.is_open:
        return _("%(day)s本站停用：%(reason)s") % {
            "day": day_words(wanted.day),
            "reason": shut.reason if shut else _("已经不再使用"),
        }
    rows = Slot.objects.of(station.congress_id).standing().filter(station=station, date=wanted.day)
    other = (rows.exclude(pk=own.pk) if own else rows).filter(starts__lt=wanted.ends, ends__gt=wanted.starts).first()
    if other:
        return _("%(day)s %(starts)s 到 %(ends)s 已经排了一场，请错开时间。") % {
            "day": day_words(wanted.day), "starts": f"{other.starts:%H:%M}", "ends": f"{other.ends:%H:%M}",
        }  # fmt: skip
    return ""


def _check_deputies(station: Station, people: Collection[Person], day: date) -> None:
    if not people:
        return
    members = Membership.objects.of(station.congress_id).on(day).filter(HOLDS_A_SEAT, person__in=people)
    held = set(members.values_list("person_id", flat=True))
    for person in people:
        if person.pk not in held:
            raise NotAllowed(_("%(name)s在那一天不是本级人大代表，不能排班。") % {"name": person.name})


def _clash(station: Station, wanted: Time, own: Slot | None = None) -> str:
    """Which deputy would sit in two places at once, or "". One statement."""
    seats = Seat.objects.of(station.congress_id).filter(
        person__in=wanted.deputies, slot__is_cancelled=False, slot__date=wanted.day,
        slot__starts__lt=wanted.ends, slot__ends__gt=wanted.starts,
    )  # fmt: skip
    found = (seats.exclude(slot=own) if own else seats).select_related("person", "slot__station__body").first()
    if found is None:
        return ""
    return _("%(name)s那时已经排在%(station)s，请另排时间或者换人。") % {
        "name": found.person.name,
        "station": found.slot.station.body.short,
    }


def _make(station: Station, wanted: Time) -> Slot:
    slot = Slot.objects.create(
        congress_id=station.congress_id, station=station, date=wanted.day, starts=wanted.starts, ends=wanted.ends,
        topic=line(wanted.topic, 60), places=wanted.places,
    )  # fmt: skip
    Seat.objects.bulk_create(
        Seat(congress_id=station.congress_id, slot=slot, person=person) for person in wanted.deputies
    )
    return slot


@transaction.atomic
def set_slot(station: Station, *, time: Time, actor: Actor, on: date) -> Slot:
    """排班: set one time of reception. Raises NotAllowed with what stands in the way."""
    if why := may_keep.why_not(actor, station):
        raise NotAllowed(why)
    _check_time(time, on)
    _check_deputies(station, time.deputies, time.day)
    if why := _stands_in_the_way(station, time) or _clash(station, time):
        raise NotAllowed(why)
    return _make(station, time)


@transaction.atomic
def set_row(
    station: Station,
    *,
    first: date,
    last: date,
    weekdays: Collection[int],
    time: Time,
    actor: Actor,
    on: date,
    in_turn: bool = False,
) -> Row:
    """成批排班: the same time on these weekdays (0 is Monday), as 每周二 9:00.

    Public holidays, days the station is shut and days already taken are left out with the reason; weekends are kept
    where a weekend was asked for. `in_turn` seats the deputies one after the other instead of all each time.
    """
    if why := may_keep.why_not(actor, station):
        raise NotAllowed(why)
    if not weekdays or not set(weekdays) <= set(range(7)):
        raise NotAllowed(_("请选星期几。"))
    if last < first:
        raise NotAllowed(_("最后一天不能早于第一天。"))
    if (last - first).days > MOST_AHEAD.days:
        raise NotAllowed(_("一次最多排一年，请核对日期。"))
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    wanted = [day for day in days if day.weekday() in weekdays and day >= on]
    if len(wanted) > MOST_IN_A_ROW:
        raise NotAllowed(_("一次最多排 %(most)s 场，请分几次排。") % {"most": MOST_IN_A_ROW})
    if not wanted:
        raise NotAllowed(_("这段日子里没有可以排的日期。"))
    _check_time(replace(time, day=wanted[0]), on)
    _check_deputies(station, time.deputies, wanted[0])
    _check_deputies(station, time.deputies, wanted[-1])
    row = Row()
    for day in wanted:
        turn = [time.deputies[len(row.made) % len(time.deputies)]] if in_turn and time.deputies else time.deputies
        one = replace(time, day=day, deputies=turn)
        why = _holiday(day) or _stands_in_the_way(station, one) or _clash(station, one)
        if why:
            row.left_out.append((day, why))
        else:
            row.made.append(_make(station, one))
    return row


def _holiday(day: date) -> str:
    """Why nobody receives on that day, or ""; a weekend has no name and is no reason."""
    calendar = work_calendar()
    name = calendar.name(day) if calendar.is_holiday(day) else ""
    return _("%(day)s是法定节假日（%(name)s）") % {"day": day_words(day), "name": name} if name else ""


@transaction.atomic
def edit_slot(slot: Slot, *, time: Time, actor: Actor, on: date) -> Slot:
    """Change topic, places and deputies of a slot; another time is `move_slot`. Attendance already noted stays."""
    if why := may_keep.why_not(actor, slot.station):
        raise NotAllowed(why)
    if slot.is_cancelled:
        raise NotAllowed(_("这一场已经取消，请另排一场。"))
    same = replace(time, day=slot.date, starts=slot.starts, ends=slot.ends)
    _check_time(same, min(on, slot.date))
    _check_deputies(slot.station, same.deputies, slot.date)
    if why := _clash(slot.station, same, own=slot):
        raise NotAllowed(why)
    booked = slot.appointments.exclude(status=Appointment.Status.CANCELLED).order_by("-place").first()
    if booked and same.places <= booked.place:
        raise NotAllowed(_("已经有人约了第 %(place)s 个位置，位置不能再少。") % {"place": booked.place + 1})
    slot.topic, slot.places = line(time.topic, 60), time.places
    slot.save(update_fields=["topic", "places"])
    seats = Seat.objects.of(slot.congress_id).filter(slot=slot)
    seats.filter(came_at=None).exclude(person__in=same.deputies).delete()
    known = set(seats.values_list("person_id", flat=True))
    Seat.objects.bulk_create(
        Seat(congress_id=slot.congress_id, slot=slot, person=person)
        for person in same.deputies
        if person.pk not in known
    )
    return slot


@transaction.atomic
def cancel_slot(slot: Slot, *, reason: str, actor: Actor, on: date, at: datetime) -> Slot:
    """取消一场: whoever booked is told, and the deputies see it on their phones. Raises NotAllowed."""
    if why := may_keep.why_not(actor, slot.station):
        raise NotAllowed(why)
    _is_ahead(slot, on)
    strike_out(slot, because=reason_of(reason), at=at)
    return slot


def _is_ahead(slot: Slot, on: date) -> None:
    if slot.is_cancelled:
        raise NotAllowed(_("这一场已经取消了。"))
    if slot.date < on or slot.seats.filter(came_at__isnull=False).exists():
        raise NotAllowed(_("这一场已经开始或者过去了，不能再取消或者改期。"))


def strike_out(slot: Slot, *, because: str, at: datetime) -> None:
    """Cancel a slot with its bookings, and leave a message to everyone who booked."""
    slot.is_cancelled, slot.cancelled_because = True, because[:200]
    slot.save(update_fields=["is_cancelled", "cancelled_because"])
    booked = list(slot.appointments.filter(status=Appointment.Status.BOOKED))
    text = f"{slot_words(slot)}{slot.station.body.short}的接待取消了：{because}。请另约时间，也可以在网上说。"
    _tell(booked, Message.Kind.CANCELLED, text, at)
    said = f"{slot_words(slot)}{slot.station.body.short}的接待取消了，您不用去：{because}。"
    tell_deputies(slot, _sitting(slot), about=f"slot:{slot.pk}:cancelled", text=said, at=at)
    Appointment.objects.of(slot.congress_id).filter(pk__in=[each.pk for each in booked]).update(
        status=Appointment.Status.CANCELLED, cancelled_because=because[:200]
    )


def _sitting(slot: Slot) -> list[Person]:
    return [seat.person for seat in slot.seats.select_related("person").order_by("id")]


def _tell(booked: Sequence[Appointment], kind: str, text: str, at: datetime) -> None:
    Message.objects.bulk_create(
        Message(congress_id=each.congress_id, appointment=each, kind=kind, text=text[:300], at=at) for each in booked
    )


@transaction.atomic
def move_slot(
    slot: Slot, *, day: date, starts: time, ends: time, reason: str, actor: Actor, on: date, at: datetime
) -> Slot:
    """改期: the slot goes to another time with its deputies and bookings; everyone who booked is told."""
    if why := may_keep.why_not(actor, slot.station):
        raise NotAllowed(why)
    _is_ahead(slot, on)
    said = reason_of(reason)
    people = _sitting(slot)
    wanted = Time(day, starts, ends, people, slot.topic, slot.places)
    _check_time(wanted, on)
    _check_deputies(slot.station, people, day)
    if why := _stands_in_the_way(slot.station, wanted, own=slot) or _clash(slot.station, wanted, own=slot):
        raise NotAllowed(why)
    slot.is_cancelled, slot.cancelled_because = True, said
    slot.save(update_fields=["is_cancelled", "cancelled_because"])
    moved = _make(slot.station, wanted)
    slot.moved_to = moved
    slot.save(update_fields=["moved_to"])
    booked = list(slot.appointments.filter(status=Appointment.Status.BOOKED))
    Appointment.objects.of(slot.congress_id).filter(pk__in=[each.pk for each in booked]).update(slot=moved)
    text = f"您约的接待从{slot_words(slot)}改到{slot_words(moved)}：{said}。来不了的，请凭查询码取消。"
    _tell(booked, Message.Kind.MOVED, text, at)
    told = f"{slot.station.body.short}的接待从{slot_words(slot)}改到{slot_words(moved)}：{said}。"
    tell_deputies(slot, people, about=f"slot:{slot.pk}:moved", text=told, at=at)
    return moved
