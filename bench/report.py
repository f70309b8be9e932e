"""The figures as a table, each beside what it may be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Figures = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Line:
    """One figure; `holds` is None for what is only told."""

    place: str
    what: str
    value: str
    may: str = ""
    holds: bool | None = None


def table(figures: Figures) -> tuple[str, bool]:
    """The whole table, and whether every figure holds."""
    lines = [line for name, place in figures["places"].items() for line in _of_place(name, place)]
    lines += _ratios(figures["places"])
    wide = [max((len(getattr(line, part)) for line in lines), default=0) for part in ("place", "what", "value", "may")]
    text = [_laid(line, wide) for line in lines]
    return "\n".join(text), all(line.holds is not False for line in lines)


def _laid(line: Line, wide: list[int]) -> str:
    mark = {True: "ok", False: "NOT HELD", None: ""}[line.holds]
    left = f"{line.place:<{wide[0]}}  {line.what:<{wide[1]}}  {line.value:>{wide[2]}}"
    return f"{left}  {line.may:<{wide[3]}}  {mark}".rstrip()


def _of_place(name: str, place: Figures) -> Iterator[Line]:
    if "failed" in place:
        yield Line(name, "run", str(place["failed"]), "", False)
    parts = {
        "fill": _fill,
        "lists": _lists,
        "search": _search,
        "loop": _loop,
        "writers": _writers,
        "surge": _surge,
        "kill": _kill,
    }
    for part, show in parts.items():
        if part not in place:
            continue
        if "failed" in place[part]:
            yield Line(name, part, str(place[part]["failed"])[:90], "", False)
        else:
            yield from show(name, place[part])


def _fill(name: str, found: Figures) -> Iterator[Line]:
    yield Line(name, "filled: matters / entries", f"{found['matters_matter']:,} / {found['matters_entry']:,}")
    yield Line(name, "filled in", f"{found['seconds']:.0f} s")


def _lists(name: str, found: Figures) -> Iterator[Line]:
    for page, seen in found["pages"].items():
        waits = f"p50 {seen['p50']:.1f} p99 {seen['p99']:.1f} ms, {seen['per_second']:.0f}/s, {seen['statements']} SQL"
        yield Line(name, page, waits, f"p99 {seen['may_ms']:.0f} ms, {seen['may_sql']} SQL", seen["holds"])
    # The rates are promised for 100,000 matters on PostgreSQL.
    if name == "postgresql_100000":
        for page in ("worklist", "search"):
            rate = found["pages"][page]["per_second"]
            yield Line(name, f"{page}, eight clients", f"{rate:.0f}/s", "150/s", rate >= 150)
    yield _memory(name, found["memory"])


def _memory(name: str, found: list[Figures]) -> Line:
    most, anon = (max((each.get(kind, 0.0) for each in found), default=0.0) for kind in ("rss", "anon"))
    return Line(name, "memory of a web process", f"{most:.0f} MB ({anon:.0f} own)", "200 MB", 0 < most <= 200)


def _search(name: str, found: Figures) -> Iterator[Line]:
    yield Line(
        name,
        "true hits found by search",
        f"{found['true'] - found['missed']} of {found['true']}",
        "every one",
        not found["missed"],
    )


def _loop(name: str, found: Figures) -> Iterator[Line]:
    promised = name == "postgresql_100000"
    rate = found["alone"]["loops_per_second"]
    yield Line(name, "loop, eight clients", f"{rate}/s", "40/s" if promised else "", rate >= 40 if promised else None)
    yield Line(name, "loop with a page after each step", f"{found['pages_between']['loops_per_second']}/s")
    yield Line(name, "loop beside the job worker", f"{found['with_job_worker']['loops_per_second']}/s")
    count = found["statements"]
    each = ", ".join(f"{step} {number}" for step, number in count["work"].items())
    yield Line(name, "statements of the loop", f"{count['work_sum']} ({each})", "50", count["work_sum"] <= 50)
    yield Line(name, "with BEGIN, COMMIT, SAVEPOINT", str(count["every_sum"]))
    yield _memory(name, found["memory"])


def _writers(name: str, found: Figures) -> Iterator[Line]:
    wrong = found["lost"] + found["twice"] + found["gaps"] + found["tried"] - found["acknowledged"]
    said = f"{found['acknowledged']} of {found['tried']} taken, {found['lost']} lost, {found['gaps']} gaps"
    yield Line(name, f"{found['writers']} writers at once", said, "0 lost", not wrong)
    yield Line(name, "“database is locked”", str(found["locked"]), "0", not found["locked"])
    yield Line(name, "writes", f"{found['per_second']}/s, p99 {found['p99_ms']:.0f} ms")


def _surge(name: str, found: Figures) -> Iterator[Line]:
    wrong = found["lost"] + found["twice"] + found["gaps"] + sum(found["sent_wrong"].values())
    refused = sum(found["sent_wrong"].values())
    said = f"{found['acknowledged']} taken, {found['lost']} lost, {found['gaps']} gaps, {refused} refused"
    yield Line(name, f"25 opinions/s and 100 readers/s for {found['seconds']:.0f} s", said, "0 lost", not wrong)
    for kind, word in (("sent", "handing in"), ("read", "reading")):
        waits = (
            f"p50 {found[f'{kind}_p50_ms']:.0f} p99 {found[f'{kind}_p99_ms']:.0f} max {found[f'{kind}_most_ms']:.0f} ms"
        )
        yield Line(name, f"  {word}, from the moment it was due", f"{waits}, wrong: {found[f'{kind}_wrong'] or 'none'}")
    yield _memory(name, found["memory"])


def _kill(name: str, found: Figures) -> Iterator[Line]:
    said = f"{found['acknowledged']} acts, {found['cut_off']} cut off"
    yield Line(name, f"kill -9, {found['under_load']} of {found['killed']} times under load", said)
    for key in (
        "lost", "gaps", "broken_ledgers", "jobs_undone", "notices_twice", "entries_without_a_notice", "letters_twice",
        "letters_missing", "not_indexed",
    ):  # fmt: skip
        yield Line(name, f"  {key.replace('_', ' ')}", str(found[key]), "0", found[key] == 0)


def _ratios(places: Figures) -> Iterator[Line]:
    """p50 at a million against p50 at ten thousand, on PostgreSQL."""
    low, high = places.get("postgresql_10000", {}), places.get("postgresql_1000000", {})
    if "pages" not in low.get("lists", {}) or "pages" not in high.get("lists", {}):
        return
    for page, seen in high["lists"]["pages"].items():
        ratio = seen["p50"] / low["lists"]["pages"][page]["p50"]
        yield Line("postgresql", f"{page}: p50 of 1 M to 10 k", f"{ratio:.2f}", "1.3", ratio <= 1.3)
