"""What the page of a matter shows of an opinion beyond any other matter: danger, sorting, answers, mergers, covers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from lvzhi.core.text import reason, signals
from lvzhi.core.text.wording import SENTENCES
from lvzhi.faces.design.deadlines import lang
from lvzhi.faces.design.shapes import Link, State
from lvzhi.faces.design.wording import cn_datetime, short_date
from lvzhi.faces.desk.opinions.cases import cases
from lvzhi.faces.desk.opinions.marking import marked
from lvzhi.faces.desk.shown import state_of_matter
from lvzhi.records.matters import guards
from lvzhi.records.matters.models import Entry, Matter
from lvzhi.records.matters.procedures import procedure_of
from lvzhi.records.people.actor import Actor
from lvzhi.work.opinions import checking, covering, queries
from lvzhi.work.opinions.models import Answer, Opinion, Redaction

TONES = {"waiting": "wait", "passed": "done", "sent_back": "back", "unchecked": "done"}


@dataclass(frozen=True)
class Said:
    """Something somebody said on the way: when, who, what."""

    when: str
    who: str
    text: str
    what: str = ""


@dataclass(frozen=True)
class Given:
    """One answer handed in."""

    head: str
    state: State
    text: SafeString
    reason: str
    flags: list[str]


def parts(
    actor: Actor, matter: Matter, opinion: Opinion, entries: Sequence[Entry], names: dict[str, str], today: date
) -> dict[str, Any]:
    """For those who handle it. Three statements, some four more while it waits to be sorted."""
    office = "petition_office" in actor.roles
    past = queries.past(entries)
    members = queries.merged_with(opinion)
    fresh = matter.state in queries.FRESH
    found = {
        "alarm": _alarm(opinion),
        "suspicion": [reason(str(item["code"]), lang()) for item in opinion.suspicion if item["code"] in SENTENCES]
        if opinion.is_suspected
        else [],
        "case": cases([opinion], matter.congress, today)[0] if fresh and office else None,
        "returns": [_said(each, matter, today) for each in past.returns] if fresh else [],
        "may_designate": fresh and office and "disputed" in guards.satisfied_among(matter, ["disputed"]),
        "designate_url": reverse("desk-act", args=[matter.pk, "designate"]),
        "points": list(opinion.points),
        "may_itemise": office and not fresh and _may(matter, "itemise"),
        "members": [_member(each, today) for each in members],
        "authors": 1 + len(members),
        "merged_into": _link(opinion.merged_into) if opinion.merged_into_id else None,
        "unmerge_url": reverse("desk-act", args=[matter.pk, "unmerge"]) if office and opinion.merged_into_id else "",
        "given": [_given(each, today) for each in queries.answers(opinion)],
        "rounds": [_said(each, matter, today) for each in past.reopened],
        "contributions": [_said(each, matter, today) for each in past.contributions],
        "awaited": _awaited(matter, names),
        "notes": [_said(each, matter, today) for each in past.notes],
        "note_url": reverse("desk-act", args=[matter.pk, "note"]) if _may(matter, "note") else "",
        "covers": _covers(queries.redactions(opinion)) if matter.is_public else [],
        "recover_url": reverse("desk-publish", args=[matter.pk]) if matter.is_public and office else "",
        "compare_url": reverse("desk-compare", args=[matter.pk]) if office and matter.is_open else "",
    }
    return {**found, "warns": any(found[name] for name in ("alarm", "suspicion", "returns", "merged_into", "rounds"))}


def _may(matter: Matter, action: str) -> bool:
    known = procedure_of(matter).actions.get(action)
    return known is not None and matter.state in known.to


def _alarm(opinion: Opinion) -> dict[str, object] | None:
    """The sign of danger, as long as nobody was contacted."""
    if not opinion.danger or opinion.attended_at:
        return None
    found = signals(f"{opinion.matter.title}\n{opinion.text}")
    return {
        "kind": opinion.get_danger_display(),
        "sentence": reason(found[0].reason, lang()) if found else "",
        "words": _("、").join(dict.fromkeys(span.words for span in found)),
        "url": reverse("desk-act", args=[opinion.matter_id, "attend"]),
    }


def _said(each: queries.Return, matter: Matter, today: date) -> Said:
    action = procedure_of(matter).actions.get(each.action)
    what = action.text.get("en" if lang() == "en" else "zh") if action else ""
    return Said(short_date(each.on, today), each.office or _("来信人"), each.reason, what)


def _link(opinion: Opinion | None) -> Link | None:
    if opinion is None:
        return None
    matter = opinion.matter
    return Link(f"{matter.number} {matter.title}", reverse("desk-matter", args=[matter.pk]))


def _member(opinion: Opinion, today: date) -> dict[str, object]:
    matter = opinion.matter
    rated = opinion.get_result_rating_display() if opinion.result_rating else ""
    return {
        "link": _link(opinion),
        "when": short_date(matter.opened_on, today),
        "state": state_of_matter(matter),
        "rated": rated,
    }


def _given(answer: Answer, today: date) -> Given:
    flags = [(str(flag["code"]), str(flag["words"])) for flag in answer.flags]
    head = _("第 %(round)s 轮，%(body)s，%(day)s") % {
        "round": answer.round,
        "body": answer.body.short if answer.body else _("信访办公室"),
        "day": short_date(answer.given_on, today),
    }
    state = State(str(answer.get_verdict_display()), TONES[answer.verdict])  # type: ignore[arg-type]
    said = [checking.sentence_of(code) for code, _words in flags]
    return Given(head, state, marked(answer.text, [words for _code, words in flags]), answer.reason, said)


def _awaited(matter: Matter, names: dict[str, str]) -> list[str]:
    """The bodies whose contribution is awaited, by name."""
    return [names[value] for key, value in matter.bound.items() if key.startswith("co.") and value in names]


def _covers(rows: Sequence[Redaction]) -> list[str]:
    """The log of what is covered: where, what kind, by whom; never the words."""
    found = []
    for row in rows:
        who = row.by.name if row.by else _("本机")
        found.append(
            _("%(part)s第 %(place)s 字起 %(n)s 字，%(kind)s，%(who)s %(at)s")
            % {
                "part": row.get_part_display(),
                "place": row.start + 1,
                "n": row.length,
                "kind": covering.kind_name(row.kind),
                "who": who,
                "at": cn_datetime(row.at),
            }
        )
    return found
