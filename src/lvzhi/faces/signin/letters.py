"""The letter with the one-time link for a new password."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.contrib.auth.tokens import default_token_generator
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _
from django.utils.translation import override

from lvzhi.records.jobs.models import Job
from lvzhi.records.jobs.worker import enqueue
from lvzhi.records.people.models import Account, Congress


def ask(email: str, *, congress: Congress, base: str, at: datetime) -> None:
    """Have a link sent to the accounts of this address, if any.

    A job is written in either case, and the letter leaves later: the answer takes equally long whether or not
    there is such an account.
    """
    found = Account.objects.filter(email__iexact=email, is_active=True)
    keys = [str(account.pk) for account in found if account.has_usable_password()]
    enqueue("password-reset", congress_id=congress.pk, payload={"accounts": keys, "base": base}, at=at)


def after_reset_request(job: Job, at: datetime) -> None:
    """Send the letters of one request; a handler of `LVZHI_JOBS`."""
    del at
    keys = [UUID(key) for key in job.payload["accounts"]]
    for account in Account.objects.filter(pk__in=keys, is_active=True):
        # Under the same Message-ID, a second letter after a crash is recognised as the copy it is.
        letter = _letter(account, job.payload["base"])
        letter.extra_headers["Message-ID"] = f"<{job.pk}.{account.pk}@lvzhi>"
        letter.send()


def _letter(account: Account, base: str) -> EmailMessage:
    uid, token = urlsafe_base64_encode(force_bytes(account.pk)), default_token_generator.make_token(account)
    link = base + reverse("password-reset-confirm", kwargs={"uidb64": uid, "token": token})
    with override("zh-hans"):
        body = _(
            "%(name)s：\n\n"
            "有人（应该是您）要给账号「%(username)s」设置新密码。请打开下面的链接，一小时内有效，只能用一次：\n\n"
            "%(link)s\n\n"
            "不是您要的，不用理会这封信，密码不会变。\n"
        ) % {"name": account.name, "username": account.username, "link": link}
        return EmailMessage(subject=_("【履职】设置新密码"), body=body, to=[account.email])
