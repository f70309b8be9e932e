"""Files of messages: what cannot be read is reported row by row, the rest is taken whole, and twice is once."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as budget
from hypothesis import strategies as st

from lvzhi.faces.commands.importing import _write
from lvzhi.records.matters.models import Matter
from lvzhi.work.opinions import imports
from lvzhi.work.opinions.models import Opinion
from tests.bad_input.conftest import counts, unclean, without_trace
from tests.bad_input.hostile import TEN_MEGABYTES, TEXTS
from tests.fixtures.district import TODAY, District

GOOD: dict[str, Any] = {
    "id": "R-1", "subject": "夜里没有公交车", "time": "2025/4/24 15:40:04",
    "text": "听泉路晚上没有公交车，只能走回家。", "reply": "末班车已经延长。", "reply_time": "2025/5/6 9:00:00",
}  # fmt: skip


def line(**changed: Any) -> str:
    """A good row with something changed."""
    return json.dumps({**GOOD, **changed}, ensure_ascii=True)


def take(district: District, data: bytes | str, *, as_dated: bool = False) -> imports.Outcome:
    """Import a file, as the command does."""
    plan = imports.Plan.of(district.congress, today=TODAY, as_dated=as_dated)
    outcome = imports.Outcome()
    for row in imports.read(data.encode() if isinstance(data, str) else data):
        imports.take(row, plan, outcome)
    return outcome


@pytest.mark.parametrize("changed", [
    {"id": None}, {"id": ""}, {"id": "长" * 41}, {"id": "x" * 100_000}, {"id": {"a": 1}}, {"id": ["R"]},
    {"id": "R\x00"}, {"id": "R\u202e1"}, {"id": "R\ud800"}, {"id": 1e400}, {"time": None}, {"time": ""},
    {"time": "昨天"}, {"time": "1900-01-01"}, {"time": "2999-12-31"}, {"time": "2025-02-30"}, {"time": "0000-00-00"},
    {"time": "9" * 100_000}, {"time": {"year": 2025}}, {"time": "2025-04-24 25:61"}, {"time": "\ud800"},
    {"reply_time": None}, {"reply_time": "很久以后"}, {"reply_time": "1900-01-01"}, {"reply_time": "2999-12-31"},
    {"reply_time": "9999-12-31", "time": "1990-01-01"}, {"reply_time": "2025-04-24"}, {"subject": None},
    {"subject": ""}, {"subject": ["夜里"]}, {"subject": "\u200b\u200b\u200b"}, {"text": None}, {"text": "短"},
    {"text": {"a": "b"}}, {"text": "\u0000\u0001\u200b"}, {"text": "字" * 6000}, {"reply": "字" * 30_000},
], ids=lambda changed: str(changed)[:40])  # fmt: skip
def test_a_row_that_cannot_be_taken_is_reported_and_the_others_are_taken(
    district: District, tmp_path: Path, changed: dict[str, Any]
) -> None:
    data = "\n".join([line(id="前"), line(**changed), line(id="后")])

    outcome = take(district, data)

    assert outcome.taken == 2
    assert [number for number, _name, _why in outcome.rejected] == [2]
    assert all(2 < len(why) < 300 for _number, _name, why in outcome.rejected)
    assert Matter.objects.of(district.congress).count() == 2
    assert unclean() == []
    _write(tmp_path / "rejected.csv", outcome.rejected)
    assert (tmp_path / "rejected.csv").read_bytes().startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("data", [
    b"", b"\n\n\n", b"not json", b"[1, 2]\n3\n\"x\"\nnull\ntrue", b"{" * 100_000, b"[" * 100_000, b"\xff\xfe\x00",
    b"\x00" * 1000, b"\x89PNG\r\n\x1a\n" + bytes(range(256)), b"<html><body>", b"PK\x03\x04" + b"\x00" * 200,
    b'{"id": ' + b"9" * 5000 + b"}", b'{"id": 1, "id": 2}', b"{}", '{"id": "半'.encode()[:-1],
], ids=lambda data: repr(data[:12]))  # fmt: skip
def test_a_file_that_is_none_is_told_and_nothing_is_stored(district: District, data: bytes) -> None:
    before = counts()

    outcome = take(district, data)

    assert outcome.taken == 0
    assert counts() == before
    assert bool(outcome.rejected) == bool(data.strip(b"\n"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_a_file_in_any_usual_encoding_says_the_same(district: District, encoding: str) -> None:
    data = json.dumps(GOOD, ensure_ascii=False).encode(encoding)

    assert take(district, data).taken == 1
    assert Opinion.objects.of(district.congress).get().text == GOOD["text"]


@pytest.mark.parametrize("encoding", ["big5", "utf-32", "utf-16-be", "latin-1"])
def test_a_file_in_another_encoding_is_never_stored_as_other_words(district: District, encoding: str) -> None:
    data = json.dumps(GOOD, ensure_ascii=False).encode(encoding, "ignore")

    take(district, data)

    assert all(row.text in ("", GOOD["text"]) for row in Opinion.objects.of(district.congress))


def test_two_rows_with_one_number_are_one_message_and_a_report(district: District) -> None:
    outcome = take(district, "\n".join([line(), line(text="另一件事情，也很要紧。"), line(id="R-2")]))

    assert outcome.taken == 2
    assert [(number, name) for number, name, _why in outcome.rejected] == [(2, "R-1")]
    assert "第 1 行" in outcome.rejected[0][2]


def test_a_message_from_the_future_waits_until_it_has_come(district: District) -> None:
    before = counts()

    outcome = take(district, line(time="2050-01-01", reply="", reply_time=None), as_dated=True)

    assert outcome.taken == 0
    assert len(outcome.rejected) == 1
    assert counts() == before


def test_the_same_file_twice_changes_nothing(district: District) -> None:
    waiting, broken = line(id="R-2", reply="", reply_time=None), line(id="R-3", time="x")
    data = "\n".join([line(), waiting, line(), broken, "{", line(id=4)])
    first = take(district, data)
    before, hashes = counts(), set(Matter.objects.of(district.congress).values_list("last_hash", flat=True))

    second = take(district, data)

    assert (first.taken, second.taken, second.known) == (3, 0, 3)
    assert second.rejected == first.rejected
    assert counts() == before
    assert set(Matter.objects.of(district.congress).values_list("last_hash", flat=True)) == hashes


def test_ten_megabytes_in_one_row_are_refused_and_the_next_row_is_taken(district: District) -> None:
    huge = "字" * (TEN_MEGABYTES // 3)
    outcome = take(district, f"{json.dumps({**GOOD, 'text': huge}, ensure_ascii=False)}\n{huge}\n{line(id='后')}")

    assert outcome.taken == 1
    assert [number for number, *_rest in outcome.rejected] == [1, 2]
    assert all(len(why) < 300 for *_rest, why in outcome.rejected)


def test_hostile_words_are_taken_in_clean_or_not_at_all(district: District) -> None:
    rows = [line(id=f"R-{n}", subject=text[:50], text=text, reply=text) for n, text in enumerate(TEXTS.values())]

    outcome = take(district, "\n".join(rows))

    assert outcome.taken + len(outcome.rejected) == len(rows)
    assert outcome.taken > 10
    assert unclean() == []
    assert Matter.objects.of(district.congress).count() == outcome.taken


VALUES = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30) | st.lists(st.integers(), max_size=2)
)


@budget(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    changed=st.dictionaries(st.sampled_from(sorted(GOOD)), VALUES, max_size=3),
    said=st.datetimes(datetime(1, 1, 1), datetime(9999, 12, 31)),
    replied=st.datetimes(datetime(1, 1, 1), datetime(9999, 12, 31)),
    as_dated=st.booleans(),
)
def test_every_row_is_taken_whole_or_reported(
    district: District, changed: dict[str, Any], said: datetime, replied: datetime, as_dated: bool
) -> None:
    days = {"time": f"{said:%Y-%m-%d %H:%M:%S}".zfill(19), "reply_time": f"{replied:%Y-%m-%d %H:%M:%S}".zfill(19)}
    with without_trace():
        before = counts()
        outcome = take(district, line(**{**days, **changed}), as_dated=as_dated)

        assert outcome.taken + len(outcome.rejected) == 1
        assert (counts() == before) == (outcome.taken == 0)
