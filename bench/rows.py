"""The rows of one made-up matter, as text ready for COPY or for parameters: both databases take the same values.

Ids are 32 hexadecimal digits, moments are UTC without a zone, truth values are 0 and 1.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from random import Random

from bench.courses import BODY, CLOSED, OPEN, Act, Course, Way, course
from bench.texts import Said, piece_terms, said
from lvzhi.core.trust import chain_hash
from lvzhi.records.base.sealed import KeyRing

Value = str | bytes | None
Rows = dict[str, list[tuple[Value, ...]]]

COLUMNS = {
    "people_personalrecord": "id congress_id about sealed kept_until made_at",
    "matters_matter": (
        "id congress_id procedure edition number title state is_open opened_on opened_at touched_at closed_on category "
        "area_id responsible_id next_due is_public published_at clocks anchors version last_hash"
    ),
    "matters_entry": (
        'id congress_id matter_id seq action from_state to_state "on" at actor_account_id actor_name actor_office '
        "rules data note is_public previous_hash hash"
    ),
    "matters_deadline": (
        "id congress_id matter_id clock rule holder status started_on due internal_due met_on is_late"
    ),
    "matters_workitem": "id congress_id matter_id holder kind verb clock sort_due procedure",
    "matters_party": "id congress_id matter_id role body_id person_id since",
    "opinions_opinion": (
        "id congress_id matter_id text public_text channel is_anonymous may_publish sender_id code_hash reply "
        "replied_on process_rating result_rating rating_comment public_reply source_id"
    ),
    "search_searchtext": "id congress_id matter_id place title text",
    "search_terms": "rowid terms",
}
"""Every table that is filled, in an order that foreign keys allow. `search_terms` lies in a column on PostgreSQL."""

DAYS = 6 * 365
OPEN_DAYS = 95
RATINGS = ("satisfied", "satisfied", "satisfied", "basically", "basically", "unsatisfied")
RESULTS = {"satisfied": "solved", "basically": "partly", "unsatisfied": "not"}
CHANNELS = ("web", "web", "web", "letter", "visit", "station", "phone")


@dataclass(frozen=True, slots=True)
class Unit:
    """A body with its member: ids as 32 hexadecimal digits, and names."""

    body: str
    account: str
    name: str
    office: str


@dataclass(frozen=True)
class Plan:
    """What all generating processes must agree on."""

    count: int
    today: date
    congress: str
    region: str
    supervised: tuple[Unit, ...]
    working: tuple[Unit, ...]
    clerk: Unit
    keys: str
    seed: int = 20_260_609

    @property
    def first(self) -> date:
        """The day of the oldest matter."""
        return self.today - timedelta(days=DAYS)

    def day(self, place: int) -> date:
        """The day the matter at `place` (0 is the oldest) began."""
        return self.first + timedelta(days=place * DAYS // self.count)

    def number(self, place: int) -> tuple[int, int]:
        """Year and serial number of the matter at `place`."""
        first, years = _years(self.first, self.today, self.count)
        at = bisect_right(first, place) - 1
        return years[at], place - first[at] + 1

    def last_numbers(self) -> dict[int, int]:
        """The last serial of every year that has one."""
        first, years = _years(self.first, self.today, self.count)
        ends = [*first[1:], self.count]
        return {year: end - begin for year, begin, end in zip(years, first, ends, strict=True) if end > begin}


@lru_cache(maxsize=8)
def _years(first: date, today: date, count: int) -> tuple[list[int], list[int]]:
    """The places at which each year begins, and the years."""
    years = list(range(first.year, today.year + 1))
    wanted = [(date(year, 1, 1) - first).days for year in years[1:]]
    return [0, *(-(-days * count // DAYS) for days in wanted)], years


def _id(random: Random, at: datetime) -> str:
    """A UUIDv7 as it would have been given at that moment."""
    bits = random.getrandbits(74)
    moment = int(at.timestamp() * 1000)
    return f"{moment:012x}7{bits >> 62:03x}{0x8000000000000000 | (bits & 0x3FFFFFFFFFFFFFFF):016x}"


def _dashed(key: str) -> str:
    return f"{key[:8]}-{key[8:12]}-{key[12:16]}-{key[16:20]}-{key[20:]}"


def _moment(at: datetime) -> str:
    return at.strftime("%Y-%m-%d %H:%M:%S.%f")


def rows_of(plan: Plan, begin: int, end: int) -> Rows:
    """All rows of the matters from place `begin` up to `end`."""
    rows: Rows = {table: [] for table in COLUMNS}
    ring = KeyRing.parse(plan.keys)
    for place in range(begin, end):
        _Maker(plan, place, ring, rows).write()
    return rows


_CLOSED_SHARES = [way.share for way in CLOSED]
_OPEN_SHARES = [way.share for way in OPEN]


class _Maker:
    """One matter being made."""

    def __init__(self, plan: Plan, place: int, ring: KeyRing, rows: Rows) -> None:
        self.plan, self.place, self.ring, self.rows = plan, place, ring, rows
        self.random = random = Random(plan.seed * 1_000_003 + place)
        self.day = plan.day(place)
        second = (place * 7919) % 28_000
        self.at = datetime(self.day.year, self.day.month, self.day.day, 1, tzinfo=UTC) + timedelta(
            seconds=second, microseconds=random.randrange(1_000_000)
        )
        self.key = _id(random, self.at)
        self.said: Said = said(random)
        self.way = self._way()
        self.is_public = self.way.publishable and random.random() < 0.24 and bool(self.said.text)
        self.course: Course = course(self.way, self.is_public, self.day, plan.region)
        units = plan.working if any(act.action == "assign" for act in self.course.acts) else plan.supervised
        has_body = any(act.action in {"assign", "transfer"} for act in self.course.acts)
        self.unit = random.choice(units) if has_body else None
        year, serial = plan.number(place)
        self.number = f"意 {year}-{serial:04d}"

    def _way(self) -> Way:
        """Young matters are mostly under way; of the old ones, one in a hundred was left lying."""
        age = (self.plan.today - self.day).days
        share = 0.85 if age < OPEN_DAYS else 0.012
        ways, shares = (OPEN, _OPEN_SHARES) if self.random.random() < share else (CLOSED, _CLOSED_SHARES)
        way = self.random.choices(ways, shares)[0]
        return way if way.days <= age else OPEN[0]

    def write(self) -> None:
        """Append the rows of this matter to every table."""
        sender = self._sender()
        last_hash, clocks = self._entries()
        self._matter(clocks, last_hash)
        self._standing()
        self._opinion(sender)
        self._search()

    def _add(self, table: str, *values: Value) -> None:
        self.rows[table].append(values)

    def _sender(self) -> str | None:
        if self.random.random() < 0.6:
            return None
        key = _id(self.random, self.at)
        text = json.dumps({"name": "何平安", "phone": f"1390000{self.place % 10_000:04d}"}, ensure_ascii=False)
        sealed = self.ring.seal(text, bound_to=_dashed(key))
        until = self.day.replace(year=self.day.year + 5, day=min(self.day.day, 28)).isoformat()
        about = f"matter:{_dashed(self.key)}"
        self._add("people_personalrecord", key, self.plan.congress, about, sealed, until, _moment(self.at))
        return key

    def _moment_of(self, act: Act, seq: int) -> datetime:
        if act.day == self.day:
            return self.at + timedelta(seconds=seq - 1)
        minute = (self.place * 31 + seq * 97) % 500
        return datetime(act.day.year, act.day.month, act.day.day, 1, minute % 60, tzinfo=UTC) + timedelta(
            hours=minute // 60
        )

    def _entries(self) -> tuple[str, str]:
        previous, clocks = "", self.course.clocks
        key = _dashed(self.key)
        for seq, act in enumerate(self.course.acts, start=1):
            at = self._moment_of(act, seq)
            entry, who, data = _id(self.random, at), self._who(act), self._data(act)
            account, name, office = (who.account, who.name, who.office) if who else (None, "", "")
            content = {
                "matter": key, "seq": seq, "action": act.action, "from": act.source, "to": act.target,
                "on": act.day.isoformat(), "at": at.isoformat(), "actor": _dashed(account) if account else "",
                "name": name, "office": office, "rules": act.rules, "data": data, "note": "",
            }  # fmt: skip
            hashed = chain_hash(previous, content)
            self._add(
                "matters_entry", entry, self.plan.congress, self.key, str(seq), act.action, act.source, act.target,
                act.day.isoformat(), _moment(at), account, name, office, act.rules_json,
                json.dumps(data, ensure_ascii=False), "", str(int(act.is_public)), previous, hashed,
            )  # fmt: skip
            previous, self.touched = hashed, at
            clocks = clocks.replace(f"@{seq - 1:02d}@", _dashed(entry))
        return previous, clocks

    def _who(self, act: Act) -> Unit | None:
        if act.action in {"submit", "rate", "withdraw"}:
            return None
        if act.action in {"accept", "answer", "extend"}:
            return self.unit
        return self.plan.clerk

    def _data(self, act: Act) -> dict[str, str]:
        if act.action in {"assign", "transfer"} and self.unit:
            return {"body": _dashed(self.unit.body)}
        if act.action == "answer":
            return {"reply": self.said.reply}
        if act.action == "rate":
            said = {"comment": self.said.comment} if self.said.comment else {}
            return {"result": RESULTS[self.rating], "process": self.rating, **said}
        if act.action == "not_accept":
            return {"reason": "other_by_law"}
        if act.action == "extend":
            return {"reason": "管线迁改要和供电单位一起安排。", "approved_by": "祝延年"}
        return {}

    @property
    def rating(self) -> str:
        """How the sender rated it, the same whenever it is asked."""
        return RATINGS[self.place % len(RATINGS)]

    def _matter(self, clocks: str, last_hash: str) -> None:
        course, plan = self.course, self.plan
        published = _moment(self.touched) if self.is_public else None
        self._add(
            "matters_matter", self.key, plan.congress, "petition", course.edition, self.number, self.said.subject,
            course.state, str(int(course.is_open)), self.day.isoformat(), _moment(self.at), _moment(self.touched),
            course.closed_on, self.said.category, None, self.unit.body if self.unit else None, course.next_due,
            str(int(self.is_public)), published, clocks, "{}", str(len(course.acts)), last_hash,
        )  # fmt: skip

    def _standing(self) -> None:
        congress, body = self.plan.congress, _dashed(self.unit.body) if self.unit else ""
        for clock in self.course.deadlines:
            self._add(
                "matters_deadline", _id(self.random, self.at), congress, self.key, clock.name, clock.rule,
                clock.holder.replace(_BODY, body), clock.status, clock.started_on, clock.due, clock.internal_due,
                clock.met_on, clock.is_late,
            )  # fmt: skip
        for holder, kind, verb, name, due in self.course.items:
            key = _id(self.random, self.touched)
            self._add(
                "matters_workitem",
                key,
                congress,
                self.key,
                holder.replace(_BODY, body),
                kind,
                verb,
                name,
                due,
                "petition",
            )
        if self.unit:
            since = next(act.day for act in self.course.acts if act.action in {"assign", "transfer"})
            key = _id(self.random, self.at)
            self._add("matters_party", key, congress, self.key, "responsible", self.unit.body, None, since.isoformat())

    def _opinion(self, sender: str | None) -> None:
        answered = next((act.day for act in self.course.acts if act.action == "answer"), None)
        rated = any(act.action == "rate" for act in self.course.acts)
        words = self.said
        self._add(
            "opinions_opinion", _id(self.random, self.at), self.plan.congress, self.key, words.text,
            words.text if self.is_public else "", CHANNELS[self.place % len(CHANNELS)], str(int(sender is None)),
            str(int(self.is_public or self.place % 3 > 0)), sender, "0" * 64, words.reply if answered else "",
            answered.isoformat() if answered else None, self.rating if rated else "",
            RESULTS[self.rating] if rated else "", words.comment if rated else "",
            words.reply if answered and self.is_public else "", f"bench:{self.place}",
        )  # fmt: skip

    def _search(self) -> None:
        answered = any(act.action == "answer" for act in self.course.acts)
        words, place = self.said, str(self.place + 1)
        text = f"{self.number} {words.text} {words.reply if answered else ''}"
        found = dict.fromkeys((*piece_terms(self.number), *words.terms, *(words.reply_terms if answered else ())))
        self._add(
            "search_searchtext", _id(self.random, self.at), self.plan.congress, self.key, place, words.subject, text
        )
        self._add("search_terms", place, " ".join(found))


_BODY = str(BODY)
