"""What is learned from clerks' decisions, the tree of topics, and the groups of a week."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import Settings

from lvzhi.records.jobs.worker import work
from lvzhi.records.people.actor import citizen
from lvzhi.work.opinions import actions, learning, likeness, queries, topics
from lvzhi.work.opinions.actions import hot
from lvzhi.work.opinions.models import HotTopic, Opinion, Sketch
from tests.fixtures.district import NOW, TODAY, District

BUS = [
    "听泉路晚上九点以后就没有公交了，下夜班只能走回家。",
    "公交末班车太早，十点下班坐不到车，请延长末班。",
    "上班高峰公交等了四十分钟，班次太少，车上挤不上去。",
]
HEAT = [
    "家里暖气不热，室温只有十四度，老人受不了。",
    "小区供暖管道漏水，物业一直不来修，屋里返潮。",
    "楼上漏水把天花板泡了，物业互相推，房子没法住。",
]


@pytest.fixture(autouse=True)
def a_home(settings: Settings, tmp_path: Path) -> Iterator[None]:
    settings.HOME = tmp_path
    learning._read.clear()
    yield
    learning._read.clear()


def handled(district: District, times: int = 12) -> None:
    """What clerks decided: buses to the transport bureau, homes to the housing committee."""
    for number in range(times):
        for texts, body, category in ((BUS, district.transport, "transport"), (HEAT, district.housing, "housing")):
            text = f"{texts[number % 3]}第{number}次反映。"
            opinion = district.opinion(text[:12], text).opinion
            decision = actions.Decision(body, category=category)
            actions.dispatch(opinion.matter_id, decision, actor=district.clerk, on=TODAY, at=NOW)


def test_before_anything_was_decided_words_stand_in(district: District) -> None:
    found = learning.suggest(district.congress, "夜里没有公交", BUS[0])

    assert found.categories[0].key == "transport"
    assert "公交" in found.categories[0].words
    assert found.topics[0].key == "出行和停车/公共交通/公交线路和班次"
    assert found.bodies[0].key == str(district.transport.pk)


def test_a_subject_the_congress_does_not_have_is_never_suggested(district: District) -> None:
    district.congress.settings = {"opinion_categories": [{"key": "housing", "zh": "住房和小区", "en": "Housing"}]}
    district.congress.save()

    found = learning.suggest(district.congress, "夜里没有公交", BUS[0])

    assert [guess.key for guess in found.categories if guess.key != "housing"] == []
    assert all(guess.under in ("", "housing") for guess in found.topics)


def test_a_model_is_learned_from_what_clerks_decided_and_says_which_words_decided(
    district: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(learning, "LEAST_DECIDED", 20)
    handled(district)
    assert learning.is_due(district.congress)

    made = learning.learn(district.congress, at=NOW)

    assert (made.decided, made.models) == (24, ("category", "body"))
    assert not learning.is_due(district.congress)
    found = learning.suggest(district.congress, "夜班公交", "夜班下班以后没有公交，末班太早了。")
    assert found.categories[0].key == "transport"
    assert found.bodies[0].key == str(district.transport.pk)
    assert set(found.bodies[0].words) & {"公交", "末班", "夜班", "下班"}
    assert 0.5 < found.bodies[0].score <= 1


def test_a_body_that_was_dissolved_is_not_suggested(district: District, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(learning, "LEAST_DECIDED", 20)
    handled(district)
    learning.learn(district.congress, at=NOW)
    district.transport.active = False
    district.transport.save()

    found = learning.suggest(district.congress, "夜班公交", BUS[0])

    assert str(district.transport.pk) not in [guess.key for guess in found.bodies]


def test_a_damaged_model_is_as_good_as_none(district: District) -> None:
    folder = learning.folder(district.congress.pk)
    folder.mkdir(parents=True)
    for name in ("category.model", "body.model", "frequency.bin", "learned.json"):
        (folder / name).write_bytes(b"no model\n\x00\x01")

    found = learning.suggest(district.congress, "夜里没有公交", BUS[0])

    assert found.categories[0].key == "transport"
    assert learning.frequency(district.congress.pk).total == 0


def test_too_few_decisions_teach_nothing(district: District) -> None:
    handled(district, 2)

    assert learning.learn(district.congress, at=NOW).models == ()


def test_another_tree_is_taken_whole_or_not_at_all(district: District) -> None:
    rows = [
        {"l1": "交通运输", "l2": "公共交通", "l3": "公交线路"},
        {"l1": "出行和停车", "l2": "停车", "l3": "车位"},
    ]

    assert topics.replace_tree(district.congress, rows) == 2
    assert topics.known(district.congress) == {
        "交通运输/公共交通/公交线路": "transport", "出行和停车/停车/车位": "transport",
    }  # fmt: skip
    with pytest.raises(ValueError, match="Row 2"):
        topics.replace_tree(district.congress, [rows[0], {"l1": "", "l2": "x", "l3": "y"}])
    assert len(topics.known(district.congress)) == 2


def test_the_tree_that_comes_along_is_whole() -> None:
    leaves = topics.leaves()

    assert len({leaf.category for leaf in leaves}) == 14
    assert len({(leaf.category, leaf.group, leaf.name) for leaf in leaves}) == len(leaves)
    assert all(leaf.words for leaf in leaves)


TREE = Path(__file__).parents[4] / "shared" / "data" / "messages" / "label_tree.jsonl"


@pytest.mark.skipif(not TREE.exists(), reason="../shared/data/messages/label_tree.jsonl is not at hand")
def test_a_tree_of_517_topics_finds_its_subjects(district: District) -> None:
    lines = TREE.read_text("utf-8").splitlines()

    count = topics.replace_tree(district.congress, [json.loads(line) for line in lines])

    assert count > 400
    found = topics.known(district.congress)
    assert {subject for path, subject in found.items() if path.endswith("/公共汽车")} == {"transport"}


def test_alike_opinions_are_found_by_keys_and_say_why(district: District) -> None:
    for text in (*BUS, *HEAT):
        district.opinion(text[:12], text)
    while work(at=timezone.now()):
        pass
    new = district.opinion("听泉路晚上没有公交", "听泉路晚上没有公交车，下夜班只能走回家，请加末班。").opinion
    assert Sketch.objects.of(district.congress).exists()

    found = likeness.find(new, likeness.report_of(new))

    best = Opinion.objects.of(district.congress).get(pk=found[0].opinion)
    assert best.text == BUS[0]
    assert "公交" in found[0].words
    assert found[0].reasons


def submitted(district: District, text: str, on: date) -> Opinion:
    words = actions.Words(subject=text[:14], text=text)
    at = NOW - (TODAY - on)
    return actions.submit(
        congress=district.congress, words=words, actor=citizen(district.congress), on=on, at=at
    ).opinion


def week(district: District) -> None:
    for place, day in ((0, 1), (1, 2), (2, 3), (0, 9)):
        said = ("下夜班", "商场下班", "医院探视", "晚自习")[place]
        submitted(district, f"听泉路晚上九点以后没有公交，{said}只能走回家", TODAY - timedelta(days=day))
    for _n in range(5):
        submitted(district, "专业代开发票，点数低，欢迎来电咨询", TODAY)


def test_a_weeks_topic_counts_what_was_said_and_not_how_often_it_was_sent(district: District) -> None:
    week(district)

    made = actions.reckon_topics(district.congress, today=TODAY, at=NOW)

    assert [(topic.size, topic.last_week) for topic in made] == [(3, 1)]
    assert "听泉" in made[0].title
    assert made[0].week.weekday() == 0
    assert queries.hot_topics(district.congress.pk) == made


def test_a_topic_reckoned_again_keeps_its_page(district: District) -> None:
    week(district)
    before = actions.reckon_topics(district.congress, today=TODAY, at=NOW)[0]
    submitted(district, "听泉路晚上九点以后没有公交，加班的人只能走回家", TODAY)

    after = actions.reckon_topics(district.congress, today=TODAY, at=NOW)[0]

    assert (after.pk, after.size) == (before.pk, 4)
    assert HotTopic.objects.of(district.congress).count() == 1


def test_a_topic_of_more_opinions_than_are_written_at_once_has_them_all(
    district: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hot, "AT_ONCE", 1)
    week(district)
    submitted(district, "听泉路晚上九点以后没有公交，加班的人只能走回家", TODAY)
    made = actions.reckon_topics(district.congress, today=TODAY, at=NOW)[0]
    assert made.opinions.count() == 4

    gone = made.opinions.order_by("pk")[0]
    Opinion.objects.of(district.congress).filter(pk=gone.pk).update(is_suspected=True)
    again = actions.reckon_topics(district.congress, today=TODAY, at=NOW)[0]

    assert again.pk == made.pk
    assert again.opinions.count() == 3
    assert not again.opinions.filter(pk=gone.pk).exists()
