"""What the reading pages ask: who cites what today, and what the library holds; and what an index is made of."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from lvzhi.records.jobs.models import Job
from lvzhi.work.statutes import indexing, queries
from tests.fixtures.district import NOW, TODAY, District
from tests.fixtures.statutes import Statutes, make_statutes

RULES = "常务委员会议事规则"
MANY = tuple(
    f"# 云麓区示范办法之{n}\n\n2025年1月{n}日 云麓区第八届人民代表大会常务委员会第二十三次会议通过\n\n"
    f"第一条 按照《云麓区人民代表大会常务委员会议事规则》第三条办理。\n\n第二条 按照第一条办理。\n"
    for n in range(1, 4)
)


@pytest.fixture(autouse=True)
def own_index(settings: Any, tmp_path: Path) -> None:
    """No test finds what another has indexed."""
    settings.LVZHI_LAWS_INDEX = tmp_path / "laws-index"
    settings.LVZHI_LAWS_MODEL = tmp_path / "laws-model"
    indexing._open.clear()


def test_each_place_counts_once_and_only_in_texts_that_still_stand(statutes: Statutes) -> None:
    rules = statutes.work(RULES)

    # 备案审查办法 names 第三条 and 第九条, which it does not have; what the rules say of themselves does not count.
    assert queries.cited_counts(rules, on=TODAY) == {"art_3": 1, "art_9": 1}
    assert [row.unit for row in queries.cited_now(rules, "art_3", on=TODAY)] == ["art_1__para_1"]


def test_an_older_edition_of_a_citing_text_no_longer_counts(statutes: Statutes) -> None:
    statutes.publish(
        "# 云麓区规范性文件备案审查办法\n\n2022年9月8日 云麓区第八届人民代表大会常务委员会第六次会议通过\n\n"
        "2025年9月8日 云麓区第八届人民代表大会常务委员会第三十次会议修订\n\n第一条 本办法另行规定。\n\n"
        "第二条 本办法自2025年10月1日起施行。\n"
    )
    statutes.link()

    assert queries.cited_counts(statutes.work(RULES), on=TODAY) == {}
    assert queries.cited_counts(statutes.work(RULES), on=date(2025, 9, 30))["art_3"] == 1


def test_what_the_library_holds_is_counted_by_kind_and_level(statutes: Statutes) -> None:
    held = queries.held(statutes.district.congress.pk)

    assert (held.works, held.editions) == (4, 5)
    assert sum(held.kinds.values()) == 4
    assert set(held.levels) == {"district"}


@pytest.mark.parametrize("texts", [MANY[:1], MANY], ids=["one", "many"])
def test_each_query_costs_the_same_however_much_is_held(
    district: District, texts: tuple[str, ...], django_assert_num_queries: Any
) -> None:
    statutes = make_statutes(district, texts)
    congress, work = district.congress.pk, statutes.work("之1")
    edition = queries.editions_of(work)[0]

    with django_assert_num_queries(2):
        queries.held(congress)
    with django_assert_num_queries(1):
        assert len(queries.newest(congress, limit=9)) == len(texts)
    with django_assert_num_queries(1):
        found = queries.holding(congress, ("议事规则",), on=TODAY)
        assert [len(each.source) > 0 and each.work.key for each in found]
    with django_assert_num_queries(1):
        assert [cited.eid for cited in queries.places_cited(edition)] == ["art_3", "art_1"]
    with django_assert_num_queries(1):
        queries.cited_counts(work, on=TODAY)
    with django_assert_num_queries(1):
        assert queries.settled_state(edition)
    with django_assert_num_queries(1):
        queries.citing_page(work, "art_1", on=TODAY, after="2025-01-01.1.0.x", limit=2)
    with django_assert_num_queries(1):
        assert len(list(indexing.articles_of(district.congress, TODAY))) == 2 * len(texts)


def test_an_index_is_due_until_it_was_built_and_after_every_change(statutes: Statutes) -> None:
    congress = statutes.district.congress
    assert indexing.is_due(congress)

    assert [report.works for report in indexing.rebuild_when_due(congress, lambda: TODAY)] == [4]

    assert not indexing.is_due(congress)
    assert indexing.rebuild_when_due(congress, lambda: TODAY) == []
    statutes.publish(MANY[0], at=NOW + timedelta(hours=1))
    assert indexing.is_due(congress)


def test_an_index_of_another_version_is_due(statutes: Statutes) -> None:
    congress = statutes.district.congress
    indexing.rebuild(congress, TODAY)
    (about,) = indexing.folder_of(congress).glob("*/about.json")
    about.write_text('{"format": -1}', "utf-8")
    indexing._open.clear()

    assert indexing.index_of(congress) is None
    assert indexing.is_due(congress)


def test_an_index_knows_how_each_edition_stands(statutes: Statutes) -> None:
    found = {(each.work, each.edition): each for each in indexing.articles_of(statutes.district.congress, TODAY)}
    rules = statutes.work(RULES).key

    old, new = found[rules, date(2018, 3, 1)], found[rules, date(2024, 6, 20)]
    assert (old.status, old.until) == ("amended", date(2024, 7, 1))
    assert (new.status, new.until, new.level, new.region) == ("in_force", None, "district", "云麓区")


def test_an_embedding_endpoint_that_is_away_costs_the_library_no_index(statutes: Statutes, settings: Any) -> None:
    library = statutes.district.congress
    settings.LVZHI_EMBEDDING_URL = "http://127.0.0.1:9/v1/embeddings"

    assert indexing.rebuild(library, TODAY).articles > 0

    assert indexing.index_of(library) is not None


def test_a_publication_starts_the_rebuilding_only_where_it_is_set(
    statutes: Statutes, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[object] = []

    class Process:
        def __init__(self, command: object, **_more: object) -> None:
            started.append(command)

        def poll(self) -> None:
            """Still at it."""

    monkeypatch.setattr("subprocess.Popen", Process)
    indexing._child.clear()
    job = Job(congress=statutes.district.congress, kind="edition-published", run_at=NOW)

    settings.LVZHI_REINDEX = []
    indexing.after_published(job, NOW)
    assert started == []
    settings.LVZHI_REINDEX = ["lvzhi", "laws", "index"]
    indexing.after_published(job, NOW)
    indexing.after_published(job, NOW)  # the first is still at it
    indexing._child.clear()

    assert started == [["lvzhi", "laws", "index"]]


def test_the_state_of_an_edition_is_empty_while_citations_wait_and_another_after_each_change(
    statutes: Statutes, neighbour: District
) -> None:
    edition = queries.editions_of(statutes.work(RULES))[-1]
    before = queries.settled_state(edition)

    statutes.publish(MANY[0])
    waiting = queries.settled_state(edition)
    statutes.link()

    assert before
    assert waiting == ""
    assert queries.settled_state(edition) not in ("", before)


def test_the_citations_of_an_article_come_in_pages_that_neither_repeat_nor_leave_out(statutes: Statutes) -> None:
    for text in MANY:
        statutes.publish(text)
    statutes.link()
    rules = statutes.work(RULES)
    whole = [row.pk for row in queries.cited_now(rules, "", on=TODAY)]
    found, after = [], ""
    for _ in range(10):
        got = queries.citing_page(rules, "", on=TODAY, after=after, limit=2)
        found += [row.pk for row in got.rows]
        after = got.after
        if not after:
            break

    assert found == whole
    assert len(found) == 5
