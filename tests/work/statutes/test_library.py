"""The library: which text holds on a day, what cites what, and that nothing published can be changed."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from lvzhi.core.law import Status
from lvzhi.work.statutes import queries
from lvzhi.work.statutes.actions.linking import link_batch
from lvzhi.work.statutes.catalogue import library_of
from lvzhi.work.statutes.models import Change, Citation, Edition, Work
from lvzhi.work.statutes.reading import SHELF
from tests.fixtures.district import District
from tests.fixtures.statutes import RULES_2018, Statutes, make_statutes

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 9)


def test_a_work_is_found_by_its_name_in_the_address(statutes: Statutes) -> None:
    congress = statutes.district.congress.pk
    with CaptureQueriesContext(connection) as seen:
        work = queries.work_of(congress, "云麓区规范性文件备案审查办法")

    assert work is not None
    assert (work.kind, work.level, work.region) == ("normative_document", "district", "云麓区")
    assert len(seen) == 1
    assert queries.work_of(congress, "云麓区没有的办法") is None


def test_a_new_edition_closes_the_old_one(statutes: Statutes) -> None:
    old, new = queries.editions_of(statutes.work("议事规则"))

    assert (old.day, old.effective, old.closed_on) == (date(2018, 3, 1), date(2018, 4, 1), date(2024, 7, 1))
    assert (new.day, new.effective, new.closed_on) == (date(2024, 6, 20), date(2024, 7, 1), None)
    assert queries.edition_status(old, TODAY) is Status.AMENDED
    assert queries.edition_status(new, TODAY) is Status.IN_FORCE
    assert queries.edition_status(new, date(2024, 6, 30)) is Status.NOT_YET_IN_FORCE


@pytest.mark.parametrize(
    ("day", "found"),
    [(date(2018, 3, 31), None), (date(2018, 4, 1), 2018), (date(2024, 6, 30), 2018), (date(2024, 7, 1), 2024)],
)
def test_the_edition_of_a_day_is_the_newest_that_had_taken_effect(
    statutes: Statutes, day: date, found: int | None
) -> None:
    edition = queries.edition_on(statutes.work("议事规则"), day)

    assert (edition.day.year if edition else None) == found


def test_a_text_that_repeals_another_ends_it(statutes: Statutes) -> None:
    old = statutes.work("文件备案办法")

    assert queries.status(old, date(2022, 9, 30)) is Status.IN_FORCE
    assert queries.status(old, date(2022, 10, 1)) is Status.REPEALED
    assert old.repealed_by == "云麓区规范性文件备案审查办法"


def test_what_is_not_yet_in_force_is_said_to_be_so(statutes: Statutes) -> None:
    assert queries.status(statutes.work("街道工作委员会工作办法"), TODAY) is Status.NOT_YET_IN_FORCE
    assert queries.status(statutes.work("街道工作委员会工作办法"), date(2027, 1, 1)) is Status.IN_FORCE


def test_lists_can_be_narrowed_by_status_and_words(statutes: Statutes) -> None:
    congress = statutes.district.congress.pk

    def keys(**asked: str) -> set[str]:
        return {work.key for work in queries.works(congress, on=TODAY, **asked)}

    assert len(keys()) == 4
    assert keys(status="repealed") == {"云麓区规范性文件备案办法"}
    assert keys(status="not_yet_in_force") == {"云麓区人民代表大会常务委员会街道工作委员会工作办法"}
    assert keys(words="备案 审查") == {"云麓区规范性文件备案审查办法"}
    assert keys(kind="law") == set()


def test_a_citation_leads_to_the_edition_in_force_when_it_was_written(statutes: Statutes) -> None:
    rules = statutes.work("议事规则")
    (citing,) = queries.cited_by(rules, "art_3")

    assert citing.edition.work.key == "云麓区规范性文件备案审查办法"
    assert citing.unit == "art_1__para_1"
    assert citing.cited_edition is not None
    assert citing.cited_edition.day == date(2018, 3, 1)
    assert citing.outcome == "found"


def test_what_cites_a_part_of_an_article_counts_for_the_article(statutes: Statutes) -> None:
    rules = statutes.work("议事规则")
    own = Citation.objects.of(rules.congress_id).filter(cited=rules, name="", edition__day=date(2018, 3, 1))

    assert {citation.eid for citation in own} >= {"art_2__para_2"}
    assert not queries.cited_by(rules, "art_2").exists()


def test_a_citation_of_a_law_without_text_still_says_which_law_and_article(statutes: Statutes) -> None:
    edition = queries.editions_of(statutes.work("议事规则"))[0]
    first = queries.citations_in(edition)[0]

    assert first.name == "中华人民共和国各级人民代表大会常务委员会监督法"
    assert (first.cited, first.eid, first.outcome) == (None, "art_3", "law_unknown")


def test_broken_citations_are_the_missing_unit_and_the_repealed_law(statutes: Statutes) -> None:
    found = {(row.edition.work.key, row.outcome, row.eid) for row in queries.broken(statutes.district.congress.pk)}

    assert found == {
        ("云麓区规范性文件备案审查办法", "unit_missing", "art_9"),
        ("云麓区人民代表大会常务委员会街道工作委员会工作办法", "law_repealed", "art_1"),
    }


@pytest.mark.parametrize("field", ["source", "day", "effective", "title", "digest", "reason"])
def test_the_database_refuses_to_change_a_published_edition(statutes: Statutes, field: str) -> None:
    value = {"day": date(2000, 1, 1), "effective": date(2000, 1, 1)}.get(field, "改了")
    with pytest.raises(DatabaseError, match="stays as it is"), transaction.atomic():
        Edition.objects.of(statutes.district.congress).filter(day=date(2018, 3, 1)).update(**{field: value})


def test_the_database_refuses_to_remove_a_published_edition_or_make_it_a_draft(statutes: Statutes) -> None:
    rows = Edition.objects.of(statutes.district.congress).filter(day=date(2018, 3, 1))
    with pytest.raises(DatabaseError, match="stays as it is"), transaction.atomic():
        rows.update(state="draft", published_at=None)
    with connection.cursor() as cursor, pytest.raises(DatabaseError, match="stays as it is"), transaction.atomic():
        cursor.execute("DELETE FROM statutes_edition WHERE day = %s", [date(2018, 3, 1)])


def test_the_record_of_changes_only_grows(statutes: Statutes) -> None:
    rows = Change.objects.of(statutes.district.congress)
    assert rows.count() == 10
    with pytest.raises(DatabaseError, match="stays as it is"), transaction.atomic():
        rows.update(reason="另一个原因")


def test_the_structure_is_read_once_and_then_kept(statutes: Statutes) -> None:
    SHELF.clear()
    edition = queries.editions_of(statutes.work("议事规则"))[0]
    with CaptureQueriesContext(connection) as seen:
        document = queries.document_of(edition)
    assert len(seen) == 1
    assert document.join() == RULES_2018
    with CaptureQueriesContext(connection) as seen:
        assert queries.document_of(queries.editions_of(statutes.work("议事规则"))[0]) is document
    assert len(seen) == 2


def test_the_number_of_statements_does_not_grow_with_the_rows(statutes: Statutes, neighbour: District) -> None:
    one = make_statutes(neighbour, (RULES_2018,))

    def statements(library: Statutes) -> int:
        congress, work = library.district.congress.pk, library.work("议事规则")
        with CaptureQueriesContext(connection) as seen:
            list(queries.works(congress, on=TODAY))
            editions = queries.editions_of(work)
            queries.citations_in(editions[0])
            [row.edition.work.key for row in queries.cited_by(work)]
            [(row.edition.work.key, row.cited, row.cited_edition) for row in queries.broken(congress)]
        return len(seen)

    assert statements(one) == statements(statutes) == 5


def test_one_congress_never_sees_the_library_of_another(statutes: Statutes, neighbour: District) -> None:
    assert queries.work_of(neighbour.congress.pk, "云麓区规范性文件备案审查办法") is None
    assert list(queries.works(neighbour.congress.pk, on=TODAY)) == []
    assert Work.objects.of(neighbour.congress).count() == 0


def test_citations_linked_by_another_worker_are_not_stored_twice(statutes: Statutes) -> None:
    congress = statutes.district.congress.pk
    editions = queries.editions_of(statutes.work("议事规则"))
    before = Citation.objects.of(congress).count()
    library, works = library_of(congress)

    assert link_batch(editions, library, works) == 0
    assert Citation.objects.of(congress).count() == before


def test_many_editions_are_linked_in_as_many_statements_as_one(statutes: Statutes) -> None:
    congress = statutes.district.congress.pk

    def statements(editions: list[Edition]) -> int:
        Edition.objects.of(congress).filter(pk__in=[each.pk for each in editions]).update(is_linked=False)
        library, works = library_of(congress)
        with CaptureQueriesContext(connection) as seen:
            assert link_batch(editions, library, works) > 0
        return len(seen)

    every = list(queries.published_editions(congress))
    assert statements(every[-1:]) == statements(every) == 6  # with the savepoint around them
