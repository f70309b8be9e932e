"""On which days a matter can be opened."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from lvzhi.records.matters.refusals import NotAllowed
from lvzhi.records.people.actor import citizen
from lvzhi.work.opinions import actions
from tests.fixtures.district import District

WORDS = actions.Words(subject="夜里没有公交车", text="听泉路晚上没有公交车，只能走回家。")


def test_an_opinion_can_be_handed_in_on_the_29th_of_february(district: District) -> None:
    at = datetime(2028, 2, 29, 2, 0, tzinfo=UTC)

    receipt = actions.submit(
        congress=district.congress, words=WORDS, actor=citizen(district.congress), on=date(2028, 2, 29), at=at
    )

    assert receipt.opinion.matter.opened_on == date(2028, 2, 29)


@pytest.mark.parametrize("on", [date(1900, 1, 1), date(2999, 12, 31), date.max, date.min])
def test_a_matter_is_not_opened_outside_the_years_there_are(district: District, on: date) -> None:
    at = datetime(2026, 6, 9, 2, 0, tzinfo=UTC)

    with pytest.raises(NotAllowed, match="不在可用的日期范围内"):
        actions.submit(congress=district.congress, words=WORDS, actor=citizen(district.congress), on=on, at=at)
