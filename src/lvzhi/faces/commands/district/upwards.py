"""What comes after an answer in the made-up district: rounds of re-visits, recommendations, clues."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import yaml
from django.db import transaction

from lvzhi.faces.commands.district.load import FOLDER
from lvzhi.faces.commands.district.moments import by_now
from lvzhi.faces.commands.district.replay import Cast
from lvzhi.records.matters.models import Matter
from lvzhi.records.matters.perform import perform
from lvzhi.records.people.actor import Actor, actor_of
from lvzhi.records.people.models import Account, Person
from lvzhi.work.opinions import actions
from lvzhi.work.opinions.actions import revisits
from lvzhi.work.opinions.actions.raising import ClueWords, raise_clue
from lvzhi.work.opinions.models import REVISITABLE, Clue, Opinion, RevisitCase, RevisitRound
from lvzhi.work.opinions.queries.revisits import cases

CALLER = "tangshuyi"
NOTES = {
    "solved": "说已经解决，谢谢打电话来问。",
    "partly": "说改了一些，还没有改完。",
    "not": "说答复看到了，事情没有变。",
    "unreachable": "打了三次，没有人接。",
}
# What the senders say, in the order of drawing, by what they had rated: mostly the same, not always.
SAID = {
    "solved": ["solved", "solved", "solved", "partly", "solved", "not", "solved"],
    "partly": ["partly", "partly", "not", "solved"],
    "not": ["not", "not", "partly"],
    "": ["solved", "partly", "unreachable", "solved", "not", "solved"],
}


def plan() -> dict[str, list[dict[str, Any]]]:
    """The rounds, recommendations and clues of `upwards.yaml`."""
    found: dict[str, list[dict[str, Any]]] = yaml.safe_load((FOLDER / "upwards.yaml").read_text("utf-8"))
    return found


def _at(day: date, hour: int = 3) -> datetime:
    return by_now(datetime.combine(day, time(hour, 0), tzinfo=UTC))


def _caller(cast: Cast) -> Actor:
    found = actor_of(Account.objects.get(username=CALLER), on=cast.today)
    if found is None:
        raise LookupError(f"{CALLER} holds no office on {cast.today}.")
    return found


@transaction.atomic
def tell_round(row: dict[str, Any], cast: Cast) -> bool:
    """One round up to where it stands today; False if it was told before."""
    first, last = (cast.today - timedelta(days=days) for days in row["answered"])
    known = RevisitRound.objects.of(cast.congress)
    if known.filter(size=row["size"], stratified_by=row["stratified_by"]).exists():
        return False

    def day(name: str) -> date:
        return cast.today - timedelta(days=row[name])

    caller = _caller(cast)
    found = revisits.plan_round(
        congress=cast.congress, answered_from=first, answered_until=last, size=row["size"], actor=caller,
        stratified_by=row["stratified_by"], on=day("planned"), at=_at(day("planned")),
    )  # fmt: skip
    revisits.publish_list(
        key=found.pk, seed_source=row["source"], seed_due_on=day("due"), actor=caller, on=day("published"),
        at=_at(day("published")),
    )  # fmt: skip
    if "seed" not in row:
        return True
    found = revisits.draw(key=found.pk, seed=row["seed"], actor=caller, on=day("due"), at=_at(day("due"), 14))
    turns: dict[str, int] = {}
    for place, case in enumerate(cases(found)):
        on = min(day("called") + timedelta(days=place // 2), day("closed"))
        _call(case, caller, on, turns)
    revisits.close(key=found.pk, actor=caller, on=day("closed"))
    return True


def _call(case: RevisitCase, caller: Actor, on: date, turns: dict[str, int]) -> None:
    turn = turns[case.rated] = turns.get(case.rated, -1) + 1
    result = SAID[case.rated][turn % len(SAID[case.rated])]
    if case.opinion.matter.state not in REVISITABLE:
        result = RevisitCase.Result.REOPENED
    note = NOTES.get(result, "")
    revisits.record(key=case.pk, result=result, note=note, actor=caller, on=on, at=_at(on))


def _opinions(cast: Cast, names: list[str]) -> list[Opinion]:
    rows = Opinion.objects.of(cast.congress).filter(source_id__in=[f"demo:{name}" for name in names])
    found = {opinion.source_id: opinion for opinion in rows.select_related("matter")}
    return [found[f"demo:{name}"] for name in names if f"demo:{name}" in found]


@transaction.atomic
def tell_recommendation(row: dict[str, Any], cast: Cast) -> bool:
    """One opinion recommended to a deputy; False if it was told before."""
    opinion = next(iter(_opinions(cast, [row["opinion"]])), None)
    if opinion is None or opinion.matter.entries.filter(action="recommend").exists():
        return False
    on = max(cast.today - timedelta(days=row["days"]), opinion.matter.opened_on)
    deputy = Person.objects.of(cast.congress).get(slug=row["deputy"])
    actions.take(opinion.matter_id, "recommend", actor=cast.clerk, on=on, at=_at(on), data={"deputy": deputy})
    return True


@transaction.atomic
def tell_clue(row: dict[str, Any], cast: Cast) -> bool:
    """One clue up to where it stands today; False if it was told before."""
    congress = cast.congress
    if Clue.objects.of(congress).filter(matter__title=row["title"]).exists():
        return False
    opinions = _opinions(cast, row["opinions"])
    on = cast.today - timedelta(days=row["days"])
    words = ClueWords(row["use"], row["title"], row["what"])
    clue = raise_clue(
        congress=congress, opinions=[each.pk for each in opinions], words=words, actor=cast.clerk, on=on, at=_at(on)
    ).matter
    for action, role, days, given in row["steps"]:
        on = cast.today - timedelta(days=days)
        data = {name: cast.bodies[value] if name == "body" else value for name, value in given.items()}
        perform(clue.pk, action, actor=_speaker(cast, clue.pk, role), on=on, at=_at(on), data=data)
    return True


def _speaker(cast: Cast, clue: Any, role: str) -> Actor:
    """Somebody of the office in this role; the working body is the one the clue was given to."""
    if role == "working_body":
        body = Matter.objects.of(cast.congress).select_related("responsible").get(pk=clue).responsible
        if body is None:
            raise LookupError("The clue was given to no working body.")
        return cast.speaker(body)
    names = {"general_office": "方景川", "council": "主任会议"}
    return Actor(congress=cast.congress.pk, name=names[role], roles=frozenset({role}))
