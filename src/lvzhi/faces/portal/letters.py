"""The letters to subscribers: one that asks to confirm, and at most one a day of what was published.

A letter is first marked as being sent, then it leaves, then it is marked as sent, like a notice of the office's own
(docs/decisions/0010). Links are made of where the site stood when it was subscribed to.
"""

from __future__ import annotations

import logging
from datetime import datetime

from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from lvzhi.faces.portal.shell import body_name
from lvzhi.faces.portal.telling import result_of, short, standing, story_url, title_of
from lvzhi.faces.portal.tokens import CONFIRM, END, token_for
from lvzhi.records.matters.models import Matter
from lvzhi.records.people import door
from lvzhi.work.opinions import queries
from lvzhi.work.opinions.actions import subscribing
from lvzhi.work.opinions.categories import category_name
from lvzhi.work.opinions.models import Subscription, SubscriptionLetter

log = logging.getLogger(__name__)

MOST_TOLD = 30
"""So many opinions stand in one letter; the board has the rest."""


def pump(*, at: datetime) -> int:
    """Send a few letters that wait; how many were tried. Nothing is held locked while a mail server is spoken with."""
    claimed = subscribing.claim(at=at)
    rows = SubscriptionLetter.objects.everywhere(subscribing.WHY).select_related(
        "subscription__address", "subscription__congress", "subscription__area", "subscription__community"
    )
    for key in claimed:
        letter = rows.filter(pk=key).first()
        if letter is None:  # ended in the meantime
            continue
        try:
            with override(letter.subscription.language):
                message = written(letter)
            if message is not None:
                message.send()
        except Exception as error:  # whatever a mail server says is kept for the operator
            log.exception("subscription letter failed", extra={"letter": str(key)})
            subscribing.left(letter, str(error) or type(error).__name__)
        else:
            subscribing.left(letter)
    return len(claimed)


def written(letter: SubscriptionLetter) -> EmailMessage | None:
    """The letter in the reader's language; None for a digest whose opinions were all taken off the board since."""
    wish = letter.subscription
    headers = {"Message-ID": f"<{letter.pk}@lvzhi>", "Auto-Submitted": "auto-generated"}
    if letter.kind == SubscriptionLetter.Kind.CONFIRM:
        subject, body = _to_confirm(wish)
    else:
        matters = _told(letter)
        if not matters:
            return None
        subject, body = _digest(wish, matters)
        # RFC 8058: one press in the mail program ends it.
        headers |= {"List-Unsubscribe": f"<{_end(wish)}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return EmailMessage(subject=subject, body=body, to=[door.use(wish.address, "email")], headers=headers)


def _told(letter: SubscriptionLetter) -> list[Matter]:
    wish = letter.subscription
    if letter.since is None or letter.until is None or wish.confirmed_at is None:
        return []
    filters = subscribing.wanted(wish)
    return queries.shown_since(wish.congress_id, filters, letter.since, letter.until, limit=MOST_TOLD)


def about(wish: Subscription) -> str:
    """What a subscription is about, in words."""
    where = wish.community or wish.area
    named = [category_name(wish.congress, wish.category) if wish.category else "", where.short if where else ""]
    return _("、").join(each for each in named if each) or _("全部公开的意见")


def _end(wish: Subscription) -> str:
    return wish.base + reverse("portal-unsubscribe", args=[token_for(wish.pk, END)])


def _to_confirm(wish: Subscription) -> tuple[str, str]:
    link = wish.base + reverse("portal-subscription", args=[token_for(wish.pk, CONFIRM)])
    body = _(
        "有人（应该是您）用这个邮箱订阅%(body)s公开的群众意见：%(about)s。\n\n"
        "请打开下面的链接，按「确认订阅」。两天内不确认，就不再给您写信，邮箱地址也会删掉：\n\n%(link)s\n\n"
        "不是您订的，不用理会这封信。\n"
    ) % {"body": body_name(wish.congress), "about": about(wish), "link": link}
    return _("请确认订阅：%(about)s") % {"about": about(wish)}, body


def _digest(wish: Subscription, matters: list[Matter]) -> tuple[str, str]:
    lines = [_line(wish, matter) for matter in matters]
    body = _(
        "%(body)s新公开了您订阅的意见：%(about)s\n\n%(lines)s\n\n每天最多一封，没有新的就不写。不想再收：%(end)s\n"
    ) % {"body": body_name(wish.congress), "about": about(wish), "lines": "\n\n".join(lines), "end": _end(wish)}
    return _("新公开 %(count)s 件：%(about)s") % {"count": len(matters), "about": about(wish)}, body


def _line(wish: Subscription, matter: Matter) -> str:
    state = (result_of(matter) or standing(matter)).text
    said = short(matter.opinion.public_reply or matter.opinion.public_text, 100)
    head = _("%(number)s %(title)s（%(state)s）") % {
        "number": matter.number,
        "title": title_of(matter),
        "state": state,
    }
    return f"{head}\n{said}\n{wish.base}{story_url(matter)}"
