"""Where a text that was read belongs: a new edition, a part of one that is there, a correction of it, or nowhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from lvzhi.core import law
from lvzhi.core.law.structure.assemble import assemble, is_complete, is_part, part_of
from lvzhi.core.law.structure.sameness import body_words
from lvzhi.records.documents.store import Ready
from lvzhi.records.people.actor import Actor
from lvzhi.work.statutes.actions.reckoning import new_edition, set_text
from lvzhi.work.statutes.describing import Facts, facts_of
from lvzhi.work.statutes.imports.report import CLASH, NO_DAY, Params
from lvzhi.work.statutes.models import Edition, Incoming, Work
from lvzhi.work.statutes.models.edition import State
from lvzhi.work.statutes.models.kept import CORRECTED, DISMISSED, PARTS, PENDING, SAME, SAME_WORDS
from lvzhi.work.statutes.reading import document_of, loses, parts_of, with_parts


@dataclass(frozen=True)
class File:
    """A file by its name and the SHA-256 of its bytes; `original` is the file itself where it is more than words."""

    name: str
    digest: str
    original: Ready | None = None


@dataclass(frozen=True)
class Text:
    """A text that was read, with the files it came from and, for several, its parts."""

    document: law.Document
    files: tuple[File, ...]
    parts: tuple[law.Document, ...] = ()

    @property
    def pieces(self) -> tuple[law.Document, ...]:
        """Its parts, or itself."""
        return self.parts or (self.document,)

    @property
    def is_partial(self) -> bool:
        """Whether it is seen to be a part of a law, or several with others missing."""
        if is_part(self.document) and not self.parts:
            return not (part_of(self.document) and is_complete(self.pieces))
        return bool(self.parts) and not is_complete(self.parts)


@dataclass
class Stand:
    """What is held of a work while texts for it are placed; `waiting` are drafts that nobody has looked at."""

    published: dict[date, Edition] = field(default_factory=dict)
    waiting: list[Edition] = field(default_factory=list)
    superseded: dict[str, Edition] = field(default_factory=dict)
    dismissed: set[str] = field(default_factory=set)

    def add(self, edition: Edition) -> None:
        """Count an edition in, whatever its state; drafts of people are theirs alone."""
        if edition.state == State.PUBLISHED:
            self.published[edition.day] = edition
        elif edition.state == State.SUPERSEDED:
            self.superseded[edition.digest] = edition
        elif hasattr(edition, "incoming"):
            self.waiting.append(edition)

    def waits(self, day: date, kind: Incoming.Kind) -> Iterator[Edition]:
        """The drafts of a day that wait for the same."""
        return (each for each in self.waiting if each.day == day and each.incoming.kind == kind)


@dataclass(frozen=True)
class Made:
    """An edition that is new or was drafted anew, with its whole text; `drops` is the draft whose place it takes."""

    edition: Edition
    document: law.Document
    facts: Facts
    drops: Edition | None = None


@dataclass(frozen=True)
class Placed:
    """What became of a text: the edition that holds it, if any, and where nothing was published, why."""

    edition: Edition | None
    code: str = ""
    params: Params = field(default_factory=dict)
    made: Made | None = None


def place(work: Work, text: Text, facts: Facts, stand: Stand, *, actor: Actor, at: datetime) -> Placed:
    """Decide on one text. Stores nothing; reads the texts it has to be compared with, a statement each."""
    if facts.day is None:
        return Placed(None, NO_DAY)
    draft = new_edition(work, text.document, facts, parts=text.parts, actor=actor, at=at)
    if (known := _known(work, draft, stand)) is not None:
        return known
    named = text.document.metadata.named
    if draft.day in stand.published and named and named not in stand.published:
        # The history stops short of what the name claims: it is a later edition whose own change is not listed.
        draft.day = draft.effective = named
    standing = stand.published.get(draft.day)
    if standing is None:
        return _beside(work, draft, text, facts, stand, at)
    return _against(work, draft, standing, text, facts, stand, at)


def _known(work: Work, draft: Edition, stand: Stand) -> Placed | None:
    """A text that is in the library letter for letter, or was."""
    for twin in stand.published.values():
        if twin.digest == draft.digest:
            return Placed(twin, SAME, {"first": twin.file_name})
    for twin in stand.waiting:
        if twin.digest == draft.digest:
            return Placed(twin, _code_of(twin), _told(work, draft, twin.replaces or twin))
    if draft.digest in stand.superseded:
        return Placed(None, CORRECTED, {"first": stand.superseded[draft.digest].file_name})
    if draft.digest in stand.dismissed:
        return Placed(None, DISMISSED, _told(work, draft, draft))
    return None


def _beside(work: Work, draft: Edition, text: Text, facts: Facts, stand: Stand, at: datetime) -> Placed:
    """A text of a day of which nothing is published: joined to what waits for it, published when it is complete."""
    torn = None
    for held in stand.waits(draft.day, Incoming.Kind.PARTS):
        parts = with_parts(held, text.pieces)
        if parts is not None:
            return _joined(work, held, parts, draft, stand, at)
        torn = held
    if torn is not None and text.is_partial:
        return Placed(None, CLASH, _told(work, draft, torn))
    if (text.parts or part_of(text.document)) and not is_complete(text.pieces):
        draft.incoming = _incoming(draft, Incoming.Kind.PARTS, at)
        stand.waiting.append(draft)
        return Placed(draft, PARTS, _told(work, draft, draft), Made(draft, text.document, facts))
    _publish(draft, at, stand)
    if torn is not None:
        stand.waiting.remove(torn)
    return Placed(draft, made=Made(draft, text.document, facts, torn))


def _joined(
    work: Work, held: Edition, parts: Sequence[law.Document], draft: Edition, stand: Stand, at: datetime
) -> Placed:
    """An unfinished text with more of its parts."""
    whole = assemble(parts)
    if body_words(whole) == body_words(document_of(held)):
        return Placed(held, PARTS, _told(work, draft, held))
    facts = _facts(whole, held)
    set_text(held, whole, facts, parts=parts)
    if is_complete(parts):
        stand.waiting.remove(held)
        _publish(held, at, stand)
        return Placed(held, made=Made(held, whole, facts))
    held.incoming.digest = held.digest
    return Placed(held, PARTS, _told(work, draft, held), Made(held, whole, facts))


def _against(
    work: Work, draft: Edition, standing: Edition, text: Text, facts: Facts, stand: Stand, at: datetime
) -> Placed:
    """A text of an edition that is published: the same words, or a correction for somebody to compare."""
    told = _told(work, draft, standing)
    for held in (*stand.waits(draft.day, Incoming.Kind.CORRECTION), standing):
        parts = with_parts(held, text.pieces)
        if parts is None or (held is not standing and not _is_undisputed(held, standing, parts, text)):
            continue
        whole = assemble(parts)
        if body_words(whole) == body_words(document_of(held)):
            return Placed(held, *((SAME_WORDS, {"first": held.file_name}) if held is standing else (PENDING, told)))
        facts = _facts(whole, standing)
        if held is standing:
            set_text(draft, whole, facts, parts=parts)
            return _received(draft, standing, whole, facts, told, stand, at)
        set_text(held, whole, facts, parts=parts)
        held.effective, held.incoming.digest = standing.effective, held.digest
        return Placed(held, PENDING, told, Made(held, whole, facts))
    if text.is_partial and loses(standing, text.document):
        same = _holds(standing, text.document)
        return Placed(standing, SAME_WORDS, {"first": standing.file_name}) if same else Placed(None, CLASH, told)
    if body_words(text.document) == body_words(document_of(standing)):
        return Placed(standing, SAME_WORDS, {"first": standing.file_name})
    return _received(draft, standing, text.document, facts, told, stand, at)


def _is_undisputed(held: Edition, standing: Edition, parts: Sequence[law.Document], text: Text) -> bool:
    """Whether a part takes no place in a waiting correction that another file has mended already."""
    kept = {each.source for each in parts} | {each.source for each in parts_of(standing)}
    names = {file.name for file in text.files}
    return all(each.source in kept or each.name in names for each in parts_of(held))


def _received(
    draft: Edition, standing: Edition, document: law.Document, facts: Facts, told: Params, stand: Stand, at: datetime
) -> Placed:
    if draft.digest in stand.dismissed:
        return Placed(None, DISMISSED, told)
    draft.replaces, draft.effective = standing, standing.effective
    draft.reason = f"导入的文件：{draft.file_name}"[:200]
    draft.incoming = _incoming(draft, Incoming.Kind.CORRECTION, at)
    stand.waiting.append(draft)
    return Placed(draft, PENDING, told, Made(draft, document, facts))


def _holds(standing: Edition, part: law.Document) -> bool:
    """Whether every article of a part stands in an edition in the same words."""
    held = document_of(standing)
    return all(
        (twin := held.unit(unit.eid)) is not None and _squeezed(held.words(twin)) == _squeezed(part.words(unit))
        for unit in (part.units[place] for place in part.articles)
    )


def _squeezed(words: str) -> str:
    return "".join(words.split())


def _facts(whole: law.Document, held: Edition) -> Facts:
    """What a text put together says, for the day of the edition it belongs to."""
    return replace(facts_of(whole), title=held.title, day=held.day)


def _incoming(draft: Edition, kind: Incoming.Kind, at: datetime) -> Incoming:
    return Incoming(
        congress_id=draft.congress_id,
        edition=draft,
        work=draft.work,
        kind=kind,
        day=draft.day,
        digest=draft.digest,
        at=at,
    )


def _publish(draft: Edition, at: datetime, stand: Stand) -> None:
    draft.state, draft.published_at = State.PUBLISHED, at
    stand.published[draft.day] = draft


def _code_of(waiting: Edition) -> str:
    return PENDING if waiting.incoming.kind == Incoming.Kind.CORRECTION else PARTS


def _told(work: Work, draft: Edition, first: Edition) -> Params:
    return {"title": work.title, "day": draft.day.isoformat(), "first": first.file_name}
