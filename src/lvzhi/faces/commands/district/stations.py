"""The made-up communities, stations, rota, receptions and months; reckoned from today, the same each time."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any, Final

import yaml
from django.db import transaction
from django.utils import timezone

from lvzhi.faces.commands.district.load import DEMO_WORD, FOLDER
from lvzhi.faces.commands.district.moments import by_now
from lvzhi.faces.desk.stations.report import take
from lvzhi.records.matters.procedures import work_calendar
from lvzhi.records.people.actor import Actor, actor_of, citizen
from lvzhi.records.people.models import Account, Body, Congress, Membership, Person
from lvzhi.work.stations import actions
from lvzhi.work.stations.actions import Booking, Facts, Received, Time
from lvzhi.work.stations.actions.words import at_start
from lvzhi.work.stations.models import Appointment, Campaign, Slot, Station

AHEAD: Final = 28
"""So many days ahead the rota is set."""
LONG: Final = timedelta(hours=2)
GROUPS: Final = {
    "tingquan": "group-tingquan", "yuntai": "group-yuntai", "liuyin": "group-yuntai", "wangchuan": "group-wangchuan",
    "shiqiao": "group-shiqiao", "nanpu": "group-shiqiao", "songling": "group-towns", "bailu": "group-towns",
}  # fmt: skip
FINDINGS: Final = "说得最多的是楼道堆物和充电。能当场办的当场办了，要花钱改造的排进了计划。"
DONE: Final = ("begin", "register", "route", "handle", "feed_back", "publish", "review")


@cache
def plan() -> dict[str, Any]:
    """What `stations.yaml` holds."""
    found: dict[str, Any] = yaml.safe_load((FOLDER / "stations.yaml").read_text("utf-8"))
    return found


def _pick(key: str, among: int) -> int:
    """The same number below `among` for the same words, each time."""
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:6], "big") % among


@transaction.atomic
def load_places(congress: Congress, *, today: date) -> None:
    """Communities, stations with their deputies, the drawing, and the street committees' people. Runs again safely."""
    bodies = {body.slug: body for body in Body.objects.of(congress)}
    for each in plan()["communities"]:
        if each["key"] not in bodies:
            bodies[each["key"]] = Body.objects.create(
                congress=congress, slug=each["key"], name=each["name"], short=each["name"],
                kind=Body.Kind.COMMUNITY, parent=bodies[f"office-{each['street']}"],
            )  # fmt: skip
    if congress.settings.get("map") != plan()["map"]:
        congress.settings["map"] = plan()["map"]
        congress.settings.setdefault("deputy_office_name", bodies["deputy-office"].name)
        congress.save(update_fields=["settings"])
    _load_keepers(congress, bodies)
    office = office_of(today)
    for place, row in enumerate(plan()["stations"]):
        if row["key"] not in bodies:
            station = actions.add_station(congress=congress, slug=row["key"], facts=_facts(row, bodies), actor=office)
            own = _deputies(congress, row["street"], today)
            # One in seven is left without a station, as a gap that the month shows.
            actions.set_deputies(
                station, people=[each for n, each in enumerate(own) if n % 3 == place % 3 and n % 7 != 6], actor=office
            )


def _load_keepers(congress: Congress, bodies: dict[str, Body]) -> None:
    for row in plan()["keepers"]:
        if Person.objects.of(congress).filter(slug=row["key"]).exists():
            continue
        account = None
        if row["login"]:
            email = f"{row['login']}@yunlu.example"
            account = Account.objects.create_user(row["login"], DEMO_WORD, name=row["name"], email=email)
        person = Person.objects.create(congress=congress, slug=row["key"], name=row["name"], account=account)
        Membership.objects.create(
            congress=congress, person=person, body=bodies[row["body"]], role="street_committee", title=row["title"],
            since=date(2022, 2, 1),
        )  # fmt: skip


def office_of(today: date) -> Actor:
    """The deputies' office, which keeps every station."""
    found = actor_of(Account.objects.get(username="tangshuyi"), on=today)
    if found is None:
        raise LookupError(f"tangshuyi holds no office on {today}.")
    return found


