"""The month: its procedure, its gaps, its papers, one year beside the other."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path

import docx as library
import pytest

from lvzhi.records.documents.papers import as_docx, as_pdf, from_json
from lvzhi.records.matters.models import Deadline
from lvzhi.work.stations import actions, papers, queries
from lvzhi.work.stations.actions import ActRefused, Received
from lvzhi.work.stations.models import Campaign, Slot
from lvzhi.work.stations.papers import Handling
from tests.fixtures.district import NOW, TODAY, District
from tests.fixtures.stations import Stations

pytestmark = pytest.mark.django_db
GOLDEN = Path(__file__).parents[2] / "golden" / "stations"
LAST = TODAY + timedelta(days=29)
AFTER = LAST + timedelta(days=20)


@pytest.fixture
def golden() -> Callable[[str, str], None]:
    """Compare a paper with its golden copy; UPDATE_GOLDEN=1 writes the copy anew."""

    def check(name: str, text: str) -> None:
        path = GOLDEN / name
        if os.environ.get("UPDATE_GOLDEN") == "1":
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        assert text == path.read_text("utf-8")

    return check


def take(stations: Stations, campaign: Campaign, action: str, on: date = TODAY, **data: object) -> None:
    handling = data.pop("handling", None)
    assert handling is None or isinstance(handling, Handling)
    actions.take(campaign.matter_id, action, actor=stations.office, on=on, at=NOW, data=data, handling=handling)


def receive(stations: Stations, slot: Slot, people: int, place: int = 0) -> None:
    """A deputy comes and receives so many people, who are answered on the spot."""
    deputy = stations.deputies[place]
    at = datetime(slot.date.year, slot.date.month, slot.date.day, 1, 30, tzinfo=UTC)
    actions.come(slot, actor=deputy, at=at)
    for each in range(people):
        received = Received(f"p:{slot.pk}:{each}", "楼道里的灯", at, "housing", "当场联系物业。")
        actions.receive(slot.station, slot=slot, received=received, matter=None, actor=deputy, at=at)


def test_a_month_goes_from_its_plan_to_its_report(stations: Stations) -> None:
    campaign = stations.month()
    stations.slot()

    for action in ("announce", "begin", "register", "route", "handle", "feed_back", "publish"):
        take(stations, campaign, action, on=AFTER if action != "announce" else TODAY)
    take(stations, campaign, "review", on=AFTER, findings="群众说得最多的是养老。")

    campaign.matter.refresh_from_db()
    assert (campaign.matter.state, campaign.matter.is_open) == ("reviewed", False)
    kinds = list(campaign.matter.papers.order_by("id").values_list("kind", flat=True))
    assert kinds == ["contact_month_plan", "contact_month_report"]


def test_the_targets_of_the_house_are_counted_from_the_last_day_and_are_no_law(stations: Stations) -> None:
    campaign = stations.month()
    take(stations, campaign, "announce")

    clock = Deadline.objects.of(stations.district.congress).get(matter=campaign.matter_id, clock="register")

    assert (clock.due, clock.internal_due) == (None, date(2026, 7, 13))  # 7月11日 is a Saturday
    take(stations, campaign, "change", theme="养老", first_day=TODAY, last_day=LAST + timedelta(days=7), reason="延长")
    clock.refresh_from_db()
    assert clock.internal_due == date(2026, 7, 20)
    campaign.refresh_from_db()
    assert (campaign.theme, campaign.last_day) == ("养老", LAST + timedelta(days=7))


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"theme": " "}, "请写明活动主题"),
        ({"last": TODAY - timedelta(days=1)}, "不能早于第一天"),
        ({"last": TODAY + timedelta(days=63)}, "最长两个月"),
    ],
)
def test_a_month_that_cannot_be_is_refused(stations: Stations, given: dict, why: str) -> None:
    with pytest.raises(ActRefused, match=why):
        stations.month(**given)

    assert not Campaign.objects.of(stations.district.congress).exists()


def test_two_months_do_not_overlap_unless_one_was_called_off(stations: Stations) -> None:
    campaign = stations.month()
    with pytest.raises(ActRefused, match="已经有「养老就在家门口」"):
        stations.month(theme="停车")

    take(stations, campaign, "call_off", reason="改到秋天")

    assert stations.month(theme="停车").pk


def test_a_month_without_stations_is_not_announced(stations: Stations) -> None:
    campaign = stations.month(stations=[])

    with pytest.raises(ActRefused, match="还没有选参加活动的站"):
        take(stations, campaign, "announce")


def test_only_the_deputies_office_plans_a_month(stations: Stations) -> None:
    with pytest.raises(ActRefused):
        actions.plan_month(
            congress=stations.district.congress, theme="养老", first_day=TODAY, last_day=LAST, stations=[],
            actor=stations.keeper, on=TODAY, at=NOW,
        )  # fmt: skip
    campaign = stations.month()
    with pytest.raises(ActRefused, match="由代表工作机构定"):
        actions.set_stations(campaign, stations=[], actor=stations.keeper)


def test_the_gaps_name_the_station_that_is_shut_and_the_deputies_below_two(stations: Stations) -> None:
    campaign = stations.month()
    take(stations, campaign, "announce")
    slot = stations.slot(stations.mill)
    receive(stations, slot, 0)
    receive_again = stations.slot(stations.mill, day=AFTER)
    actions.come(receive_again, actor=stations.deputies[0], at=datetime(2026, 7, 28, 1, 30, tzinfo=UTC))
    actions.close_station(
        stations.pine, first_day=TODAY, last_day=LAST, reason="装修", actor=stations.office, on=TODAY, at=NOW
    )
    actions.set_deputies(stations.pine, people=stations.people[:2], actor=stations.office)

    found = queries.gaps(campaign, today=AFTER)

    assert [(station.body.slug, why) for station, why in found.without_slot] == [("songyingli", "装修")]
    assert [row.reason for row in found.shut] == ["装修"]
    assert (found.floor, [(person.name, days) for person, days in found.below]) == (2, [("乔之安", 0), ("沈明琪", 0)])
    assert [person.name for person in found.without_station] == ["乔之安"]


def test_where_no_rule_sets_a_floor_nobody_is_below_it(stations: Stations) -> None:
    congress = stations.district.congress
    congress.region = "national"
    congress.save()

    found = queries.gaps(stations.month(), today=TODAY)

    assert (found.floor, list(found.below)) == (None, [])


def test_a_congress_may_raise_the_floor_but_not_lower_it(stations: Stations) -> None:
    congress = stations.district.congress
    congress.settings = {"deputy_contact": {"receptions_a_year": 3}}
    congress.save()
    assert queries.settings_of(congress, on=TODAY)["receptions_a_year"] == 3

    congress.settings = {"deputy_contact": {"receptions_a_year": 1}}
    with pytest.raises(Exception, match="from 2 to 12"):
        queries.settings_of(congress, on=TODAY)


@pytest.mark.parametrize("slots", [1, 4])
def test_figures_and_gaps_cost_the_same_however_much_happened(
    stations: Stations, slots: int, django_assert_num_queries
) -> None:
    campaign = stations.month()
    take(stations, campaign, "announce")
    campaign = queries.campaign_of(stations.district.congress.pk, campaign.pk)
    assert campaign is not None
    for place in range(slots):
        receive(stations, stations.slot(day=TODAY + timedelta(days=place + 1)), 2)

    with django_assert_num_queries(6):
        figures = queries.month_figures(campaign, today=LAST)
        streets = figures.by_street
    with django_assert_num_queries(7):
        queries.gaps(campaign, today=LAST)

    assert (figures.slots, figures.visits, figures.answered, figures.deputies) == (slots, 2 * slots, 2 * slots, 1)
    assert streets == {"听泉街道": 2 * slots}


def held_month(stations: Stations) -> Campaign:
    """A month a year ago with one slot, and this year's with three, one of them struck out."""
    a_year_ago = TODAY - timedelta(days=364)
    before = stations.month(a_year_ago, a_year_ago + timedelta(days=29), theme="楼道安全")
    take(stations, before, "announce", on=a_year_ago)
    receive(stations, _slot(stations, a_year_ago + timedelta(days=1)), 1)
    campaign = stations.month()
    first, second = stations.slot(topic="养老驿站"), stations.slot(stations.mill, deputies=stations.people[1:2])
    struck = stations.slot(day=TODAY + timedelta(days=8))
    take(stations, campaign, "announce")
    actions.cancel_slot(struck, reason="代表临时开会", actor=stations.office, on=TODAY, at=NOW)
    receive(stations, first, 3)
    receive(stations, second, 1, place=1)
    return campaign


