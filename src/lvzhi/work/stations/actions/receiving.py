"""接待: a deputy comes, receives people, and goes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lvzhi.records.matters.models import Matter
from lvzhi.records.matters.refusals import NotAllowed
from lvzhi.records.people.actor import Actor
from lvzhi.records.people.models import Person
from lvzhi.work.stations.actions.words import at_end, at_start, block, line
from lvzhi.work.stations.models import Seat, Slot, Station, Visit
from lvzhi.work.stations.rules import may_keep, may_receive

EARLY, LATE = timedelta(hours=1), timedelta(hours=1)
"""So long before and after the slot a deputy may check in and out by themselves."""
LATEST_VISIT = timedelta(days=14)
"""So long after the day what was written without a network is still taken."""
MOST_SUBJECT, MOST_ANSWER = 60, 500


def person_of(actor: Actor) -> UUID:
    """The deputy in person. Raises NotAllowed for an account that is nobody's."""
    if actor.person is None:
        raise NotAllowed(_("只有本级人大代表可以在联络站接待选民。"))
    return actor.person


@transaction.atomic
def come(slot: Slot, *, actor: Actor, at: datetime) -> Seat:
    """到站签到: the deputy is there. On the day, from an hour before the slot until it ends. Raises NotAllowed.

    What counts as a reception day (北京市实施代表法办法 第二十二条第二款) is this check-in, not the rota. A deputy who
    is not on the rota may come too, and gets a seat.
    """
    if why := may_receive.why_not(actor, slot.station):
        raise NotAllowed(why)
    person = person_of(actor)
    if slot.is_cancelled:
        raise NotAllowed(_("这一场取消了：%(reason)s。") % {"reason": slot.cancelled_because})
    if not at_start(slot) - EARLY <= at <= at_end(slot):
        raise NotAllowed(_("签到从开始前一小时起，到结束为止。忘了签的，请代表工作机构补记。"))
    seat, _made = Seat.objects.of(slot.congress_id).get_or_create(
        slot=slot, person_id=person, defaults={"congress_id": slot.congress_id}
    )
    if seat.came_at is None:
        seat.came_at = at
        seat.save(update_fields=["came_at"])
    return seat


@transaction.atomic
def leave(slot: Slot, *, actor: Actor, at: datetime) -> Seat:
    """签退: the deputy goes. Raises NotAllowed where nobody came."""
    seat = Seat.objects.of(slot.congress_id).filter(slot=slot, person_id=person_of(actor)).first()
    if seat is None or seat.came_at is None:
        raise NotAllowed(_("还没有签到，不用签退。"))
    if at > at_end(slot) + LATE:
        at = at_end(slot)
    seat.left_at = max(at, seat.came_at)
    seat.save(update_fields=["left_at"])
    return seat


@transaction.atomic
def note_attendance(slot: Slot, *, person: Person, came: bool, actor: Actor, at: datetime) -> Seat:
    """补记到站: the keeper of the station writes down that a deputy was there, or was not; who wrote it stays."""
    if why := may_keep.why_not(actor, slot.station):
        raise NotAllowed(why)
    if slot.is_cancelled or at < at_start(slot):
        raise NotAllowed(_("这一场还没有开始，或者已经取消，不能记到站。"))
    seat = Seat.objects.of(slot.congress_id).filter(slot=slot, person=person).first()
    if seat is None:
        raise NotAllowed(_("%(name)s没有排在这一场，请先改排班。") % {"name": person.name})
    seat.came_at, seat.left_at = (at_start(slot), at_end(slot)) if came else (None, None)
    seat.noted_by_id = actor.account
    seat.save(update_fields=["came_at", "left_at", "noted_by"])
    return seat


@dataclass(frozen=True, slots=True)
class Received:
    """One person received. `once` is made by the form, on the phone; `answer` is what was said on the spot.

    `at` is when the person was there, which may be some time before the form arrives.
    """

    once: str
    subject: str
    at: datetime
    category: str = ""
    answer: str = ""


@transaction.atomic
def receive(
    station: Station, *, slot: Slot | None, received: Received, matter: Matter | None, actor: Actor, at: datetime
) -> Visit:
    """接待一人: write down who came for what (never their name), answered on the spot or carried on as `matter`.

    The same `once` again gives the first visit: a form sent twice, or late, counts once. Raises NotAllowed.
    """
    if why := may_receive.why_not(actor, station):
        raise NotAllowed(why)
    before = visit_of(station, received.once, actor)
    if before is not None:
        return before
    when, day = check_moment(received.at, at)
    answer, subject = block(received.answer, MOST_ANSWER), line(received.subject, MOST_SUBJECT)
    if len(subject) < 2:
        raise NotAllowed(_("请用一句话写明什么事，至少两个字。"))
    if matter is None and len(answer) < 2:
        raise NotAllowed(_("当场答复的，请写明怎么答的。"))
    if slot is not None and (slot.station_id != station.pk or slot.date != day):
        slot = None  # written on another day than the slot's: the visit stays, the slot does not claim it
    return Visit.objects.create(
        congress_id=station.congress_id, station=station, slot=slot, deputy_id=person_of(actor), on=day, at=when,
        subject=subject, category=received.category[:40], answer=answer, matter=matter, once=received.once,
        outcome=Visit.Outcome.CARRIED if matter else Visit.Outcome.ANSWERED,
    )  # fmt: skip


def visit_of(station: Station, once: str, actor: Actor) -> Visit | None:
    """The visit this form was written down as before, if it was; another deputy's is refused. One statement."""
    found = Visit.objects.of(station.congress_id).filter(once=once).select_related("matter").first()
    if found is not None and found.deputy_id != actor.person:
        raise NotAllowed(_("这张表已经由别的代表交过了，请重新开一张。"))
    return found


def check_moment(when: datetime, at: datetime) -> tuple[datetime, date]:
    """When the person was there, never after `at` nor long before it, and that day here. Raises NotAllowed."""
    when = min(when, at)
    if at - when > LATEST_VISIT:
        raise NotAllowed(_("这条记录已经过了两个星期，请联系代表工作机构补记。"))
    return when, timezone.localtime(when).date()
