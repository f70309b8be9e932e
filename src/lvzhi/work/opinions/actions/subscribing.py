"""订阅: asked for, confirmed, told at most once a day, and ended without a trace."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.models import Q

from lvzhi.records.base.sealed import key_ring
from lvzhi.records.people import door
from lvzhi.records.people.models import Body, Congress
from lvzhi.work.opinions import queries
from lvzhi.work.opinions.models import Subscription, SubscriptionLetter

DAILY = timedelta(hours=23)
"""A letter a day at most; an hour less, so that it comes at about the same time each day."""
UNCONFIRMED_FOR = timedelta(days=2)
MOST_UNCONFIRMED = 3
"""So many letters to confirm are sent to one address in `UNCONFIRMED_FOR`, whoever asks for them."""
BATCH = 50
LEASE = timedelta(minutes=5)
MOST_ATTEMPTS = 5
WHY = "the worker tells the subscribers of every congress"


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to hear of, where to, and where the site stands; an empty field narrows nothing."""

    email: str
    base: str
    category: str = ""
    area: Body | None = None
    community: Body | None = None
    language: str = "zh-hans"


def fingerprint(email: str) -> str:
    """A keyed digest by which an address is found again; how it is written does not count."""
    return key_ring(settings.LVZHI_DATA_KEYS).fingerprint(f"subscriber:{email.strip().lower()}")


@transaction.atomic
def subscribe(*, congress: Congress, wish: Wish, at: datetime) -> SubscriptionLetter | None:
    """Keep a wish and send the letter that asks to confirm it. Seven statements at most.

    None where nothing is sent, and the face says the same in either case: it is subscribed already, or the address was
    asked too often of late. So nobody learns here who subscribes, and nobody's mailbox is filled.
    """
    mark = fingerprint(wish.email)
    rows = Subscription.objects.of(congress).filter(fingerprint=mark)
    asked = SubscriptionLetter.objects.of(congress).filter(
        subscription__fingerprint=mark, kind=SubscriptionLetter.Kind.CONFIRM, made_at__gt=at - UNCONFIRMED_FOR
    )
    if len(asked.values_list("pk", flat=True)[:MOST_UNCONFIRMED]) >= MOST_UNCONFIRMED:
        return None
    found = rows.filter(category=wish.category, area=_narrow(wish), community=wish.community).first()
    if found is not None and found.confirmed_at is not None:
        return None
    if found is None:
        try:
            with transaction.atomic():
                found = _kept(congress, wish, mark, at)
        except IntegrityError:  # the same form, sent twice at once
            return None
    return SubscriptionLetter.objects.create(
        congress=congress, subscription=found, kind=SubscriptionLetter.Kind.CONFIRM, made_at=at
    )


def _narrow(wish: Wish) -> Body | None:
    """The street, where no community says it more exactly."""
    return None if wish.community else wish.area


def _kept(congress: Congress, wish: Wish, mark: str, at: datetime) -> Subscription:
    found = Subscription(congress=congress, fingerprint=mark)
    found.address = door.keep(
        congress=congress, about=f"subscription:{found.pk}", particulars={"email": wish.email}, at=at, until=None
    )
    found.category, found.area, found.community = wish.category, _narrow(wish), wish.community
    found.language, found.base, found.asked_at, found.told_until = wish.language, wish.base, at, at
    found.save(force_insert=True)
    return found


def confirm(congress: Congress, key: UUID, *, at: datetime) -> Subscription | None:
    """The address's own yes; what is published from now on is told. None where it was ended. Two statements."""
    found = queries.subscription(congress.pk, key)
    if found is not None and found.confirmed_at is None:
        found.confirmed_at = found.told_until = at
        found.save(update_fields=["confirmed_at", "told_until"])
    return found


@transaction.atomic
def end(congress: Congress, key: UUID) -> bool:
    """Delete a subscription with its address and letters; whether there was one."""
    found = Subscription.objects.of(congress).filter(pk=key).select_related("address").first()
    if found is None:
        return False
    found.address.delete()  # takes the subscription and its letters along
    return True


def forget_unconfirmed(*, at: datetime) -> int:
    """Delete wishes nobody confirmed in time, with their addresses; how many."""
    rows = Subscription.objects.everywhere(WHY).filter(confirmed_at=None, asked_at__lt=at - UNCONFIRMED_FOR)
    found = list(rows.select_related("address"))
    for each in found:
        each.address.delete()
    return len(found)


@transaction.atomic
def prepare(*, at: datetime) -> int:
    """Write a letter to each subscriber whose last is a day old and for whom something was published; how many.

    A batch at a time, those who waited longest first. Four statements for each that is looked at.
    """
    due = Subscription.objects.everywhere(WHY).filter(confirmed_at__isnull=False, told_until__lte=at - DAILY)
    if connection.features.has_select_for_update_skip_locked:
        due = due.select_for_update(skip_locked=True)
    made = 0
    for each in due.order_by("told_until", "id")[:BATCH]:
        if queries.shown_since(each.congress_id, wanted(each), each.told_until, at, limit=1):
            SubscriptionLetter.objects.create(
                congress_id=each.congress_id,
                subscription=each,
                kind=SubscriptionLetter.Kind.DIGEST,
                since=each.told_until,
                until=at,
                made_at=at,
            )
            made += 1
        each.told_until = at
        each.save(update_fields=["told_until"])
    return made


def wanted(subscription: Subscription) -> queries.Wanted:
    """The filters of a subscription."""
    return queries.Wanted(
        category=subscription.category, area=subscription.area_id, community=subscription.community_id
    )


@transaction.atomic
def claim(*, at: datetime, batch: int = 10) -> list[UUID]:
    """Mark letters as being sent, and return their keys; one whose sender died is claimed again after `LEASE`."""
    status = SubscriptionLetter.Status
    waiting = Q(status=status.WAITING) | Q(status=status.SENDING, tried_at__lt=at - LEASE)
    rows = SubscriptionLetter.objects.everywhere(WHY).filter(waiting).order_by("id")
    if connection.features.has_select_for_update_skip_locked:
        rows = rows.select_for_update(skip_locked=True)
    keys = list(rows.values_list("pk", flat=True)[:batch])
    if keys:
        SubscriptionLetter.objects.everywhere(WHY).filter(pk__in=keys).update(status=status.SENDING, tried_at=at)
    return keys


def left(letter: SubscriptionLetter, error: str = "") -> None:
    """Note that a letter left, or why it did not; what failed is tried again, `MOST_ATTEMPTS` times in all."""
    status = SubscriptionLetter.Status
    letter.attempts += 1
    again = bool(error) and letter.attempts < MOST_ATTEMPTS
    letter.status = (status.SENDING if again else status.FAILED) if error else status.SENT
    letter.error = error[:300]
    letter.save(update_fields=["status", "error", "attempts"])