def _slot(stations: Stations, day: date) -> Slot:
    wanted = actions.Time(day, time(9), time(11), stations.people[:1])
    return actions.set_slot(stations.pine, time=wanted, actor=stations.office, on=day)


def test_the_plan_reads_as_the_office_would_send_it(stations: Stations, golden) -> None:
    campaign = held_month(stations)

    paper = campaign.matter.papers.get(kind="contact_month_plan")

    golden("month-plan.txt", paper.text)


HANDLING = Handling(
    received=12, answered=9, late=1, rated=6, solved=3, partly=2, not_solved=1, satisfied=5, raised=1,
    by_category=(("养老和助残", 7), ("住房和小区", 5)), before=Handling(received=8, answered=8, rated=4, solved=1),
)  # fmt: skip


def test_the_report_reads_as_the_office_would_send_it(stations: Stations, golden) -> None:
    campaign = held_month(stations)
    for action in ("begin", "register", "route", "handle", "feed_back", "publish"):
        take(stations, campaign, action, on=AFTER)

    take(
        stations, campaign, "review", on=AFTER, findings="群众说得最多的是养老驿站关门早。",
        next_steps="建议列为监督议题。", handling=HANDLING,
    )  # fmt: skip

    golden("month-report.txt", campaign.matter.papers.get(kind="contact_month_report").text)


