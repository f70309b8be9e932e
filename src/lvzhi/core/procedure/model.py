"""What a statutory procedure is made of. All values are immutable."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import Final, Literal, NamedTuple

from lvzhi.core.calendar import FixedDate, Frequency, Term, Window
from lvzhi.core.procedure.errors import ProcedureError

Level = Literal["national", "beijing", "practice"]
CitationKind = Literal["law", "regulation", "practice"]
DutyKind = Literal["standing", "prohibition", "publication", "permission", "form"]
FieldType = Literal["text", "longtext", "date", "bool", "choice", "body", "unit", "person", "rating", "file"]
SettingValue = int | bool | str

EMPTY: Final[Mapping[str, str]] = MappingProxyType({})


class Text(NamedTuple):
    """A sentence or name in Chinese and English."""

    zh: str
    en: str

    def get(self, lang: str) -> str:
        """The text in "zh" or "en"."""
        return self.en if lang == "en" else self.zh


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a rule stands. `rule` is its id in the list of statutory steps, if it has one."""

    name: str
    rule: str | None
    law: str
    article: str
    level: Level = "national"
    kind: CitationKind = "law"
    reading: Text | None = None

    def render(self, lang: str = "zh") -> str:
        """《信访工作条例(2022-02-25)》第三十四条; practice without a text says so."""
        if self.kind == "practice":
            return "本地做法（法律没有规定）" if lang == "zh" else "local practice (no statutory text)"
        return f"《{self.law}》{self.article}"


