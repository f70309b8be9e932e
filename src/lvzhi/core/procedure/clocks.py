"""When each clock is due, and how that was computed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from lvzhi.core.calendar import Reckoning, Step, Term, WorkCalendar
from lvzhi.core.calendar.steps import Lang
from lvzhi.core.calendar.terms import settle
from lvzhi.core.procedure.model import Citation, Clock, Procedure, Text
from lvzhi.core.procedure.runs import ClockEvent, ClockRun, Folded, Status, fold

_NOTHING = Reckoning(date.max, date.max, ())


@dataclass(frozen=True, slots=True)
class ClockValue:
    """What a clock shows.

    `due` is the statutory last day, None without a statutory limit, while the clock rests, and
    once it is waived or cancelled. `internal_due` is a target of the house, never law. `late` says
    that the duty was met after `due` (for a shortest time: before it). `governing` is the clock
    whose date counts, when the earlier of two rules applies.
    """

    clock: str
    due: date | None
    internal_due: date | None
    status: Status
    started_on: date | None
    met_on: date | None
    late: bool
    steps: tuple[Step, ...]
    governing: str
    lapses: bool = False

    def overdue(self, on: date) -> bool:
        """Whether the duty is still open after its last day; a time to object merely lapses."""
        return not self.lapses and self.status == "running" and self.due is not None and on > self.due


def reckon(
    clock: Clock, run: ClockRun, calendar: WorkCalendar, anchors: Mapping[str, date] | None = None
) -> ClockValue:
    """When `clock` is due, from its events alone (and the meeting date now in force, if given).

    `anchors` moves a clock that still runs; one that was met keeps the date it was met against.
    """
    state = fold(run)
    found = _reckoned(clock, state, calendar, anchors or {})
    internal, steps = _internal(clock, state, calendar), found.steps
    if internal is not None:
        steps = (*steps, internal)
    shows = found.due != date.max and state.status in {"running", "met"}
    closed = state.closed
    met_on = closed.on if closed is not None and state.status == "met" else None
    early = clock.kind == "duration"
    return ClockValue(
        clock=clock.name,
        due=found.due if shows else None,
        internal_due=internal.date if internal is not None and state.status in {"running", "met"} else None,
        status=state.status,
        started_on=state.counted_from,
        met_on=met_on,
        late=met_on is not None and shows and (met_on < found.due if early else met_on > found.due),
        steps=steps,
        governing=clock.name,
        lapses=clock.lapses,
    )


def reckon_all(
    procedure: Procedure,
    runs: Sequence[ClockRun],
    calendar: WorkCalendar,
    anchors: Mapping[str, date] | None = None,
) -> dict[str, ClockValue]:
    """Every clock of a matter, with the earlier of two rules where the procedure says so."""
    found = {run.clock: reckon(procedure.clock(run.clock), run, calendar, anchors) for run in runs}
    return {name: _earlier(procedure, value, found) for name, value in found.items()}


def extension_limit(clock: Clock, run: ClockRun, calendar: WorkCalendar) -> date | None:
    """The latest day to which `clock` may be put off, or None if it may not be."""
    state = fold(run)
    if clock.extension is None or clock.term is None or state.counted_from is None:
        return None
    raw, _ = _extended(clock, state.counted_from, clock.term.shift(state.counted_from, calendar), calendar)
    return settle(raw, [], clock.term, state.pauses, calendar).due


def _earlier(procedure: Procedure, value: ClockValue, found: Mapping[str, ClockValue]) -> ClockValue:
    other = found.get(procedure.clock(value.clock).earliest_with or "")
    if other is None or other.due is None or (value.due is not None and value.due <= other.due):
        return value
    text = procedure.clock(other.clock).text
    step = Step("earlier_of", other.due, {"other_zh": text.zh, "other_en": text.en})
    late = value.met_on is not None and value.met_on > other.due
    return replace(value, due=other.due, late=late, governing=other.clock, steps=(*value.steps, *other.steps, step))


def _reckoned(clock: Clock, state: Folded, calendar: WorkCalendar, anchors: Mapping[str, date]) -> Reckoning:
    start = state.counted_from
    if state.status == "waived" and state.closed is not None:
        reason = state.closed.data.get("reason", "")
        params = {"from": state.closed.on.isoformat(), "reason": reason}
        return Reckoning(date.max, date.max, (Step("waived", state.closed.on, params),))
    if clock.kind == "before":
        return _before(clock, state, calendar, anchors)
    if start is None:
        return _NOTHING
    if clock.kind == "none":
        return Reckoning(date.max, date.max, (Step("no_limit", start, {}),))
    if clock.kind in {"term", "duration"} and clock.term is not None:
        return _termed(clock, clock.term, state, start, calendar)
    if clock.fixed is not None:
        return clock.fixed.due(start)
    if clock.window is not None:
        return clock.window.due(start)
    return _frequency(clock, state, start, anchors)


def _frequency(clock: Clock, state: Folded, start: date, anchors: Mapping[str, date]) -> Reckoning:
    if clock.frequency is None:
        return _NOTHING
    office = (anchors["term_begins"], anchors["term_ends"]) if "term_ends" in anchors else None
    if clock.frequency.per == "term" and office is None:
        step = Step("unanchored", start, {"anchor_zh": "本届任期届满日", "anchor_en": "end of the term of office"})
        return Reckoning(date.max, date.max, (step,))
    done = state.started is not None and state.started.action in clock.met_by
    if done and clock.frequency.count == 1 and office is None:
        start = clock.frequency.period(start)[1] + timedelta(days=1)  # done once: the next period counts
    return clock.frequency.due(start, office)


def _before(clock: Clock, state: Folded, calendar: WorkCalendar, anchors: Mapping[str, date]) -> Reckoning:
    day = anchors.get(state.anchor, state.anchor_date) if state.active else state.anchor_date
    if day is None or clock.term is None:
        return _NOTHING
    return clock.term.before(day, calendar)


def _termed(clock: Clock, term: Term, state: Folded, start: date, calendar: WorkCalendar) -> Reckoning:
    if clock.kind == "duration":
        raw = term.shift(start, calendar)
        params = {"start": start.isoformat(), "term_zh": term.words("zh"), "term_en": term.words("en")}
        return Reckoning(raw, raw, (Step("not_before", raw, params),))
    if state.extended is None:
        found = term.end(start, calendar, pauses=state.pauses)
    else:
        found = _extended_end(clock, term, state, start, state.extended, calendar)
    if state.resting_since is not None:
        rest = Step("pausing", state.resting_since, {"from": state.resting_since.isoformat()})
        return Reckoning(found.due, found.raw, (*found.steps[:1], rest))
    return found


def _extended_end(
    clock: Clock, term: Term, state: Folded, start: date, event: ClockEvent, calendar: WorkCalendar
) -> Reckoning:
    """The last day of an extended clock; a granted day never passes what the law allows."""
    plain = term.end(start, calendar)
    raw, longer = _extended(clock, start, plain.raw, calendar)
    kind = "ceiling" if clock.extension is not None and clock.extension.ceiling is not None else "extended"
    params = {
        "from": event.on.isoformat(), "start": start.isoformat(),
        "term_zh": longer.words("zh"), "term_en": longer.words("en"),
    }  # fmt: skip
    steps = [plain.steps[0], Step(kind, raw, params)]
    granted = event.data.get("until")
    if granted and plain.raw < date.fromisoformat(granted) < raw:
        raw = date.fromisoformat(granted)
        steps.append(Step("until", raw, {}))
    return settle(raw, steps, term, state.pauses, calendar)


def _extended(clock: Clock, start: date, plain: date, calendar: WorkCalendar) -> tuple[date, Term]:
    extension = clock.extension
    if extension is not None and extension.ceiling is not None:
        return extension.ceiling.shift(start, calendar), extension.ceiling
    longer = extension.term if extension is not None and extension.term is not None else Term()
    return longer.shift(plain, calendar), longer


def _internal(clock: Clock, state: Folded, calendar: WorkCalendar) -> Step | None:
    start = state.counted_from
    if clock.internal is None or start is None or state.status == "waived":
        return None
    due = clock.internal.end(start, calendar, pauses=state.pauses).due
    return Step("internal", due, {"term_zh": clock.internal.words("zh"), "term_en": clock.internal.words("en")})


@dataclass(frozen=True, slots=True)
class Start:
    """What started a clock: the action, its name for the reader, the day and the entry."""

    action: str
    text: Text
    on: date
    entry: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a date is what it is: rule, article, edition, starting entry, steps, result."""

    procedure: str
    edition: str
    clock: str
    text: Text
    rule: str | None
    citation: Citation
    also: tuple[Citation, ...]
    started_by: Start | None
    value: ClockValue
    note: Text | None

    @property
    def due(self) -> date | None:
        """The statutory last day, if there is one."""
        return self.value.due

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps of the reckoning."""
        return self.value.steps

    def sentences(self, lang: Lang = "zh") -> tuple[str, ...]:
        """The chain in plain sentences."""
        zh = lang == "zh"
        said = [f"依据{self.citation.render('zh')}。" if zh else f"Rule: {self.citation.render('en')}."]
        if self.started_by is not None:
            on, name = self.started_by.on.isoformat(), self.started_by.text.get(lang)
            said.append(f"{on}「{name}」，由此起算。" if zh else f"Counted from “{name}” on {on}.")
        said += [step.render(lang) for step in self.value.steps]
        if self.note is not None and self.note.get(lang) not in said:
            said.append(self.note.get(lang))
        return tuple(said)

    def to_json(self) -> dict[str, Any]:
        """The chain as plain data, with the sentences in both languages."""
        start = self.started_by
        return {
            "procedure": self.procedure,
            "edition": self.edition,
            "clock": self.clock,
            "name": self.text._asdict(),
            "rule": self.rule,
            "law": self.citation.law,
            "article": self.citation.article,
            "also": [{"rule": c.rule, "law": c.law, "article": c.article} for c in self.also],
            "started_by": start
            and {
                "action": start.action,
                "name": start.text._asdict(),
                "on": start.on.isoformat(),
                "entry": start.entry,
            },
            "status": self.value.status,
            "due": self.value.due and self.value.due.isoformat(),
            "internal_due": self.value.internal_due and self.value.internal_due.isoformat(),
            "governing": self.value.governing,
            "late": self.value.late,
            "steps": [step.to_json() for step in self.value.steps],
            "note": self.note and self.note._asdict(),
            "zh": list(self.sentences("zh")),
            "en": list(self.sentences("en")),
        }


def explain(
    procedure: Procedure,
    clock: Clock | str,
    run: ClockRun,
    calendar: WorkCalendar,
    anchors: Mapping[str, date] | None = None,
    others: Sequence[ClockRun] = (),
) -> Explanation:
    """How the date of one clock was reached. `others` lets the earlier of two rules apply."""
    wanted = procedure.clock(clock) if isinstance(clock, str) else clock
    runs = [run, *(other for other in others if other.clock != run.clock)]
    value = reckon_all(procedure, runs, calendar, anchors)[run.clock]
    started = fold(run).started
    note = Text("法律没有规定具体期限。", "No statutory limit.") if wanted.kind == "none" else None
    return Explanation(
        procedure=procedure.key,
        edition=procedure.edition,
        clock=wanted.name,
        text=wanted.text,
        rule=wanted.citation.rule,
        citation=wanted.citation,
        also=wanted.also,
        started_by=_start(procedure, started) if started is not None else None,
        value=value,
        note=note,
    )


def _start(procedure: Procedure, event: ClockEvent) -> Start:
    anchor = event.data.get("anchor", "")
    if anchor in procedure.anchors:
        return Start(event.action, procedure.anchors[anchor], event.on, event.entry)
    action = procedure.actions.get(event.action)
    return Start(event.action, action.text if action else Text(event.action, event.action), event.on, event.entry)
