"""A year of opinions in tables: by subject, street, month and responsible body.

Reckoned by the worker in one walk through the year, and read by pages as one row. What a person said is protected: a
row in which fewer than `FEWEST` have rated says how many, and not what.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from statistics import median
from typing import Any, Final
from uuid import UUID

from lvzhi.records.matters.models import Deadline
from lvzhi.work.opinions.models import PROCEDURE, Opinion, RevisitCase, YearTable

FEWEST: Final = 5
"""Ratings of fewer people than these are not shown: somebody could be recognised in them."""
GROUPS: Final = ("category", "street", "month", "body")
ANSWER_CLOCKS: Final = ("handle", "handle_own", "study", "other_way", "answer", "rehandle", "rehandle_own")
"""The clocks that an answer meets; see procedures/petition.yaml."""


@dataclass(frozen=True, slots=True)
class Tally:
    """One row: what of `received` was answered, in time, solved. Numbers of opinions; `days` is a median.

    `dated` had a day for the answer, by law or by the house's own target, that was met or has passed; `on_time` of them
    kept it. `rated` counts people; ratings made by an import for a trial are left out and counted in `synthetic`.
    `said_solved` were re-visited after they had rated it solved, and `confirmed` of them said so again. Where `hidden`,
    the ratings are withheld.
    """

    received: int = 0
    answered: int = 0
    dated: int = 0
    on_time: int = 0
    days: int | None = None
    rated: int = 0
    solved: int = 0
    partly: int = 0
    not_solved: int = 0
    satisfied: int = 0
    said_solved: int = 0
    confirmed: int = 0
    synthetic: int = 0
    hidden: bool = False

    def withheld(self) -> Tally:
        """The row without what was said in its ratings."""
        return replace(self, solved=0, partly=0, not_solved=0, satisfied=0, said_solved=0, confirmed=0, hidden=True)


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables of a year; the keys are subjects, ids of bodies, or months from "1" to "12"; "" for none."""

    year: int
    whole: Tally
    groups: Mapping[str, Mapping[str, Tally]]


@dataclass
class _Sum:
    """A row under way."""

    counts: dict[str, int] = field(default_factory=dict)
    days: list[int] = field(default_factory=list)

    def add(self, facts: Mapping[str, int], days: int | None) -> None:
        for name, value in facts.items():
            self.counts[name] = self.counts.get(name, 0) + value
        if days is not None:
            self.days.append(days)

    def tally(self) -> Tally:
        days = round(median(self.days)) if self.days else None
        return Tally(days=days, hidden=False, **self.counts)


def reckoned(congress: UUID, *, year: int, today: date) -> Tables:
    """Walk through a year and sum it up. Three statements, each of them long where the year is: for the worker."""
    kept = _kept_days(congress, year, today)
    again = _said_again(congress, year)
    whole, groups = _Sum(), {name: dict[str, _Sum]() for name in GROUPS}
    rows = Opinion.objects.of(congress).filter(matter__opened_on__year=year, matter__procedure=PROCEDURE)
    fields = (
        "matter_id", "matter__category", "matter__area_id", "matter__opened_on", "matter__responsible_id",
        "replied_on", "result_rating", "process_rating", "is_synthetic_rating",
    )  # fmt: skip
    for key, category, area, opened, body, replied, result, process, synthetic in rows.values_list(*fields).iterator(
        chunk_size=2000
    ):
        facts = _facts(replied is not None, result, process, synthetic=synthetic)
        facts |= _days_kept(kept.get(key)) | _confirmed(again.get(key))
        days = (replied - opened).days if replied else None
        whole.add(facts, days)
        places = {"category": category, "street": area, "month": opened.month, "body": body}
        for name, place in places.items():
            groups[name].setdefault(str(place or ""), _Sum()).add(facts, days)
    return Tables(
        year, whole.tally(), {name: {key: row.tally() for key, row in found.items()} for name, found in groups.items()}
    )


