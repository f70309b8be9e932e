"""What the acts of sorting change in the opinion's own row: subject, points, suspicion, pairs kept apart."""

from __future__ import annotations

from django.utils.translation import gettext as _

from lvzhi.records.matters.models import Entry, Matter
from lvzhi.records.matters.refusals import NotAllowed
from lvzhi.work.opinions.actions.act import Act
from lvzhi.work.opinions.categories import categories
from lvzhi.work.opinions.models import Apart, Opinion
from lvzhi.work.opinions.topics import known

MOST_POINTS = 12
LONGEST_POINT = 200


def check_the_subject(act: Act) -> None:
    """A subject of the congress's list, a topic of its tree. Raises NotAllowed."""
    opinion, category = act.on_opinion, str(act.data.get("category") or "")
    if category and category not in {each.key for each in categories(opinion.matter.congress)}:
        raise NotAllowed(_("没有这个类别，请从列出的类别里选。"))
    topic = str(act.data.get("topic") or "")
    if topic and topic not in known(opinion.matter.congress):
        raise NotAllowed(_("分类目录里没有「%(topic)s」，请从列出的分类里选。") % {"topic": topic[:60]})


def classified(act: Act, entry: Entry) -> None:
    """Put it under its new subject."""
    category, topic = str(act.data.get("category") or ""), str(act.data.get("topic") or "")
    Matter.objects.of(entry.congress_id).filter(pk=entry.matter_id).update(category=category)
    entry.matter.category = category
    act.on_opinion.topic = topic
    Opinion.objects.of(entry.congress_id).filter(matter=entry.matter_id).update(topic=topic)


def tidy_points(act: Act) -> None:
    """One point a line, numbers and blanks at its ends taken off. Raises NotAllowed for too many."""
    lines = [line.strip().lstrip("0123456789①②③④⑤⑥⑦⑧⑨.、)）").strip() for line in _lines(act)]
    kept = [line[:LONGEST_POINT] for line in lines if line]
    if len(kept) > MOST_POINTS:
        raise NotAllowed(_("最多列 %(n)s 点，请把说同一件事的合成一点。") % {"n": MOST_POINTS})
    act.kept["points"] = kept if len(kept) > 1 else []
    act.data["points"] = "\n".join(kept)


def _lines(act: Act) -> list[str]:
    return str(act.data.get("points") or "").splitlines()


def itemised(act: Act, entry: Entry) -> None:
    """Keep the points an answer must meet."""
    act.on_opinion.points = act.kept["points"]
    Opinion.objects.of(entry.congress_id).filter(matter=entry.matter_id).update(points=act.kept["points"])


def looked_at(act: Act, entry: Entry) -> None:
    """Somebody has looked: it leaves the queue of what may be spam, whatever was decided."""
    del act
    Opinion.objects.of(entry.congress_id).filter(matter=entry.matter_id).update(is_suspected=False)


def find_the_other(act: Act) -> None:
    """Find the opinion it was compared with by its number. Raises NotAllowed."""
    number = " ".join(str(act.data.get("other") or "").split())
    other = Opinion.objects.of(act.actor.congress).select_related("matter").filter(matter__number=number).first()
    if other is None or other.pk == act.on_opinion.pk:
        raise NotAllowed(_("没有编号是「%(number)s」的意见，请照「意 2026-0128」的样子填。") % {"number": number[:30]})
    act.kept["other"] = other
    act.data["other"] = other.matter.number


def kept_apart(act: Act, entry: Entry) -> None:
    """Remember the pair, seen from both sides."""
    pair = (act.on_opinion, act.kept["other"])
    Apart.objects.bulk_create(
        [
            Apart(congress_id=entry.congress_id, opinion=one, other=two, at=entry.at, by_id=act.actor.account)
            for one, two in (pair, pair[::-1])
        ],
        ignore_conflicts=True,
    )