@dataclass(frozen=True, slots=True)
class State:
    """Where a matter can stand. `public` is what the public is told, if not the name itself.

    `task` is what is to be done with a matter that stands here, where several actions would do it: a worklist shows it
    instead of the first of them.
    """

    name: str
    text: Text
    initial: bool = False
    final: bool = False
    public: Text | None = None
    task: Text | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a field of type choice or rating."""

    name: str
    text: Text


@dataclass(frozen=True, slots=True)
class Field:
    """What an action asks for. `anchor` marks a date that clocks are counted from."""

    name: str
    text: Text
    type: FieldType = "text"
    required: bool = False
    choices: tuple[Choice, ...] = ()
    anchor: bool = False


@dataclass(frozen=True, slots=True)
class Action:
    """A button. `to` maps each origin to the state it leads to; "" is the origin of creation.

    `internal` marks what stays among those who handle the matter: the citizen who holds its receipt does not read it.

    `unless_running` names clocks that forbid the action while they run: accepting twice must not
    restart the sixty days.
    """

    name: str
    text: Text
    origins: tuple[str, ...]
    to: Mapping[str, str]
    by: tuple[str, ...]
    fields: tuple[Field, ...] = ()
    yields: tuple[str, ...] = ()
    rules: tuple[Citation, ...] = ()
    public: bool = False
    hint: Text | None = None
    primary: bool = False
    system: bool = False
    internal: bool = False
    guards: tuple[str, ...] = ()
    unless_running: tuple[str, ...] = ()

    @property
    def creates(self) -> bool:
        """Whether this action begins a matter."""
        return "" in self.to

    def target(self, state: str) -> str:
        """The state after this action taken in `state`. KeyError if it cannot be taken there."""
        return self.to[state]

    def field(self, name: str) -> Field:
        """The field called `name`. KeyError if there is none."""
        for item in self.fields:
            if item.name == name:
                return item
        raise KeyError(name)


@dataclass(frozen=True, slots=True)
class Extension:
    """Who may lengthen a clock, by which action, and how far.

    `term` is added to the ordinary last day; `ceiling` is counted from the same start.
    """

    action: str
    by: tuple[str, ...]
    term: Term | None = None
    ceiling: Term | None = None
    cite: Citation | None = None


@dataclass(frozen=True, slots=True)
class Waiver:
    """Who may set a clock aside, by which action and on what basis."""

    action: str
    by: tuple[str, ...]
    basis: Citation | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """Which choices of a field let a clock start; `or_empty` says whether no choice does too."""

    field: str
    values: tuple[str, ...]
    or_empty: bool = False

    def holds(self, facts: Mapping[str, object]) -> bool:
        """Whether the values given with the starting action meet the condition."""
        given = facts.get(self.field)
        return self.or_empty if given in (None, "") else given in self.values


ClockKind = Literal["term", "before", "fixed", "window", "frequency", "duration", "none"]


@dataclass(frozen=True, slots=True)
class Clock:
    """A statutory time limit, or a duty 及时 without one (`kind` "none").

    `starts` names actions or anchors. `start_field` names a date field of the starting action
    that, when filled in, is the day the time runs from (such as the day of receipt).
    `lapses` marks a time to object, or a shortest time: nobody is late when it is over.
    `starts_once` keeps the first start: assigning again does not restart the clock. `starts_if` holds back the start
    unless the starting action says so: the sixty days are for claims, not for suggestions.
    """

    name: str
    text: Text
    citation: Citation
    kind: ClockKind
    holder: str
    starts: tuple[str, ...]
    met_by: tuple[str, ...]
    term: Term | None = None
    fixed: FixedDate | None = None
    window: Window | None = None
    frequency: Frequency | None = None
    internal: Term | None = None
    start_field: str | None = None
    starts_once: bool = False
    starts_if: Condition | None = None
    lapses: bool = False
    cancelled_by: tuple[str, ...] = ()
    paused_by: tuple[str, ...] = ()
    resumed_by: tuple[str, ...] = ()
    extension: Extension | None = None
    waiver: Waiver | None = None
    earliest_with: str | None = None
    also: tuple[Citation, ...] = ()

    @property
    def statutory(self) -> bool:
        """Whether the law gives a number. An internal target alone is not statutory."""
        return self.kind != "none" and self.citation.kind != "practice"


@dataclass(frozen=True, slots=True)
class Duty:
    """A rule without a transition, and the sentence that says where the platform honours it."""

    name: str
    citation: Citation
    kind: DutyKind
    text: Text
    enforced_by: Text


@dataclass(frozen=True, slots=True)
class Setting:
    """What a congress may choose, within bounds."""

    name: str
    text: Text
    type: Literal["int", "bool", "choice"]
    default: SettingValue
    minimum: int | None = None
    maximum: int | None = None
    choices: tuple[str, ...] = ()
    citation: Citation | None = None


@dataclass(frozen=True, slots=True)
class Role:
    """Who acts: a key, and the name the reader sees."""

    name: str
    text: Text


@dataclass(frozen=True)
class Procedure:
    """One edition of one procedure, with its regional overlay and settings applied."""

    id: str
    text: Text
    number_prefix: str
    edition: str
    effective_from: date
    effective_until: date | None
    region: str
    states: Mapping[str, State]
    actions: Mapping[str, Action]
    clocks: Mapping[str, Clock]
    papers: Mapping[str, Text]
    duties: tuple[Duty, ...]
    roles: Mapping[str, Role]
    settings: Mapping[str, Setting]
    guards: Mapping[str, Text]
    anchors: Mapping[str, Text]
    citations: Mapping[str, Citation]
    values: Mapping[str, SettingValue] = field(default_factory=dict)
    overlay: str | None = None
    summary: Text | None = None

    @cached_property
    def key(self) -> str:
        """What a matter keeps: petition@2022-05-01, or petition@2022-05-01+beijing@2007-01-01."""
        base = f"{self.id}@{self.edition}"
        return base if self.overlay is None else f"{base}+{self.region}@{self.overlay}"

    @cached_property
    def initial(self) -> State:
        """The state in which a matter begins (the first one, if there are several ways to begin)."""
        return next(state for state in self.states.values() if state.initial)

    @cached_property
    def creating(self) -> tuple[Action, ...]:
        """The actions that begin a matter."""
        return tuple(action for action in self.actions.values() if action.creates)

    def actions_from(self, state: str) -> tuple[Action, ...]:
        """The actions that can be taken in `state`, in the order of the file."""
        return self._by_origin.get(state, ())

    @cached_property
    def _by_origin(self) -> dict[str, tuple[Action, ...]]:
        origins = ("", *self.states)
        return {o: tuple(a for a in self.actions.values() if o in a.to) for o in origins}

    @cached_property
    def clocks_touched(self) -> Mapping[str, tuple[Clock, ...]]:
        """Per action, the clocks it starts, meets, cancels, pauses, resumes, extends or waives."""
        touched: dict[str, list[Clock]] = {}
        for clock in self.clocks.values():
            names = {*clock.starts, *clock.met_by, *clock.cancelled_by, *clock.paused_by, *clock.resumed_by}
            names |= {part.action for part in (clock.extension, clock.waiver) if part is not None}
            for name in names:
                touched.setdefault(name, []).append(clock)
        return {name: tuple(clocks) for name, clocks in touched.items()}

    def action(self, name: str) -> Action:
        """The action called `name`; ProcedureError names the ones there are."""
        try:
            return self.actions[name]
        except KeyError:
            known = ", ".join(self.actions)
            raise ProcedureError(f"{self.key}: no action {name!r}; there are {known}") from None

    def clock(self, name: str) -> Clock:
        """The clock called `name`; ProcedureError names the ones there are."""
        try:
            return self.clocks[name]
        except KeyError:
            known = ", ".join(self.clocks)
            raise ProcedureError(f"{self.key}: no clock {name!r}; there are {known}") from None

    def cited(self) -> frozenset[Citation]:
        """Every citation that an action, clock, duty or setting of this procedure rests on."""
        found: set[Citation | None] = set()
        for action in self.actions.values():
            found.update(action.rules)
        for clock in self.clocks.values():
            found.update((clock.citation, *clock.also))
            found.add(clock.extension.cite if clock.extension else None)
            found.add(clock.waiver.basis if clock.waiver else None)
        found.update(duty.citation for duty in self.duties)
        found.update(setting.citation for setting in self.settings.values())
        return frozenset(citation for citation in found if citation is not None)

    def rule_ids(self) -> frozenset[str]:
        """The ids of the statutory rules this procedure reaches."""
        return frozenset(c.rule for c in self.cited() if c.rule is not None)