def _facts(answered: bool, result: str, process: str, *, synthetic: bool) -> dict[str, int]:
    real = bool(result) and not synthetic
    return {
        "received": 1,
        "answered": int(answered),
        "rated": int(real),
        "synthetic": int(bool(result) and synthetic),
        "solved": int(real and result == Opinion.Result.SOLVED),
        "partly": int(real and result == Opinion.Result.PARTLY),
        "not_solved": int(real and result == Opinion.Result.NOT),
        "satisfied": int(real and process in (Opinion.Process.SATISFIED, Opinion.Process.BASICALLY)),
    }


def _kept_days(congress: UUID, year: int, today: date) -> dict[UUID, bool]:
    """Whether each matter with a day for its answer kept it; those whose day lies ahead are left out."""
    rows = Deadline.objects.of(congress).filter(clock__in=ANSWER_CLOCKS, matter__opened_on__year=year)
    found: dict[UUID, bool] = {}
    fields = ("matter_id", "status", "due", "internal_due", "met_on")
    for key, status, due, internal, met in rows.values_list(*fields).iterator(chunk_size=2000):
        day = due or internal
        if (
            day is None
            or status not in (Deadline.Status.MET, Deadline.Status.RUNNING)
            or (met is None and day >= today)
        ):
            continue
        found[key] = found.get(key, True) and met is not None and met <= day
    return found


def _days_kept(kept: bool | None) -> dict[str, int]:
    return {"dated": int(kept is not None), "on_time": int(bool(kept))}


def _said_again(congress: UUID, year: int) -> dict[UUID, tuple[str, str]]:
    """What each sender drawn for a re-visit had rated, and what they said then, by matter."""
    reached = RevisitCase.objects.of(congress).filter(
        result__in=RevisitCase.REACHED, opinion__matter__opened_on__year=year
    )
    rows = reached.order_by("on", "id").values_list("opinion__matter_id", "rated", "result")
    return {key: (rated, now) for key, rated, now in rows}


def _confirmed(again: tuple[str, str] | None) -> dict[str, int]:
    solved = RevisitCase.Result.SOLVED
    asked = again is not None and again[0] == solved
    return {"said_solved": int(asked), "confirmed": int(again == (solved, solved))}


def protected(rows: Mapping[str, Tally]) -> dict[str, Tally]:
    """The rows of one table with small ratings withheld.

    One withheld row could be reckoned back from the sum of the others: then the next smallest is withheld as well.
    """
    small = [key for key, row in rows.items() if 0 < row.rated < FEWEST]
    if len(small) == 1:
        others = sorted((row.rated, key) for key, row in rows.items() if row.rated >= FEWEST)
        small += [key for _rated, key in others[:1]]
    return {key: row.withheld() if key in small else row for key, row in rows.items()}


def as_json(tables: Tables) -> dict[str, Any]:
    """The tables as `YearTable.values` keeps them."""
    groups = {name: {key: asdict(row) for key, row in found.items()} for name, found in tables.groups.items()}
    return {"all": asdict(tables.whole), **groups}


def tables_of(congress: UUID, year: int) -> tuple[Tables, YearTable] | None:
    """The tables of a year as the worker last reckoned them, protected; None before it did. One statement."""
    row = YearTable.objects.of(congress).filter(year=year).first()
    if row is None:
        return None
    try:
        groups = {name: protected(_rows(row.values[name].items())) for name in GROUPS}
        whole = Tally(**row.values["all"])
    except (KeyError, TypeError):  # reckoned by an earlier release: the worker writes it anew within the hour
        return None
    return Tables(year, whole.withheld() if 0 < whole.rated < FEWEST else whole, groups), row


def _rows(items: Iterable[tuple[str, Mapping[str, Any]]]) -> dict[str, Tally]:
    return {key: Tally(**values) for key, values in items}


def years_with_tables(congress: UUID) -> list[int]:
    """The years there are tables of, newest first. One statement."""
    return list(YearTable.objects.of(congress).order_by("-year").values_list("year", flat=True))
