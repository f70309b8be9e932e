"""Loading the made-up district into an empty or half-loaded database; running it again adds what is missing."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml
from django.contrib.auth.hashers import make_password
from django.db import transaction

from lvzhi.core import law
from lvzhi.records.people.actor import actor_of, system
from lvzhi.records.people.models import Account, Body, Congress, Constituency, Membership, Person, Term
from lvzhi.work.statutes import actions, imports
from lvzhi.work.statutes.models import Edition

FOLDER = Path(__file__).parent
# Every demo account has it, and the start of the demo prints it: it guards nothing.
DEMO_WORD = "yunlu-demo-2026"
RULES_OF = date(2023, 6, 29)
"""The edition of the rules of procedure that was put right."""
BODY_KINDS = {"standing_committee": Body.Kind.COUNCIL}


def plan() -> dict[str, Any]:
    """The district's frame: congresses, bodies, terms, subjects."""
    found: dict[str, Any] = yaml.safe_load((FOLDER / "district.yaml").read_text("utf-8"))
    return found


def rows(name: str) -> Iterator[dict[str, Any]]:
    """The rows of one .jsonl file of the district."""
    with (FOLDER / name).open(encoding="utf-8") as file:
        yield from (json.loads(line) for line in file if line.strip())


def load_texts(congress: Congress, *, at: datetime) -> int:
    """The district's own rules, through the import that any office uses; returns how many editions were new."""
    actions.know(congress.pk, plan()["known_laws"])
    report = imports.run(congress, [FOLDER / "laws"], actor=system(congress), at=at, step=lambda *_far: None)
    return report.editions


def tell_correction(congress: Congress, *, on: date, at: datetime) -> bool:
    """The filing and review office found two characters missing in the rules of procedure; whether it is new."""
    edition = (
        Edition.objects.of(congress).published().select_related("work").get(title__endswith="议事规则", day=RULES_OF)
    )
    account = Account.objects.get(username="guoliheng")
    actor = actor_of(account, on=on)
    if edition.replaces_id or actor is None:
        return False
    text = edition.source.replace("表决器不能使用的", "表决器不能正常使用的")
    reason = "与常委会公报核对，第二十七条漏“正常”二字"
    document = law.parse(text, edition.file_name)
    draft = actions.correct(edition, document=document, reason=reason, actor=actor, at=at)
    actions.publish(draft, actor=actor, at=at)
    while actions.link(congress.pk, most=50):
        pass
    return True


def _day(text: str, fallback: date | None = None) -> date | None:
    return date.fromisoformat(f"{text}-01" if len(text) == 7 else text) if text else fallback


@transaction.atomic
def load_frame() -> Congress:
    """Congresses, bodies, terms, people and their accounts; returns the district."""
    found = plan()
    city, _made = Congress.objects.get_or_create(
        slug=found["city"]["key"],
        defaults={
            "name": f"{found['city']['name']}人民代表大会",
            "short": found["city"]["name"],
            "level": "city",
            "region": "beijing",
        },
    )
    district = found["district"]
    congress, _made = Congress.objects.get_or_create(
        slug=district["key"],
        defaults={
            "name": district["congress"],
            "short": district["name"],
            "level": "district",
            "region": "beijing",
            "parent": city,
            "settings": {
                "opinion_categories": found["categories"],
                "petition_paper_code": "云人信函",
                "phone": "12345",
            },
        },
    )
    for street in found["streets"]:
        if street["kind"] == "town":
            Congress.objects.get_or_create(
                slug=f"town-{street['key']}",
                defaults={
                    "name": f"{street['name']}人民代表大会",
                    "short": street["name"],
                    "level": "town",
                    "region": "beijing",
                    "parent": congress,
                },
            )
    bodies = _load_bodies(congress, found["bodies"])
    terms = _load_terms(congress, found["terms"])
    _load_people(congress, bodies, terms)
    return congress


def _load_bodies(congress: Congress, wanted: list[dict[str, Any]]) -> dict[str, Body]:
    known = {body.slug: body for body in Body.objects.of(congress)}
    for item in wanted:
        if item["key"] not in known:
            known[item["key"]] = Body.objects.create(
                congress=congress,
                slug=item["key"],
                name=item["name"],
                short=item["short"],
                kind=BODY_KINDS.get(item["kind"], item["kind"]),
                parent=known.get(item["parent"] or ""),
            )
    return known


def _load_terms(congress: Congress, wanted: list[dict[str, Any]]) -> list[Term]:
    for item in wanted:
        Term.objects.of(congress).get_or_create(
            congress=congress,
            ordinal=item["number"],
            defaults={
                "starts": _day(str(item["starts"])) or date(2021, 12, 1),
                "ends": _day(str(item["ends"])),
            },
        )
    return list(Term.objects.of(congress).order_by("-starts"))


def _load_people(congress: Congress, bodies: dict[str, Body], terms: list[Term]) -> None:
    password = make_password(DEMO_WORD)
    with (FOLDER / "people.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            since = _day(row["since"]) or date(2021, 12, 1)
            person, _made = Person.objects.of(congress).get_or_create(
                congress=congress,
                slug=row["key"],
                defaults={"name": row["name"], "account": _account(row, password)},
            )
            held = Membership.objects.of(congress).filter(person=person, role=row["role"])
            if not held.exists():  # a person may hold two offices: a row for each
                term = next((term for term in terms if term.starts <= since), None)
                Membership.objects.create(
                    congress=congress,
                    person=person,
                    body=bodies.get(row["body"]),
                    role=row["role"],
                    title=row["title"],
                    constituency=_constituency(congress, row["constituency"]),
                    since=since,
                    until=_day(row["until"]),
                    term=term,
                )


def _account(row: dict[str, str], password: str) -> Account | None:
    if not row["login"]:
        return None
    account, _made = Account.objects.get_or_create(
        username=row["login"],
        defaults={"name": row["name"], "password": password, "email": f"{row['login']}@yunlu.example"},
    )
    return account


def _constituency(congress: Congress, text: str) -> Constituency | None:
    digits = "".join(letter for letter in text if letter.isdigit())
    if not digits:
        return None
    found, _made = Constituency.objects.of(congress).get_or_create(
        congress=congress, number=int(digits), defaults={"name": text}
    )
    return found
