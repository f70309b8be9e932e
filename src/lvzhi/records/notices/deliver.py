"""Sending notices out of the house.

A delivery is first marked as being sent, in a transaction of its own; then it leaves; then it is marked as sent.
After kill -9 in between, nobody can know whether it left. It is then sent once more under the same Message-ID (or
gateway tag), by which mail servers and readers recognise the copy: rather a recognisable copy than a lost notice.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import override

from lvzhi.records.notices.models import Delivery, Notice

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)
WHY = "the worker sends for every congress"


def pump(*, at: datetime, batch: int = 20) -> int:
    """Send up to `batch` deliveries that wait or whose sender died; return how many were tried."""
    claimed = _claim(at, batch)
    for key in claimed:
        delivery = Delivery.objects.everywhere(WHY).select_related("notice__account", "notice__matter").get(pk=key)
        try:
            send(delivery)
        except Exception as error:  # whatever a mail server or gateway says is kept for the operator
            log.exception("delivery failed", extra={"delivery": str(key)})
            Delivery.objects.everywhere(WHY).filter(pk=key).update(
                status=Delivery.Status.FAILED, error=str(error)[:300]
            )
        else:
            Delivery.objects.everywhere(WHY).filter(pk=key).update(status=Delivery.Status.SENT, sent_at=at)
    return len(claimed)


@transaction.atomic
def _claim(at: datetime, batch: int) -> list[UUID]:
    waiting = Q(status=Delivery.Status.WAITING) | Q(status=Delivery.Status.SENDING, tried_at__lt=at - LEASE)
    rows = Delivery.objects.everywhere(WHY).filter(waiting).order_by("id")
    if connection.features.has_select_for_update_skip_locked:
        rows = rows.select_for_update(skip_locked=True)
    keys = list(rows.values_list("pk", flat=True)[:batch])
    Delivery.objects.everywhere(WHY).filter(pk__in=keys).update(status=Delivery.Status.SENDING, tried_at=at)
    return keys


def send(delivery: Delivery) -> None:
    """Send one delivery through its channel; raises what the channel raises."""
    notice = delivery.notice
    if delivery.channel == "email":
        with override("zh-hans"):
            subject = _subject(notice)
        EmailMessage(
            subject=subject,
            body=notice.text,
            to=[notice.account.email],
            headers={"Message-ID": f"<{delivery.pk}@lvzhi>"},
        ).send()
        return
    import apprise  # heavy, and only needed where a gateway is set up

    gateway = apprise.Apprise()
    gateway.add(settings.LVZHI_GATEWAY_URL)
    if not gateway.notify(title=_subject(notice), body=f"{notice.text}\n#{delivery.pk}"):
        raise ConnectionError("The gateway refused the notice.")


def _subject(notice: Notice) -> str:
    if notice.matter is None:
        return _("【履职】%(text)s") % {"text": notice.text[:40]}
    return _("【履职】%(number)s 等您处理") % {"number": notice.matter.number}
