"""Replaying the made-up opinions through the procedure, so that every date, clock and paper is the real thing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from lvzhi.faces.commands.district.moments import by_now
from lvzhi.faces.commands.district.stations import Told
from lvzhi.records.matters.models import Matter
from lvzhi.records.people.actor import Actor, actor_of, citizen
from lvzhi.records.people.models import Account, Body, Congress, Person
from lvzhi.work.opinions import actions
from lvzhi.work.opinions.models import Opinion
from lvzhi.work.stations import actions as stations
from lvzhi.work.stations.models import Station

NOT_HANDED = {"received", "registered", "screened", "not_accepted", "withdrawn", "supplement_asked"}
OPEN_AT_THE_BODY = {"assigned", "transferred", "accepted", "extended"}


@dataclass(frozen=True)
class Cast:
    """Who acts in the replay."""

    congress: Congress
    bodies: dict[str, Body]
    clerk: Actor
    today: date
    told: Told

    @classmethod
    def of(cls, congress: Congress, *, today: date, clerk: str = "linzhiyuan") -> Cast:
        """The district's bodies and the petition office's clerk."""
        actor = actor_of(Account.objects.get(username=clerk), on=today)
        if actor is None:
            raise LookupError(f"{clerk} holds no office on {today}.")
        return cls(congress, {body.slug: body for body in Body.objects.of(congress)}, actor, today, Told.of(congress))

    def speaker(self, body: Body) -> Actor:
        """Somebody who answers for a body."""
        role = "supervised_body" if body.is_supervised else "working_body"
        return Actor(
            congress=self.congress.pk,
            name=f"{body.short}经办人",
            roles=frozenset({role}),
            bodies=frozenset({body.pk}),
            body_names=(body.name,),
        )


class Story:
    """One opinion's life, act by act; an act that would lie ahead of today is not taken."""

    def __init__(self, row: dict[str, Any], cast: Cast) -> None:
        self.row, self.cast = row, cast
        self.start = cast.today - timedelta(days=row["submitted"])
        self.day = self.start
        self.matter: UUID | None = None
        self.sender = citizen(cast.congress)
        self.station = cast.told.stations.get(row.get("station", ""))
        self.deputy = cast.told.deputy(self.station.body.slug, row["id"]) if self.station else None

    def at(self, day: date) -> datetime:
        """A plausible hour of that day, the same each time."""
        spread = sum(self.row["id"].encode()) * 7 % 480
        return by_now(datetime.combine(day, time(0, 30), tzinfo=UTC) + timedelta(minutes=spread))

    def submit(self) -> None:
        """The citizen's words come in."""
        row = self.row
        words = actions.Words(
            subject=row["subject"],
            text=row["text"],
            category=row["category"],
            channel=row["channel"],
            area=self.cast.bodies.get(f"office-{row['street']}"),
            community=self.community(),
            station=self.station.body if self.station else None,
            deputy=self.deputy,
            is_anonymous=row["anonymous"],
            may_publish=row["public"],
            source_id=f"demo:{row['id']}",
            particulars={}
            if row["anonymous"]
            else {"name": "来信人", "phone": f"100{sum(row['id'].encode()) * 7919 % 10**8:08d}"},
        )
        receipt = actions.submit(
            congress=self.cast.congress, words=words, actor=self.sender, on=self.start, at=self.at(self.start)
        )
        self.matter = receipt.opinion.matter_id
        self.sender = citizen(self.cast.congress, name="", matters=frozenset({self.matter}))
        if self.station and self.deputy:
            self._received_by(self.station, self.deputy, receipt.opinion.matter)

    def community(self) -> Body | None:
        """Where it was: the community the words name, else that of the station."""
        named = self.cast.bodies.get(self.row.get("community", ""))
        return named or (self.station.community if self.station else None)

    def _received_by(self, station: Station, person: Person, matter: Matter) -> None:
        """The deputy at the station wrote it down."""
        at = self.at(self.start)
        deputy = Actor(station.congress_id, person.name, roles=frozenset({"deputy"}), person=person.pk)
        received = stations.Received(f"demo:{self.row['id']}", matter.title[:60], at, self.row["category"])
        stations.receive(station, slot=None, received=received, matter=matter, actor=deputy, at=at)

    def take(self, action: str, actor: Actor, days: int, **data: object) -> bool:
        """Act `days` after the submission, never before the last act; says whether the day has come."""
        day = max(self.day, self.start + timedelta(days=days))
        if day > self.cast.today or self.matter is None:
            return False
        actions.take(self.matter, action, actor=actor, on=day, at=self.at(day), data=data)
        self.day = day
        return True


