"""A draw that strangers repeat: the list and the public seed alone say who is drawn."""

from __future__ import annotations

import json
import runpy
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lvzhi.core import trust
from lvzhi.core.trust import (
    FORMAT,
    Drawn,
    DrawRefused,
    canonical_list,
    draw,
    list_hash,
    read_list,
    share_interval,
    shares_of,
    verify_draw,
)
from lvzhi.core.trust.draw import below

CHECKER = Path(trust.__file__).with_name("check_draw.py")
SEED = "双色球 2026066 期 03 08 14 17 22 31 + 09"
NUMBERS = st.sets(st.integers(1, 9999).map(lambda serial: f"意 2026-{serial:04d}"), min_size=1, max_size=60)
STREETS = st.sampled_from(["听泉街道", "云溪街道", "青禾镇", ""])
SEEDS = st.text(min_size=1, max_size=40).filter(str.strip)


def numbers_of(drawn: list[Drawn]) -> list[str]:
    return [one.number for one in drawn]


def record(text: str, size: int, seed: str = SEED) -> dict[str, object]:
    return {
        "format": FORMAT,
        "list": text,
        "list_sha256": list_hash(text),
        "list_published_at": "2026-06-01T02:00:00+00:00",
        "drawn_at": "2026-06-09T02:00:00+00:00",
        "seed": seed,
        "size": size,
        "drawn": numbers_of(draw(text, seed=seed, size=size)),
    }


@given(NUMBERS, SEEDS, st.randoms(use_true_random=False))
def test_the_order_in_which_the_list_was_gathered_does_not_matter(numbers: set[str], seed: str, chance: object) -> None:
    gathered = sorted(numbers)
    chance.shuffle(gathered)  # type: ignore[attr-defined]

    again = canonical_list(gathered)

    assert again == canonical_list(numbers)
    assert draw(again, seed=seed, size=1) == draw(canonical_list(numbers), seed=seed, size=1)


@given(st.dictionaries(st.integers(1, 999).map(str), STREETS, min_size=1, max_size=60), SEEDS, st.data())
def test_nobody_is_drawn_twice_and_nobody_from_outside_the_list(
    members: dict[str, str], seed: str, data: st.DataObject
) -> None:
    size = data.draw(st.integers(1, len(members)))

    drawn = draw(canonical_list(members), seed=seed, size=size)

    assert len(drawn) == len(set(numbers_of(drawn))) == size
    assert all(members[one.number] == one.stratum for one in drawn)


@given(st.dictionaries(st.integers(1, 999).map(str), STREETS, min_size=2, max_size=60), SEEDS, st.data())
def test_a_bigger_sample_only_adds_to_a_smaller_one(members: dict[str, str], seed: str, data: st.DataObject) -> None:
    text = canonical_list(members)
    size = data.draw(st.integers(1, len(members) - 1))

    smaller, bigger = draw(text, seed=seed, size=size), draw(text, seed=seed, size=size + 1)

    assert set(smaller) < set(bigger)
    assert [one for one in bigger if one in set(smaller)] == smaller


@given(st.dictionaries(st.text(max_size=3), st.integers(1, 500), min_size=1, max_size=12), st.data())
def test_a_stratum_is_drawn_in_proportion_and_never_beyond_its_size(sizes: dict[str, int], data: st.DataObject) -> None:
    total = sum(sizes.values())
    size = data.draw(st.integers(0, total))

    shares = shares_of(sizes, size)

    assert sum(shares.values()) == size
    assert all(0 <= shares[name] <= sizes[name] for name in sizes)
    assert shares_of(sizes, total) == sizes


def test_shares_follow_the_members_of_each_stratum() -> None:
    assert shares_of({"听泉街道": 60, "云溪街道": 30, "青禾镇": 10}, 10) == {"听泉街道": 6, "云溪街道": 3, "青禾镇": 1}


def test_everyone_is_drawn_as_often_as_the_others() -> None:
    text, seeds, size, members = canonical_list(str(one) for one in range(20)), 2000, 5, 20

    counts = dict.fromkeys(read_list(text), 0)
    for seed in range(seeds):
        for one in draw(text, seed=f"第 {seed} 期", size=size):
            counts[one.number] += 1

    expected = seeds * size / members
    # Without replacement the variance is smaller by (members - size) / (members - 1); 43.8 is the 99.9 % quantile of
    # chi-square with 19 degrees of freedom. The seeds are fixed, so the outcome is the same every time.
    chi_square = sum((count - expected) ** 2 for count in counts.values()) / expected * (members - 1) / (members - size)
    assert chi_square < 43.8
    assert chi_square > 5.4, "as even as this only one draw in a thousand is"


def test_every_order_of_three_comes_as_often_as_the_others() -> None:
    text, seeds = canonical_list("甲乙丙"), 6000

    counts: dict[tuple[str, ...], int] = {}
    for seed in range(seeds):
        order = tuple(numbers_of(draw(text, seed=str(seed), size=3)))
        counts[order] = counts.get(order, 0) + 1

    assert len(counts) == 6
    assert sum((count - seeds / 6) ** 2 / (seeds / 6) for count in counts.values()) < 20.5  # 99.9 %, 5 degrees


def test_a_block_that_would_favour_some_is_thrown_away() -> None:
    assert [below(3, iter([9, 5]), space=10), below(3, iter([8]), space=10)] == [2, 2]
    assert [sum(below(3, iter([block, 0]), space=9) == rest for block in range(9)) for rest in range(3)] == [3, 3, 3]


