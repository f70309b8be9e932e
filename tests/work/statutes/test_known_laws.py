"""Laws known by name and day alone, and the rules of the made-up district that cite them."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lvzhi.core.law import Status
from lvzhi.faces.commands.district.load import load_texts, tell_correction
from lvzhi.records.people.models import Account
from lvzhi.work.statutes import actions, queries
from lvzhi.work.statutes.models import Citation, Edition, Work
from tests.fixtures.district import NOW, District, _person
from tests.fixtures.statutes import Statutes

pytestmark = pytest.mark.django_db
OVERSIGHT = "各级人民代表大会常务委员会监督法"
TODAY = date(2026, 6, 9)


def test_a_law_known_by_name_gives_its_citations_law_article_and_edition(statutes: Statutes) -> None:
    congress = statutes.district.congress.pk
    assert actions.know(congress, [f"{OVERSIGHT}(2006-08-27)", f"{OVERSIGHT}(2024-11-08)"]) == 1
    statutes.link()

    work = queries.work_of(congress, OVERSIGHT)
    assert work is not None
    assert (work.kind, work.level, queries.status(work, TODAY)) == ("law", "national", Status.IN_FORCE)
    assert queries.editions_of(work) == []
    cited = list(queries.cited_by(work, "art_3"))
    assert {(row.outcome, queries.cited_day(row)) for row in cited} == {("unread", date(2006, 8, 27))}
    assert len(cited) == 2
    with CaptureQueriesContext(connection) as seen:
        for edition in queries.editions_of(statutes.work("议事规则")):
            [(queries.cited_day(row), row.cited) for row in queries.citations_in(edition)]
    assert len(seen) == 4  # the work, its editions, the citations of each


def test_knowing_a_law_again_changes_nothing(statutes: Statutes) -> None:
    congress = statutes.district.congress.pk
    names = [f"{OVERSIGHT}(2006-08-27)", "云麓区示例条例"]
    assert actions.know(congress, names) == 2
    statutes.link()

    assert actions.know(congress, names) == 0
    assert not Edition.objects.of(congress).filter(is_linked=False).exists()


def test_a_law_whose_text_is_held_is_left_as_its_text_says(statutes: Statutes) -> None:
    before = statutes.work("文件备案办法").changes

    assert actions.know(statutes.district.congress.pk, ["云麓区规范性文件备案办法(1999-01-01)"]) == 0
    assert statutes.work("文件备案办法").changes == before


def test_the_made_up_districts_rules_come_in_without_an_oddity(district: District) -> None:
    assert load_texts(district.congress, at=NOW) == 9
    assert load_texts(district.congress, at=NOW) == 0

    editions = Edition.objects.of(district.congress).published()
    assert [edition.oddities for edition in editions if edition.oddities] == []
    assert Work.objects.of(district.congress).filter(editions__isnull=False).distinct().count() == 7
    assert {queries.status(work, TODAY) for work in queries.works(district.congress.pk, on=TODAY)} == {
        Status.IN_FORCE, Status.REPEALED, Status.NOT_YET_IN_FORCE
    }  # fmt: skip


def test_the_made_up_districts_office_puts_a_text_right_once(district: District) -> None:
    _person(district.congress, "guoliheng", "郭立衡", "filing_review_office", None)
    Account.objects.filter(username="yunlu-guoliheng").update(username="guoliheng")
    load_texts(district.congress, at=NOW)

    assert tell_correction(district.congress, on=TODAY, at=NOW)
    assert not tell_correction(district.congress, on=TODAY, at=NOW)

    work = Work.objects.of(district.congress).get(key="明川市云麓区人民代表大会常务委员会议事规则")
    _old, new = queries.editions_of(work)
    assert (new.reason, new.replaces.state) == ("与常委会公报核对，第二十七条漏“正常”二字", "superseded")
    assert load_texts(district.congress, at=NOW) == 0
    assert len(list(queries.broken(district.congress.pk))) == 2


def test_the_made_up_districts_rules_cite_what_is_there_but_for_two_on_purpose(district: District) -> None:
    load_texts(district.congress, at=NOW)

    found = [(row.edition.work.key[-8:], row.outcome, row.eid) for row in queries.broken(district.congress.pk)]
    assert found == [
        ("决定重大事项规定", "unit_missing", "art_28__item_4"),
        ("大工作条例》办法", "law_repealed", "art_3"),
    ]
    rest = Citation.objects.of(district.congress).exclude(outcome__in=["unit_missing", "law_repealed"])
    assert set(rest.values_list("outcome", flat=True)) == {"found", "unread"}


def test_a_work_with_a_text_of_one_edition_only_shows_that_edition_before_it_began(statutes: Statutes) -> None:
    work = statutes.work("文件备案办法")
    assert queries.edition_on(work, date(2000, 1, 1)) is None
    shown = queries.edition_shown(work, date(2000, 1, 1))
    assert shown is not None
    assert shown.day == date(2010, 5, 6)
