"""`python -m bench.month`: the report of a contact month, with 200 stations and 20,000 opinions carried on from them.

Fills a database of its own (SQLite in a temporary folder, or DATABASE_URL), then times the month's page of figures, the
report's words, and the report for Word and as PDF, each in a fresh reading. The target is ten seconds for the whole.
"""

from __future__ import annotations

import argparse
import base64
import json
import os
import secrets
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock
from pathlib import Path
from typing import Any

FIRST = date(2026, 6, 1)
LAST = date(2026, 6, 30)
TODAY = date(2026, 7, 20)
AT = datetime(2026, 6, 1, 2, 0, tzinfo=UTC)


def main() -> int:
    """Fill, measure, print one JSON object."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--stations", type=int, default=200)
    asked.add_argument("--opinions", type=int, default=20_000)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        _set_up(Path(folder))
        print(json.dumps(measure(given.stations, given.opinions), ensure_ascii=False, indent=2))
    return 0


def _set_up(folder: Path) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lvzhi.project.settings")
    os.environ |= {
        "LVZHI_SECRET_KEY": secrets.token_hex(32),
        "LVZHI_DATA_KEYS": f"bench:{base64.b64encode(secrets.token_bytes(32)).decode()}",
        "LVZHI_HOME": str(folder),
    }
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0, interactive=False)


def measure(stations: int, opinions: int) -> dict[str, Any]:
    """Seconds of each part, with the size of what came of it."""
    from django.db import connection

    from lvzhi.core.paper import docx, pdf
    from lvzhi.faces.desk.stations.report import handling_of
    from lvzhi.work.stations import papers, queries

    campaign = fill(stations, opinions)
    found: dict[str, Any] = {"database": connection.vendor, "stations": stations, "opinions": opinions}

    def timed(name: str, do: Any) -> Any:
        begun = time.perf_counter()
        made = do()
        found[f"{name}_s"] = round(time.perf_counter() - begun, 3)
        return made

    timed("figures", lambda: queries.month_figures(campaign, today=TODAY))
    timed("gaps", lambda: queries.gaps(campaign, today=TODAY))
    handling = timed("handling", lambda: handling_of(campaign, today=TODAY))
    paper = timed("report", lambda: papers.month_report(campaign, today=TODAY, handling=handling))
    found["docx_bytes"] = len(timed("docx", lambda: docx(paper)))
    found["pdf_bytes"] = len(timed("pdf", lambda: pdf(paper)))
    found["whole_s"] = round(sum(found[f"{name}_s"] for name in ("handling", "report", "docx", "pdf")), 3)
    found["received"] = handling.received
    return found


def fill(stations: int, opinions: int) -> Any:
    """A district with so many stations, nine slots each in the month, and so many opinions said there."""
    from lvzhi.records.people.models import Body, Congress, Membership, Person
    from lvzhi.work.stations.models import Campaign, CampaignStation, Seat, Slot, Station, StationDeputy

    congress = Congress.objects.create(
        slug="bench", name="量表区人民代表大会", short="量表区", level="district", region="beijing"
    )
    streets = Body.objects.bulk_create(
        _body(congress, f"office-{n}", f"第{n}街道", "subdistrict_office") for n in range(15)
    )
    bodies = Body.objects.bulk_create(
        _body(congress, f"station-{n}", f"第{n}联络站", "deputy_station") for n in range(stations)
    )
    people = Person.objects.bulk_create(
        Person(congress=congress, slug=f"d{n}", name=f"代表{n}") for n in range(max(300, stations))
    )
    Membership.objects.bulk_create(
        Membership(congress=congress, person=each, role="deputy", since=date(2021, 12, 1)) for each in people
    )
    made = Station.objects.bulk_create(
        Station(congress=congress, body=body, street=streets[n % 15], address="一号") for n, body in enumerate(bodies)
    )
    StationDeputy.objects.bulk_create(
        StationDeputy(congress=congress, station=each, person=people[n]) for n, each in enumerate(made)
    )
    days = [FIRST + timedelta(days=3 * n) for n in range(9)]
    hours = {"starts": clock(9), "ends": clock(11)}
    slots = Slot.objects.bulk_create(
        Slot(congress=congress, station=each, date=day, **hours) for each in made for day in days
    )
    Seat.objects.bulk_create(
        Seat(congress=congress, slot=slot, person=people[n // 9], came_at=AT) for n, slot in enumerate(slots)
    )
    campaign = Campaign.objects.create(
        congress=congress, matter=_month_matter(congress), theme="养老", year=2026, first_day=FIRST, last_day=LAST
    )
    CampaignStation.objects.bulk_create(
        CampaignStation(congress=congress, campaign=campaign, station=each) for each in made
    )
    _say(congress, made, people, opinions)
    return Campaign.objects.of(congress).select_related("matter__congress", "congress").get()


def _body(congress: Any, slug: str, name: str, kind: str) -> Any:
    from lvzhi.records.people.models import Body

    return Body(congress=congress, slug=slug, name=name, short=name, kind=kind)


def _matter(congress: Any, number: str, **given: Any) -> Any:
    from lvzhi.records.matters.models import Matter

    return Matter(
        congress=congress, number=number, opened_on=FIRST, opened_at=AT, touched_at=AT, title="楼道里的灯", **given
    )


def _month_matter(congress: Any) -> Any:
    from lvzhi.records.matters.procedures import registry

    key = registry().get("deputy_contact", FIRST, "beijing").key
    matter = _matter(congress, "联 2026-0001", procedure="deputy_contact", edition=key, state="published")
    matter.save(force_insert=True)
    return matter


def _say(congress: Any, stations: Any, people: Any, opinions: int) -> None:
    """Opinions said at the stations, with their visits; two in three are answered, one in three is rated."""
    from lvzhi.records.matters.models import Matter
    from lvzhi.work.opinions.models import Opinion
    from lvzhi.work.stations.models import Visit

    subjects = ("elderly", "housing", "transport", "environment", "education", "safety", "health")
    matters = Matter.objects.bulk_create(
        (
            _matter(
                congress,
                f"意 2026-{n:05d}",
                procedure="petition",
                edition="x",
                state="replied",
                category=subjects[n % 7],
            )
            for n in range(opinions)
        ),
        batch_size=2000,
    )
    Opinion.objects.bulk_create(
        (
            Opinion(
                congress=congress, matter=each, text="三号楼楼道里的灯坏了一个月。", code_hash="x", channel="station",
                station=stations[n % len(stations)].body, deputy=people[n % len(people)], source_id=f"b{n}",
                reply="修好了。" if n % 3 else "",
                result_rating=("solved", "partly", "not")[n % 9 // 3] if n % 3 == 1 else "",
                process_rating="satisfied" if n % 3 == 1 else "",
            )
            for n, each in enumerate(matters)
        ),
        batch_size=2000,
    )  # fmt: skip
    Visit.objects.bulk_create(
        (
            Visit(
                congress=congress, station=stations[n % len(stations)], deputy=people[n % len(people)], on=FIRST, at=AT,
                subject="楼道里的灯", category=subjects[n % 7], outcome="carried", matter=each, once=f"b{n}",
            )
            for n, each in enumerate(matters)
        ),
        batch_size=2000,
    )  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(main())