def _facts(row: dict[str, Any], bodies: dict[str, Body]) -> Facts:
    return Facts(
        name=row["name"], kind=row["kind"], street=bodies[f"office-{row['street']}"], address=row["address"],
        community=bodies[row["community"]], committee=bodies[f"committee-{row['street']}"], hours=row["hours"],
        features=row["features"], x=row["x"], y=row["y"],
    )  # fmt: skip


def _deputies(congress: Congress, street: str, on: date) -> list[Person]:
    held = Membership.objects.of(congress).on(on).filter(role="deputy", body__slug=GROUPS[street])
    return list(Person.objects.of(congress).filter(pk__in=held.values("person")).order_by("slug"))


@dataclass(frozen=True)
class Told:
    """The stations as the stories of opinions need them: where something was said, and to whom."""

    stations: dict[str, Station]
    deputies: dict[str, list[Person]]

    @classmethod
    def of(cls, congress: Congress) -> Told:
        """Every station with its deputies. Two statements."""
        rows = Station.objects.of(congress).select_related("body", "street", "community")
        stations = {row.body.slug: row for row in rows.prefetch_related("deputies__person")}
        found = {
            slug: sorted((each.person for each in row.deputies.all()), key=lambda person: person.slug)
            for slug, row in stations.items()
        }
        return cls(stations, found)

    def deputy(self, slug: str, key: str) -> Person | None:
        """The deputy who received it there, the same each time."""
        own = self.deputies.get(slug, [])
        return own[_pick(key, len(own))] if own else None


@transaction.atomic
def tell_receptions(congress: Congress, *, today: date) -> bool:
    """The rota of the past and to come, who came, and what was said; False if it was told before."""
    if Slot.objects.of(congress).exists():
        return False
    office, told = office_of(today), Told.of(congress)
    campaigns = [_plan(congress, row, office, today) for row in plan()["months"]]
    rows = {row["key"]: row for row in plan()["stations"]}
    for slug, station in told.stations.items():
        for day in _days(rows[slug], campaigns, today):
            _slot(station, rows[slug], day, told, office)
    for campaign in campaigns:
        _announce(campaign, office, today)
    for slot in Slot.objects.of(congress).filter(date__lt=today).order_by("date", "starts").select_related("station"):
        _held(slot)
    _closed(told, office, today)
    _booked(congress, today)
    for campaign in campaigns:
        campaign.matter.refresh_from_db()
        _go_on(campaign, office, today)
    return True


def _plan(congress: Congress, row: dict[str, Any], office: Actor, today: date) -> Campaign:
    first = today - timedelta(days=row["starts"])
    planned = first - timedelta(days=20)
    return actions.plan_month(
        congress=congress, theme=row["theme"], first_day=first, last_day=first + timedelta(days=row["days"] - 1),
        stations=list(Station.objects.of(congress)), actor=office, on=planned, at=_at(planned, 10),
    )  # fmt: skip


def _at(day: date, hour: int, minute: int = 0) -> datetime:
    return by_now(timezone.make_aware(datetime.combine(day, time(hour, minute))))


def _days(row: dict[str, Any], campaigns: list[Campaign], today: date) -> list[date]:
    """The days on which a station receives: weekly in the months and ahead, every second month in between."""
    found: set[date] = set()
    for place, campaign in enumerate(campaigns):
        if row.get("in_month", True) or place == 0:
            found |= set(_weekly(campaign.first_day, campaign.last_day, row["weekday"]))
    found |= {_next(today - timedelta(days=back), row["weekday"]) for back in (60, 120, 180, 240)}
    last = campaigns[-1].last_day
    start = last + timedelta(days=1) if not row.get("in_month", True) else today
    found |= set(_weekly(start, today + timedelta(days=AHEAD), row["weekday"]))
    calendar = work_calendar()
    return sorted(day for day in found if not (calendar.is_holiday(day) and calendar.name(day)))


def _next(day: date, weekday: int) -> date:
    return day + timedelta(days=(weekday - day.weekday()) % 7)


def _weekly(first: date, last: date, weekday: int) -> list[date]:
    start = _next(first, weekday)
    return [start + timedelta(days=7 * n) for n in range(60) if start + timedelta(days=7 * n) <= last]


