"""The hot topics at the desk: a list, a page each, and merging what belongs together."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings

from lvzhi.work.opinions import actions, learning
from lvzhi.work.opinions.models import HotTopic, Opinion
from tests.faces.desk.conftest import SignIn
from tests.fixtures.district import NOW, TODAY, District


@pytest.fixture
def topic(district: District, settings: Settings, tmp_path: Path) -> HotTopic:
    settings.HOME = tmp_path
    learning._read.clear()
    for said in ("下夜班", "商场下班", "医院探视"):
        district.opinion("听泉路晚上没有公交", f"听泉路晚上九点以后没有公交，{said}只能走回家。")
    return actions.reckon_topics(district.congress, today=TODAY, at=NOW)[0]


def test_a_topic_has_a_page_with_its_opinions_and_they_become_one(
    district: District, sign_in: SignIn, topic: HotTopic
) -> None:
    client = sign_in(district.clerk)
    assert topic.title in client.get("/desk/topics/").content.decode()
    page = client.get(f"/desk/topics/{topic.pk}/").content.decode()
    assert page.count("意 2026-000") >= 3
    assert "把还没分派的 2 件并入 意 2026-0001" in page

    after = client.post(f"/desk/topics/{topic.pk}/", follow=True).content.decode()

    assert "2 件已并入 意 2026-0001" in after
    assert Opinion.objects.of(district.congress).exclude(merged_into=None).count() == 2
    assert "没有可以并的意见了" in after


def test_a_working_body_reads_topics_and_merges_nothing(district: District, sign_in: SignIn, topic: HotTopic) -> None:
    client = sign_in(district.researcher)
    assert "并入" not in client.get(f"/desk/topics/{topic.pk}/").content.decode()

    client.post(f"/desk/topics/{topic.pk}/")

    assert not Opinion.objects.of(district.congress).exclude(merged_into=None).exists()


def test_a_neighbours_topic_is_not_there(
    district: District, neighbour: District, sign_in: SignIn, topic: HotTopic
) -> None:
    assert sign_in(neighbour.clerk).get(f"/desk/topics/{topic.pk}/").status_code == 404
    assert sign_in(district.driver).get("/desk/topics/").status_code == 403