@pytest.mark.parametrize(
    ("numbers", "why"),
    [
        (["意 1", "意 1"], "stands in the list twice"),
        ([""], "is empty"),
        (["意\n1"], "line break"),
        (["意\t1"], "a tab"),
    ],
)
def test_a_list_that_could_be_read_in_two_ways_is_refused(numbers: list[str], why: str) -> None:
    with pytest.raises(DrawRefused, match=why):
        canonical_list(numbers)


@pytest.mark.parametrize("text", ["甲\n乙\n", "甲\n甲\n", "甲", "甲\t东\t西\n", "甲\n\n", "甲\t\n"])
def test_a_list_not_in_its_one_form_is_refused(text: str) -> None:
    with pytest.raises(DrawRefused):
        draw(text, seed=SEED, size=1)


@pytest.mark.parametrize(("seed", "size"), [("", 1), (" \n", 1), (SEED, 0), (SEED, 3), (SEED, -1)])
def test_without_a_seed_or_beyond_the_list_nothing_is_drawn(seed: str, size: int) -> None:
    with pytest.raises(DrawRefused):
        draw(canonical_list(["意 1", "意 2"]), seed=seed, size=size)


def test_a_draw_once_published_comes_out_the_same_in_every_later_release() -> None:
    text = canonical_list({f"意 2026-{serial:04d}": "听泉街道" if serial % 3 else "青禾镇" for serial in range(1, 31)})

    assert list_hash(text) == "ac0797af116d5a5418268571fe18091bfe69b88e4fe155356e49f6e3f7ff4e08"
    assert numbers_of(draw(text, seed=SEED, size=6)) == [
        "意 2026-0016",
        "意 2026-0022",
        "意 2026-0014",
        "意 2026-0019",
        "意 2026-0030",
        "意 2026-0021",
    ]


@given(st.dictionaries(st.integers(1, 999).map(str), STREETS, min_size=1, max_size=40), SEEDS, st.data())
def test_the_checker_that_strangers_download_draws_the_same(
    members: dict[str, str], seed: str, data: st.DataObject
) -> None:
    file = record(canonical_list(members), data.draw(st.integers(1, len(members))), seed)

    assert CHECK(file) == ""
    assert verify_draw(file) == file["size"]


CHECK = runpy.run_path(str(CHECKER))["check"]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"seed": "另一期"}, "is drawn as"),
        ({"list": "意 1\n"}, "not the one whose hash was published"),
        ({"drawn": ["意 1"]}, "2 are drawn, but the file names 1"),
        ({"size": 1}, "1 are drawn, but the file names 2"),
        ({"format": "lvzhi-draw-2"}, "of the format"),
        ({"drawn_at": "2026-06-01T02:00:00+00:00"}, "not published before the draw"),
    ],
)
def test_a_published_draw_that_was_touched_is_found_out(change: dict[str, object], why: str) -> None:
    text = canonical_list(["意 1", "意 2", "意 3"])
    touched = record(text, 2) | change
    if why.startswith("2 are drawn"):
        touched["drawn"] = numbers_of(draw(text, seed=SEED, size=2))[:1]

    with pytest.raises(DrawRefused, match=why):
        verify_draw(touched)


def test_a_file_that_leaves_something_out_says_what() -> None:
    with pytest.raises(DrawRefused, match="does not say its drawn, seed"):
        verify_draw({"format": FORMAT, "list": "", "list_sha256": "", "size": 1})


def test_the_downloaded_checker_runs_alone(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.json", tmp_path / "bad.json"
    file = record(canonical_list(["意 1", "意 2", "意 3"]), 2)
    good.write_text(json.dumps(file), "utf-8")
    bad.write_text(json.dumps(file | {"seed": "另一期"}), "utf-8")
    alone = tmp_path / "check_draw.py"
    alone.write_bytes(CHECKER.read_bytes())

    done = [subprocess.run([sys.executable, "-I", alone, path], capture_output=True, text=True) for path in (good, bad)]

    assert [run.returncode for run in done] == [0, 1]
    assert "核对无误" in done[0].stdout
    assert "抽出来的不是这些" in done[1].stdout


def test_the_page_of_python_in_the_description_draws_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = (Path(__file__).parents[3] / "docs/explanation/draw.md").read_text("utf-8")
    told = page.split("```python\n")[1].split("```")[0]
    file = record(canonical_list(f"意 2026-{serial:04d}" for serial in range(1, 31)), 7)
    (tmp_path / "2026-01.json").write_text(json.dumps(file), "utf-8")
    monkeypatch.chdir(tmp_path)

    exec(told, {})
    (tmp_path / "2026-01.json").write_text(json.dumps(file | {"seed": "另一期"}), "utf-8")
    with pytest.raises(AssertionError):
        exec(told, {})


@given(st.integers(1, 400), st.data())
def test_the_share_found_lies_in_its_interval(total: int, data: st.DataObject) -> None:
    count = data.draw(st.integers(0, total))

    found = share_interval(count, total)

    assert 0 <= found.low <= count / total <= found.high <= 1
    assert share_interval(count * 4, total * 4).high - share_interval(count * 4, total * 4).low < found.high - found.low


def test_the_interval_is_the_one_of_the_tables() -> None:
    found = share_interval(8, 10)

    assert (round(found.low, 3), round(found.high, 3)) == (0.49, 0.943)  # Wilson, 95 %


@pytest.mark.parametrize(("count", "total"), [(0, 0), (3, 2), (-1, 2)])
def test_there_is_no_share_of_nothing(count: int, total: int) -> None:
    with pytest.raises(ValueError, match="not a share"):
        share_interval(count, total)
