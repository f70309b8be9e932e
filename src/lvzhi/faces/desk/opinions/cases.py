"""One opinion as the queue shows it: its words with what decided, what is suggested, what may be the same thing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from lvzhi.core.text import points, reason, signals
from lvzhi.faces.design.deadlines import lang
from lvzhi.faces.design.shapes import Due, Link
from lvzhi.faces.design.wording import due_on, short_date
from lvzhi.faces.desk.opinions.marking import begin
from lvzhi.records.people.models import Body, Congress
from lvzhi.work.opinions import queries
from lvzhi.work.opinions.categories import categories
from lvzhi.work.opinions.models import Opinion, Triage

MOST_ALIKE = 3
MOST_WORDS = 6
LEAST_CHOSEN = 0.3
"""A body suggested with less is listed first and not chosen beforehand."""


@dataclass(frozen=True)
class Choice:
    """One choice of a select: value, label, whether it is chosen."""

    value: str
    label: str
    is_chosen: bool = False


@dataclass(frozen=True)
class Case:
    """One opinion waiting to be passed on."""

    opinion: Opinion
    url: str
    text: SafeString
    meta: str
    due: Due
    tags: list[str]
    words: str
    score: str
    categories: list[Choice]
    topics: list[Choice]
    bodies: list[Choice]
    points: str
    point_count: int
    alike: list[Link] = field(default_factory=list)
    compare: str = ""


@dataclass(frozen=True)
class Danger:
    """An opinion with a sign of danger: what kind, the words, the sentence."""

    opinion: Opinion
    url: str
    contact_url: str
    kind: str
    text: SafeString
    sentence: str
    since: str
    stands: str


def dangers(congress: UUID, today: date) -> list[Danger]:
    """Those nobody has contacted yet. One statement."""
    found = []
    for opinion in queries.in_danger(congress):
        matter = opinion.matter
        spans = signals(f"{matter.title}\n{opinion.text}")
        found.append(
            Danger(
                opinion=opinion,
                url=reverse("desk-matter", args=[matter.pk]),
                contact_url=reverse("desk-act", args=[matter.pk, "attend"]),
                kind=opinion.get_danger_display(),
                text=begin(_around(opinion.text, spans[0].words if spans else ""), [span.words for span in spans]),
                sentence=reason(spans[0].reason, lang()) if spans else "",
                since=short_date(matter.opened_on, today),
                stands=matter.responsible.short if matter.responsible else "",
            )
        )
    return found


def _around(text: str, words: str, before: int = 60) -> str:
    """The text from a little before the words that count."""
    at = text.find(words) if words else -1
    return text if at <= before else f"…{text[at - before :]}"


def cases(opinions: Sequence[Opinion], congress: Congress, today: date) -> list[Case]:
    """What the queue shows of these opinions. Four statements however many."""
    alike, same = queries.likely(opinions), queries.same_words(opinions)
    bodies = list(Body.objects.of(congress).answering().order_by("kind", "slug").values_list("pk", "short"))
    names = {each.key: str(each) for each in categories(congress)}
    return [
        _case(each, names, bodies, alike.get(each.pk, []), same.get(each.fingerprint, 1), today) for each in opinions
    ]


def _case(
    opinion: Opinion,
    names: Mapping[str, str],
    bodies: Sequence[tuple[UUID, str]],
    alike: Sequence[queries.Likely],
    same: int,
    today: date,
) -> Case:
    matter = opinion.matter
    found = getattr(opinion, "triage", None)
    triage = found if isinstance(found, Triage) else Triage()
    chosen = matter.category or (triage.categories[0]["key"] if triage.categories else "")
    decided = _decided(triage)
    made = [point.words for point in points(opinion.text)] if not opinion.points else list(opinion.points)
    return Case(
        opinion=opinion,
        url=reverse("desk-matter", args=[matter.pk]),
        text=begin(opinion.text, decided),
        meta=_("，").join(filter(None, where(opinion))),
        due=due_on(matter.next_due, today),
        tags=_tags(opinion, same),
        words=_("、").join(decided[:MOST_WORDS]),
        score=scored(triage.bodies[0]["score"]) if triage.bodies else "",
        categories=[Choice("", _("还没有分")), *(Choice(key, name, key == chosen) for key, name in names.items())],
        topics=_topics(opinion, triage, chosen),
        bodies=_bodies(triage, bodies, _returned_by(opinion)),
        points="\n".join(made) if len(made) > 1 else "",
        point_count=len(made) if len(made) > 1 else 0,
        alike=[_alike(each, matter.pk) for each in alike[:MOST_ALIKE]],
        compare=reverse("desk-compare", args=[matter.pk]) if alike else "",
    )


def where(opinion: Opinion) -> list[str]:
    """Channel, street, community and place."""
    matter = opinion.matter
    community = opinion.community.short if opinion.community else ""
    return [str(opinion.get_channel_display()), matter.area.short if matter.area else "", community, opinion.place]


def _decided(triage: Triage) -> list[str]:
    """The words that decided the first suggestions, each once."""
    first = [items[0] for items in (triage.bodies, triage.categories, triage.topics) if items]
    return list(dict.fromkeys(word for item in first for word in item.get("words", ())))


def _tags(opinion: Opinion, same: int) -> list[str]:
    found = []
    if opinion.matter.responsible_id and opinion.matter.state == "screened":
        found.append(_("退回过"))
    if same > 1:
        found.append(_("同样的话 %(n)s 件") % {"n": same})
    if opinion.danger:
        found.append(str(opinion.get_danger_display()))
    return found


def _topics(opinion: Opinion, triage: Triage, chosen: str) -> list[Choice]:
    """The topic kept or suggested; one of another subject than the chosen one is offered and not chosen."""
    paths = [str(item["path"]) for item in triage.topics]
    kept = dict.fromkeys(filter(None, [opinion.topic, *paths]))
    if not kept:
        return []
    fitting = [str(item["path"]) for item in triage.topics if item.get("category") == chosen]
    first = opinion.topic or next(iter(fitting), "")
    return [Choice("", _("不细分")), *(Choice(path, path, path == first) for path in kept)]


def _returned_by(opinion: Opinion) -> str:
    """The body that has just given it back; it is not suggested again."""
    matter = opinion.matter
    return str(matter.responsible_id) if matter.responsible_id and matter.state == "screened" else ""


def _bodies(triage: Triage, bodies: Sequence[tuple[UUID, str]], returned_by: str) -> list[Choice]:
    """The suggested bodies first, each with its score, then all others."""
    short = {str(key): name for key, name in bodies}
    scores = {str(item["body"]): float(item["score"]) for item in triage.bodies}
    best = [(key, score) for key, score in scores.items() if key in short and key != returned_by]
    sure = best[0][0] if best and best[0][1] >= LEAST_CHOSEN else ""
    suggested = [
        Choice(key, _("%(body)s　%(score)s") % {"body": short[key], "score": scored(score)}, key == sure)
        for key, score in best
    ]
    known = {each.value for each in suggested}
    others = [Choice(key, name) for key, name in short.items() if key not in known]
    return [*([] if sure else [Choice("", _("请选办理单位"), True)]), *suggested, *others]


def _alike(each: queries.Likely, key: UUID) -> Link:
    matter = each.opinion.matter
    label = _("%(number)s %(title)s（%(score)s）") % {
        "number": matter.number,
        "title": matter.title,
        "score": scored(each.score),
    }
    return Link(label, f"{reverse('desk-compare', args=[key])}?with={matter.pk}")


def scored(score: float) -> str:
    """A score between 0 and 1 as people read it: 92%."""
    return f"{round(score * 100)}%"