def replay(row: dict[str, Any], cast: Cast) -> bool:
    """Tell one opinion's story in one transaction; False if it was told before."""
    if Opinion.objects.of(cast.congress).filter(source_id=f"demo:{row['id']}").exists():
        return False
    with transaction.atomic():
        story = Story(row, cast)
        story.submit()
        _tell(story)
    return True


def _tell(story: Story) -> None:
    row, clerk, path = story.row, story.cast.clerk, story.row["path"]
    handled = int(row.get("handled_days") or 1)
    if path == "received":
        return
    if path == "withdrawn":
        story.take("withdraw", story.sender, handled)
        return
    if path in NOT_HANDED or path == "topic" or handled > 3:
        story.take("register", clerk, min(handled, 2))
    if path in {"screened", "supplement_asked"}:
        story.take("screen", clerk, handled)
    if path == "supplement_asked":
        story.take("ask_supplement", clerk, handled, request=row.get("reason") or "请补充具体地点和时间。")
    if path == "not_accepted":
        story.take("not_accept", clerk, handled, reason="other_by_law", note=str(row.get("reason") or ""))
    if path == "disputed":
        _dispute(story, handled)
    elif path not in NOT_HANDED:
        _hand_over(story, handled)


def _hand_over(story: Story, handled: int) -> None:
    row, cast, path = story.row, story.cast, story.row["path"]
    body = cast.bodies[row["body"]]
    speaker = cast.speaker(body)
    if not story.take("transfer" if body.is_supervised else "assign", cast.clerk, handled, body=body):
        return
    if (
        body.is_supervised
        and path not in {"transferred", "returned"}
        and handled + 2 < int(row.get("reply_days") or 999)
    ):
        story.take("accept", speaker, handled + 2)
    if path == "returned":
        story.take("object", speaker, handled + 3, reason=row.get("reason") or "不属于我单位职责。")
        return
    if path == "extended":
        story.take(
            "extend",
            speaker,
            handled + 40,
            reason=row.get("reason") or "需要现场检测和多部门会商。",
            approved_by="分管负责人",
        )
    if path in OPEN_AT_THE_BODY or not row.get("reply"):
        if path == "accepted" and story.start + timedelta(days=handled + 45) < cast.today:
            story.take("remind", cast.clerk, handled + 45, note="请抓紧办理，按期答复来信人。")
        return
    replied = int(row.get("reply_days") or 20)
    if story.take("answer", speaker, replied, reply=row["reply"]) and path != "answer_check":
        # What the checks held up was read by the office and passed on the same day.
        found = Matter.objects.of(cast.congress).filter(pk=story.matter or UUID(int=0))
        waits = found.filter(state__in=["answer_check", "result_check"]).exists()
        if not waits or story.take("pass_answer", cast.clerk, replied):
            _close(story, replied)


def _dispute(story: Story, handled: int) -> None:
    """One body after another says that it is not theirs."""
    row, cast = story.row, story.cast
    for body, reason, days in (("body", "reason", handled), ("second", "second_reason", handled + 6)):
        given = cast.bodies[row[body]]
        if story.take("transfer", cast.clerk, days, body=given):
            story.take("object", cast.speaker(given), days + 3, reason=row[reason])


def _close(story: Story, replied: int) -> None:
    row, clerk, path = story.row, story.cast.clerk, story.row["path"]
    comment = {"comment": row["rating_comment"]} if row.get("rating_comment") else {}
    if path == "rated_unsatisfied_reopened":
        story.take(
            "reopen",
            story.sender,
            replied + 3,
            reason=row.get("reason") or row.get("rating_comment") or "问题还没有解决。",
        )
        return
    if path in {"rated_satisfied", "rated_basically", "published"}:
        partly = path == "rated_basically"
        rating = {
            "result": row.get("result") or ("partly" if partly else "solved"),
            "process": row.get("process") or ("basically" if partly else "satisfied"),
        }
        story.take("rate", story.sender, replied + 2, **rating, **comment)
    elif path in {"archived", "topic"}:
        story.take("archive", clerk, replied + 10)
    if row["public"] and path not in {"replied", "returned"}:
        story.take("publish", clerk, replied + 12)
    if path == "topic":
        story.take("make_topic", clerk, replied + 20)
