"""Reports of the same event find one another; reports of another issue at the same place stay apart."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.texts import said
from lvzhi.core.text import Frequency, Report, cluster, compare, gathered, rank, sketch, topic
from lvzhi.core.text.events import joined
from lvzhi.core.text.events_index import KEYS, PROMISING, indexed
from lvzhi.core.text.measures import score_events

LAMPS = [
    ("竹影里小区门口烧烤摊油烟扰民", "竹影里小区北门的烧烤摊每天晚上冒油烟，住户不敢开窗，请城管来管一管烧烤摊。"),
    ("请管管竹影里小区北门的烧烤摊油烟", "我住竹影里小区，北门烧烤摊油烟很大，晚上呛得睡不着，希望城管查处烧烤摊。"),
    ("竹影里小区烧烤摊油烟又来了", "反映过的竹影里小区北门烧烤摊，油烟还是往楼上冒，孩子咳嗽，请城管处理。"),
]
OTHER = ("竹影里小区电梯三天两头坏", "竹影里小区五号楼的电梯一个月坏了五次，维保单位说没有配件，老人下不了楼。")


@pytest.fixture(scope="module")
def pool() -> tuple[dict[str, Report], Frequency]:
    random = Random(5)
    reports = {}
    for place in range(400):
        one = said(random)
        reports[f"m{place}"] = Report.of(one.subject, one.text)
    for place, (subject, text) in enumerate(LAMPS):
        reports[f"lamp{place}"] = Report.of(subject, text)
    reports["other"] = Report.of(*OTHER)
    return reports, Frequency.of(reports.values())


def test_reports_of_one_event_come_into_one_group_and_another_issue_there_does_not(pool):
    reports, frequency = pool
    groups = {name: place for place, group in enumerate(cluster(reports, frequency)) for name in group}

    assert len({groups["lamp0"], groups["lamp1"], groups["lamp2"]}) == 1
    assert groups["other"] != groups["lamp0"]


def test_every_report_is_in_exactly_one_group(pool):
    reports, frequency = pool

    assert sorted(name for group in cluster(reports, frequency) for name in group) == sorted(reports)


def test_a_new_message_finds_its_event_without_scanning(pool):
    reports, frequency = pool
    index, keys = indexed(reports, frequency)
    near = index.near(keys["lamp0"], but="lamp0")

    best = rank(reports["lamp0"], [(name, reports[name]) for name in near], frequency)

    assert {name for name, _ in best[:2]} == {"lamp1", "lamp2"}
    assert {"烧烤摊", "竹影", "油烟"} & set(best[0][1].words)
    assert "same_issue" in best[0][1].reasons


def test_the_order_of_two_reports_makes_no_difference(pool):
    reports, frequency = pool

    assert compare(reports["lamp0"], reports["other"], frequency).score == pytest.approx(
        compare(reports["other"], reports["lamp0"], frequency).score
    )


def test_a_report_has_few_keys_that_fit_a_database(pool):
    reports, frequency = pool

    for report in reports.values():
        keys = sketch(report, frequency)
        assert len(keys) <= KEYS
        assert all(0 <= key < 2**63 for key in keys)


def test_a_key_that_everybody_uses_is_read_only_so_far():
    asked = []

    def read(key: int, newest: int) -> list[int]:
        asked.append(newest)
        return list(range(newest))

    def have(keys: list[int], names: list[int]) -> list[tuple[int, int]]:
        asked.append(len(names))
        return [(7, 1), (7, 2)]

    assert gathered(range(6), read, have, most=30, newest=200)[0] == 7
    assert asked == [1000, 1000, 1000, 1000, 200, 200, PROMISING]


def test_an_old_message_of_one_place_is_found_among_new_ones_of_an_issue_everybody_has():
    place, issue, both = list(range(300, 0, -1)), list(range(100_000, 300, -1)), [7, 13]

    def read(key: int, newest: int) -> list[int]:
        return (issue if key else place)[:newest]

    def have(keys: list[int], names: list[int]) -> list[tuple[int, int]]:
        return [(name, key) for name in names for key in keys if (name > 300 or name in both if key else name <= 300)]

    assert sorted(gathered([0, 1], read, have, most=2, newest=200)) == both


def test_frequencies_survive_being_stored(pool):
    _, frequency = pool
    again = Frequency.from_bytes(frequency.to_bytes())

    assert (again.total, again.rarity("烧烤摊")) == (frequency.total, frequency.rarity("烧烤摊"))
    with pytest.raises(ValueError, match="no frequencies"):
        Frequency.from_bytes(b"x")


def test_an_empty_message_is_compared_with_nothing_bad_happening(pool):
    reports, frequency = pool
    empty = Report.of("", "")

    assert sketch(empty, frequency) == []
    assert 0 <= compare(empty, reports["lamp0"], frequency).score <= 1


def test_a_chance_likeness_does_not_chain_two_groups_together():
    first, second = [f"a{n}" for n in range(4)], [f"b{n}" for n in range(4)]
    likely = {(x, y): 0.95 for group in (first, second) for x in group for y in group if x < y}
    likely[("a0", "b0")] = 0.9

    assert [sorted(group) for group in joined([*first, *second], likely)] == [first, second]


@given(
    st.integers(1, 9).flatmap(
        lambda count: st.dictionaries(
            st.tuples(st.integers(0, count), st.integers(0, count)).filter(lambda pair: pair[0] < pair[1]),
            st.floats(0, 1),
        )
    )
)
def test_joining_never_loses_or_doubles_a_report(likely):
    names = list(range(10))

    groups = joined(names, likely)

    assert sorted(name for group in groups for name in group) == names


def test_a_group_is_named_by_the_subject_nearest_to_the_others(pool):
    _, frequency = pool

    found = topic([*LAMPS], frequency)

    assert found.title in {subject for subject, _ in LAMPS} | {"请管管竹影里小区北门的烧烤摊油烟"}
    assert {"烧烤摊", "油烟"} & set(found.words)
    assert any("竹影里" in place for place in found.places)
    with pytest.raises(ValueError, match="no name"):
        topic([], frequency)


def test_perfect_groups_score_one_and_one_large_group_scores_badly():
    gold = {"a": "E1", "b": "E1", "c": "-", "d": "-"}

    assert score_events(gold, [["a", "b"], ["c"], ["d"]]) == {"b3_f1": 1.0, "pair_f1": 1.0, "singles_kept": 1.0}
    bad = score_events(gold, [["a", "b", "c", "d"]])
    assert bad["singles_kept"] == 0.0
    assert bad["b3_f1"] == pytest.approx(2 / 3)
