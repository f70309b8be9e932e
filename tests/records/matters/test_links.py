"""Two matters tied together show each other."""

from __future__ import annotations

import pytest

from lvzhi.records.matters import queries
from lvzhi.records.matters.links import connect
from lvzhi.records.matters.models import Link
from lvzhi.records.matters.refusals import NotAllowed
from tests.fixtures.district import TODAY, District


def test_a_thread_is_seen_from_both_ends(district: District) -> None:
    opinion, other = district.matter("夜里没有公交车"), district.matter("公交站牌倒了")

    made = connect(opinion, number=other.number, kind=Link.Kind.RAISED, actor=district.clerk, on=TODAY)

    assert queries.links(opinion, actor=district.clerk) == [made] == queries.links(other, actor=district.clerk)


def test_the_same_thread_is_laid_once(district: District) -> None:
    opinion, other = district.matter("夜里没有公交车"), district.matter("公交站牌倒了")
    connect(opinion, number=other.number, kind=Link.Kind.RAISED, actor=district.clerk, on=TODAY)

    with pytest.raises(NotAllowed, match="已经这样连着"):
        connect(opinion, number=other.number, kind=Link.Kind.RAISED, actor=district.clerk, on=TODAY)

    assert Link.objects.of(district.congress).count() == 1


def test_a_matter_is_not_tied_to_itself_nor_to_a_number_nobody_has(district: District) -> None:
    matter = district.matter()

    for number, why in ((matter.number, "它自己"), ("意 2026-9999", "没有编号")):
        with pytest.raises(NotAllowed, match=why):
            connect(matter, number=number, kind=Link.Kind.LED_TO, actor=district.clerk, on=TODAY)


def test_neither_a_body_nor_a_neighbour_ties_matters(district: District, neighbour: District) -> None:
    matter, other = district.matter("夜里没有公交车"), district.matter("公交站牌倒了")

    for actor in (district.driver, neighbour.clerk):
        with pytest.raises(NotAllowed, match="工作人员"):
            connect(matter, number=other.number, kind=Link.Kind.RAISED, actor=actor, on=TODAY)

    assert not Link.objects.of(district.congress).exists()
