"""One table: every address of the platform, opened by everyone. Nothing is missing, and looking changes nothing.

`permissions.csv` beside this file holds what each role gets: `page`, `sign-in` (sent to signing in), `home` (sent to
their own face), `refused` (403), `nothing` (404), `post-only` (405), `elsewhere` (sent on). Renew it with
UPDATE_GOLDEN=1 and read the difference as a lawyer would.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponseBase
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from pytest_django import Settings

from lvzhi.records.documents.store import Ready, keep
from lvzhi.records.matters.models import Matter
from lvzhi.records.notices.models import Notice
from lvzhi.records.people.models import Account, Membership, Person
from lvzhi.work.opinions import actions
from lvzhi.work.opinions.actions import revisits
from lvzhi.work.opinions.actions.raising import ClueWords, raise_clue
from lvzhi.work.opinions.imports import upload
from lvzhi.work.opinions.models import HotTopic, Opinion
from lvzhi.work.stations import actions as stations
from lvzhi.work.statutes import originals
from tests.fixtures.district import NOW, TODAY, District, _person
from tests.fixtures.stations import make_stations
from tests.fixtures.statutes import RULES_2018, RULES_2024, make_statutes

TABLE = Path(__file__).with_name("permissions.csv")
CHANGES = ("INSERT", "UPDATE", "DELETE")
# A visit itself may be noted: the session, when a device was last seen, a visitor's quota.
NOTED = ("django_session", "signin_")


def _patterns(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for part in resolver.url_patterns:
        namespace = f"{prefix}{part.namespace}:" if isinstance(part, URLResolver) and part.namespace else prefix
        if isinstance(part, URLResolver):
            yield from _patterns(part, namespace)
        elif part.name:
            yield f"{prefix}{part.name}", part


class World:
    """A district where one matter was passed on and answered, and one is public."""

    def __init__(self, district: District, neighbour: District) -> None:
        self.district = district
        self.passed_on = self._matter("夜里没有公交车")
        self.public = self._matter("公交站牌倒了")
        actions.take(self.public.pk, "publish", actor=district.clerk, on=TODAY, at=NOW)
        self.council = _person(district.congress, "zhaocenliang", "赵岑亮", "council", None)
        self.operator = _person(district.congress, "zhanghuaian", "张怀安", "operator", None)
        self.filing = _person(district.congress, "guoliheng", "郭立衡", "filing_review_office", None)
        self.deputies = _person(district.congress, "tangshuyi", "唐书怡", "deputy_office", None)
        self._draw_and_raise()
        self.stations = make_stations(district, office=self.deputies)
        self.slot = self.stations.slot()
        self.booking = self.stations.book(self.slot, purpose="楼道里的灯").appointment
        stations.cancel_slot(
            self.stations.slot(day=TODAY + timedelta(days=2)),
            reason="代表临时开会",
            actor=self.deputies,
            on=TODAY,
            at=NOW,
        )
        stations.close_station(
            self.stations.mill, first_day=TODAY, last_day=None, reason="装修", actor=self.deputies, on=TODAY, at=NOW
        )
        self.month = self.stations.month()
        self.neighbour = neighbour
        entry = self.passed_on.entries.order_by("seq").last()
        assert entry is not None
        clerk = Account.objects.get(pk=district.clerk.account)
        self.notice = Notice.objects.create(
            congress=district.congress, account=clerk, matter=self.passed_on, entry=entry, text="等您处理", at=NOW
        )
        self.topic = HotTopic.objects.create(
            congress=district.congress, week=TODAY, rank=1, title="夜班公交", size=3, reckoned_at=NOW
        )
        self.messages = upload(
            "a.csv", "内容,时间\r\n夜里没有公交车。,2026-06-01\r\n".encode(), congress=district.congress,
            actor=district.clerk, at=NOW,
        )  # fmt: skip
        self.statutes = make_statutes(district, (RULES_2018, RULES_2024))
        oldest = self.statutes.work("议事规则").editions.order_by("day")[0]
        originals.keep([(oldest, Ready("议事规则.txt", "text/plain", RULES_2018.encode("gb18030")))], at=NOW)
        self.file = keep(self.passed_on, entry, "情况.txt", "路灯编号 17。".encode(), district.clerk, NOW)

    def _draw_and_raise(self) -> None:
        """A round that was drawn, and a public clue raised from the public opinion."""
        day, later = TODAY + timedelta(days=1), NOW + timedelta(days=1)
        told = {"particulars": {"phone": "13800000001"}}
        lit = self._matter("站台没有灯", **told)
        actions.take(lit.pk, "pass_answer", actor=self.district.clerk, on=TODAY, at=NOW)
        congress, office = self.district.congress, self.deputies
        found = revisits.plan_round(
            congress=congress, answered_from=TODAY, answered_until=TODAY, size=1, actor=office, on=TODAY, at=NOW
        )
        revisits.publish_list(
            key=found.pk, seed_source="双色球开奖号码", seed_due_on=day, actor=office, on=TODAY, at=NOW
        )
        self.round = revisits.draw(key=found.pk, seed="03 08 14", actor=office, on=day, at=later)
        words = ClueWords("topic", "站牌无人维护", "多处站牌倒了没有人管。")
        opinion = Opinion.objects.of(congress).get(matter=self.public)
        self.clue = raise_clue(
            congress=congress, opinions=[opinion.pk], words=words, actor=self.district.clerk, on=TODAY, at=NOW
        ).matter

    def _matter(self, subject: str, **given: Any) -> Matter:
        matter = self.district.opinion(subject, **given).opinion.matter
        actions.transfer(matter.pk, body=self.district.transport, actor=self.district.clerk, on=TODAY, at=NOW)
        actions.answer(matter.pk, reply="已经办好。", actor=self.district.driver, on=TODAY, at=NOW)
        return matter

    def _station_arguments(self) -> dict[str, dict[str, object]]:
        """Addresses of stations, slots, bookings and the month."""
        station, slot, month = {"slug": "songyingli"}, {"key": self.slot.pk}, {"key": self.month.pk}
        booking, shut = {"key": self.booking.pk}, self.stations.mill.closures.get()
        return {
            **{f"desk-station{part}": station for part in ("", "-edit", "-deputies", "-close")},
            **{f"desk-slot{part}": slot for part in ("", "-edit", "-move", "-cancel", "-attendance")},
            **{f"desk-month{part}": month for part in ("", "-stations", "-street", "-docx", "-pdf")},
            "desk-station-reopen": {"slug": "nanmofang", "key": shut.pk},
            "desk-slots-new": station,
            "desk-call": booking,
            "desk-booking-arrival": booking,
            "desk-booking-visitor": booking,
            **dict.fromkeys(("portal-station", "portal-station-calendar", "portal-poster", "pocket-receive"), station),
            "portal-book": {**station, **slot},
            "pocket-come": slot,
            "pocket-leave": slot,
        }

    def _law_arguments(self) -> dict[str, dict[str, object]]:
        """Addresses of a rule of the district in two editions."""
        slug = {"slug": "云麓区人民代表大会常务委员会议事规则"}
        days = {"old": "2018-03-01", "new": "2024-06-20"}
        work = self.statutes.work("议事规则")
        edition = {"key": work.editions.order_by("day")[0].pk}
        return {
            **{f"desk-law{part}": {"key": work.pk} for part in ("", "-describe", "-repeal")},
            **{f"desk-edition{part}": edition for part in ("", "-publish", "-drop", "-correct", "-accept", "-dismiss")},
            "desk-law-original": {"key": work.editions.order_by("day")[0].originals.get().pk},
            **dict.fromkeys(("api-law", "api-law-editions", "api-law-compare"), slug),
            "api-law-edition": {**slug, "day": days["new"]},
            "api-law-unit": {**slug, "eid": "art_3"},
            "law-file": {**slug, "day": days["new"], "form": "akn"},
            "law-comparison-file": {**slug, **days, "form": "docx"},
            **dict.fromkeys(("portal-law", "portal-law-choose", "portal-law-cited"), slug),
            "portal-law-edition": {**slug, "day": days["new"]},
            "portal-law-print": {**slug, "day": days["new"]},
            "portal-law-compare": {**slug, **days},
            "portal-law-unit": {**slug, "eid": "art_3"},
            "portal-law-edition-unit": {**slug, "day": days["new"], "eid": "art_3"},
        }

    def arguments(self, name: str) -> dict[str, object]:
        """What the address needs: always something of this district that exists."""
        paper = self.passed_on.papers.first()
        assert paper is not None
        person = Person.objects.of(self.district.congress).get(slug="linzhiyuan")
        number = self.public.number.removeprefix("意 ")
        known: dict[str, dict[str, object]] = {
            **self._station_arguments(),
            **self._law_arguments(),
            "desk-matter": {"key": self.passed_on.pk},
            "desk-attach": {"key": self.passed_on.pk},
            "desk-link": {"key": self.passed_on.pk},
            "desk-sender": {"key": self.passed_on.pk},
            "desk-act": {"key": self.passed_on.pk, "action": "archive"},
            "desk-message-file": {"key": self.messages.pk},
            "desk-message-file-rejected": {"key": self.messages.pk},
            "desk-topic": {"key": self.topic.pk},
            "desk-compare": {"key": self.passed_on.pk},
            "desk-answer": {"key": self.passed_on.pk},
            "desk-answer-hints": {"key": self.passed_on.pk},
            "desk-check": {"key": self.passed_on.pk},
            "desk-send-back": {"key": self.passed_on.pk},
            "desk-publish": {"key": self.passed_on.pk},
            "desk-points": {"key": self.passed_on.pk},
            "desk-raise": {"key": self.passed_on.pk},
            "desk-revisit": {"key": self.round.pk},
            "desk-revisit-publish": {"key": self.round.pk},
            "desk-revisit-draw": {"key": self.round.pk},
            "desk-revisit-close": {"key": self.round.pk},
            "desk-revisit-case": {"key": self.round.cases.get().pk},
            "desk-revisit-contact": {"key": self.round.cases.get().pk},
            "portal-revisit": {"slug": self.round.number},
            "portal-revisit-file": {"slug": self.round.number},
            "portal-clue": {"slug": self.clue.number.removeprefix("线 ")},
            "desk-file": {"key": self.file.pk},
            "desk-paper": {"key": paper.pk},
            "desk-paper-docx": {"key": paper.pk},
            "desk-paper-pdf": {"key": paper.pk},
            "desk-person": {"key": person.pk},
            "desk-body": {"key": self.district.transport.pk},
            "desk-notice-read": {"key": self.notice.pk},
            "desk-open-form": {"procedure": "special_report", "action": "schedule"},
            "desk-import-template": {"kind": "people"},
            "portal-mine": {"key": self.passed_on.pk},
            "portal-close": {"key": self.passed_on.pk},
            "portal-act": {"key": self.passed_on.pk, "action": "rate"},
            "portal-story": {"slug": number},
            **{f"api-{each}": {"form": "json"} for each in ("discovery", "services", "requests")},
            "api-request": {"form": "json", "number": number},
            **self._law_arguments(),
            "portal-subscription": {"token": "x"},
            "portal-unsubscribe": {"token": "x"},
            "portal-file": {"key": self.passed_on.pk, "file": self.file.pk},
            "pocket-matter": {"key": self.passed_on.pk},
            "pocket-act": {"key": self.passed_on.pk, "action": "archive"},
            "account-device-end": {"key": self.notice.pk},
            "password-reset-confirm": {"uidb64": "eA", "token": "set-password"},
        }
        return known.get(name, {})

    def roles(self) -> dict[str, object]:
        """Everyone who may come, by the name in the table; the value is their account, if any."""
        bare = Account.objects.create_user("citizen", name="市民")
        home = self.district
        return {
            "visitor": None,
            "citizen": bare.pk,
            "deputy": home.deputy.account,
            "asked body": home.driver.account,
            "other body": home.builder.account,
            "working body": home.researcher.account,
            "clerk": home.clerk.account,
            "deputies' office": self.deputies.account,
            "street committee": self.stations.keeper.account,
            "filing office": self.filing.account,
            "council": self.council.account,
            "operator": self.operator.account,
            "neighbour clerk": self.neighbour.clerk.account,
        }


@pytest.fixture
def world(district: District, neighbour: District, settings: Settings) -> World:
    settings.LVZHI_CONGRESS = district.congress.slug
    return World(district, neighbour)


def _verdict(response: HttpResponseBase) -> str:
    plain = {200: "page", 400: "asks again", 403: "refused", 404: "nothing", 405: "post-only", 410: "gone"}
    if response.status_code in (301, 302, 303):
        target = response.headers["Location"]
        if target.startswith("/signin/"):
            return "sign-in"
        return "home" if target in ("/desk/", "/pocket/", "/") else "elsewhere"
    return plain.get(response.status_code, str(response.status_code))


def _sign_in(client: Client, key: object) -> None:
    if key is None:
        return
    account = Account.objects.get(pk=key)
    client.force_login(account)
    assert Membership.objects.everywhere("the matrix knows everyone").filter(person__account=account).count() <= 1


def test_everyone_gets_from_every_address_what_the_table_says(world: World) -> None:
    found: dict[str, dict[str, str]] = {}
    written: list[str] = []
    names = sorted({name for name, _pattern in _patterns(get_resolver())})
    for role, key in world.roles().items():
        client = Client(raise_request_exception=True)
        _sign_in(client, key)
        for name in names:
            address = reverse(name, kwargs=world.arguments(name))
            with CaptureQueriesContext(connection) as asked:
                response = client.get(address)
                if response.streaming:
                    b"".join(response.streaming_content)
            found.setdefault(name, {})[role] = _verdict(response)
            written += [
                f"{name} as {role}: {query['sql'][:90]}"
                for query in asked.captured_queries
                if query["sql"].startswith(CHANGES) and not any(noted in query["sql"] for noted in NOTED)
            ]
    roles = list(next(iter(found.values())))
    if os.environ.get("UPDATE_GOLDEN"):
        with TABLE.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(["address", *roles])
            writer.writerows([name, *(found[name][role] for role in roles)] for name in names)

    with TABLE.open(encoding="utf-8", newline="") as file:
        stated = {row.pop("address"): row for row in csv.DictReader(file)}
    assert found == stated
    assert written == []


@pytest.mark.parametrize("role", ["visitor", "deputy", "other body", "neighbour clerk"])
def test_a_stranger_learns_nothing_of_a_matter_by_its_id(world: World, role: str) -> None:
    client = Client()
    _sign_in(client, world.roles()[role])
    secret = "夜里没有公交车"

    for name in sorted({name for name, _pattern in _patterns(get_resolver())}):
        response = client.get(
            reverse(name, kwargs=world.arguments(name)), {"q": "公交", "number": world.passed_on.number}
        )
        body = b"".join(response.streaming_content) if response.streaming else response.content
        assert secret not in body.decode("utf-8", "replace"), name