def test_the_report_of_a_month_that_is_on_says_so(stations: Stations) -> None:
    campaign = held_month(stations)

    paper = papers.month_report(campaign, today=TODAY + timedelta(days=3))

    assert "活动还在进行，数据截至2026年6月12日" in paper.paragraphs[0].text


def test_the_charts_of_the_report_survive_its_storage_and_open_in_word_and_as_pdf(stations: Stations) -> None:
    campaign = held_month(stations)
    for action in ("begin", "register", "route", "handle", "feed_back", "publish"):
        take(stations, campaign, action, on=AFTER)
    take(stations, campaign, "review", on=AFTER, findings="养老。", handling=HANDLING)
    issued = campaign.matter.papers.get(kind="contact_month_report")

    document = library.Document(BytesIO(as_docx(issued)))

    shown = papers.month_report(campaign, today=AFTER, handling=HANDLING, findings="养老。")
    assert from_json(issued.content) == shown
    titles = [paragraph.text for paragraph in document.paragraphs if paragraph.text.startswith("图")]
    assert len(titles) == len(document.tables) == 4
    assert document.tables[0].rows[0].cells[0].text == "松影里代表联络站"
    assert as_pdf(issued).startswith(b"%PDF")


def test_a_neighbour_sees_no_month(stations: Stations, neighbour: District) -> None:
    campaign = stations.month()

    assert queries.campaign_of(neighbour.congress.pk, campaign.pk) is None
    assert queries.campaigns(neighbour.congress.pk) == []
    with pytest.raises(ActRefused, match="没有这次活动"):
        actions.take(campaign.matter_id, "announce", actor=neighbour.clerk, on=TODAY, at=NOW)