def _slot(station: Station, row: dict[str, Any], day: date, told: Told, office: Actor) -> None:
    own = told.deputies[station.body.slug]
    turn = day.toordinal() // 7
    people = [own[turn % len(own)], own[(turn + 1) % len(own)]] if len(own) > 1 else own
    starts = time.fromisoformat(row["at"])
    ends = (datetime.combine(day, starts) + LONG).time()
    topic = "养老" if _pick(f"{station.body.slug}{day}", 5) == 0 else ""
    wanted = Time(day, starts, ends, people, topic, 6)
    try:
        actions.set_slot(station, time=wanted, actor=office, on=day)
    except actions.ActRefused:  # a deputy sits elsewhere at that time: the other receives alone
        actions.set_slot(station, time=Time(day, starts, ends, [], topic, 6), actor=office, on=day)


def _announce(campaign: Campaign, office: Actor, today: date) -> None:
    day = min(campaign.first_day - timedelta(days=5), today)
    actions.take(campaign.matter_id, "announce", actor=office, on=day, at=_at(day, 15))


def _held(slot: Slot) -> None:
    """A slot of the past: most deputies came and answered some on the spot."""
    start = at_start(slot)
    for seat in slot.seats.select_related("person").order_by("id"):
        if _pick(f"came{seat.person.slug}{slot.date.toordinal() - slot.date.weekday()}", 9) == 0:
            continue
        deputy = Actor(
            congress=slot.congress_id, name=seat.person.name, roles=frozenset({"deputy"}), person=seat.person_id
        )
        actions.come(slot, actor=deputy, at=start)
        for n in range(_pick(f"n{slot.date}{seat.person.slug}", 4)):
            heard = plan()["heard"][_pick(f"h{slot.date}{seat.person.slug}{n}", len(plan()["heard"]))]
            received = Received(
                f"demo:{slot.pk}:{seat.person.slug}:{n}", heard["subject"], start + timedelta(minutes=20 * n + 5),
                heard["category"], heard["answer"],
            )  # fmt: skip
            actions.receive(slot.station, slot=slot, received=received, matter=None, actor=deputy, at=received.at)
        actions.leave(slot, actor=deputy, at=start + LONG)


def _closed(told: Told, office: Actor, today: date) -> None:
    """One station is shut for repairs from tomorrow; its slots are struck out."""
    station = told.stations["station-heyanli"]
    first = today + timedelta(days=1)
    actions.close_station(
        station, first_day=first, last_day=first + timedelta(days=9), reason="暖气管道检修", actor=office, on=today,
        at=_at(today, 8),
    )  # fmt: skip


def _booked(congress: Congress, today: date) -> None:
    """Some places of the coming weeks are booked; one is cancelled."""
    rows = Slot.objects.of(congress).standing().filter(date__gt=today + timedelta(days=1))
    soon = rows.order_by("date", "starts", "station__body__slug")
    at = _at(today - timedelta(days=1), 9)
    for n, slot in enumerate(soon[:24]):
        if n % 3 == 2:
            continue
        booking = Booking(
            purpose=plan()["purposes"][n % len(plan()["purposes"])], once=f"demo:{n}",
            particulars={"name": "预约人", "phone": f"100{n * 7919 % 10**8:08d}"} if n % 2 else {},
        )  # fmt: skip
        actions.book(slot, booking=booking, actor=citizen(congress), on=today - timedelta(days=1), at=at)
    first = Appointment.objects.of(congress).order_by("number").first()
    if first:
        actions.cancel_booking(first, at=at)


def _go_on(campaign: Campaign, office: Actor, today: date) -> None:
    """The month goes as far as its days allow."""
    days = {"begin": campaign.first_day}
    later = (2, 6, 50, 60, 65, 70)
    days |= {name: campaign.last_day + timedelta(days=n) for name, n in zip(DONE[1:], later, strict=True)}
    for action in DONE:
        if days[action] > today:
            break
        data = {"findings": FINDINGS} if action == "review" else {}
        take(campaign.matter, action, actor=office, on=days[action], at=_at(days[action], 16), data=data, version=None)
