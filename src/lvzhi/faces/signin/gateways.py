"""How a text message leaves the house."""

from __future__ import annotations

import logging
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

log = logging.getLogger(__name__)


class MessageNotSent(ConnectionError):
    """The gateway did not take the message; the code was not sent."""


class SmsGateway(Protocol):
    """What sends a text message. Another gateway: a class with this method, named in `LVZHI_SMS_GATEWAY`."""

    def send(self, phone: str, text: str) -> None:
        """Send `text` to an 11-digit mainland number. Raises MessageNotSent."""


class ConsoleGateway:
    """For trying things out: the message goes to the log, the number masked."""

    def send(self, phone: str, text: str) -> None:
        """Write the message at INFO."""
        log.info("sms to %s****%s: %s", phone[:3], phone[-4:], text)


class AppriseGateway:
    """Any of Apprise's text-message services, by `LVZHI_SMS_URL`, where ``{phone}`` is the number."""

    def send(self, phone: str, text: str) -> None:
        """Send through the service. Raises MessageNotSent."""
        import apprise  # heavy, and only needed where a gateway is set up

        service = apprise.Apprise()
        if not service.add(settings.LVZHI_SMS_URL.replace("{phone}", phone)) or not service.notify(body=text):
            raise MessageNotSent("The text-message gateway refused the message.")


def gateway() -> SmsGateway | None:
    """The gateway of this installation; None where there is none, so that phones cannot sign in."""
    if not settings.LVZHI_SMS_GATEWAY:
        return None
    made: SmsGateway = import_string(settings.LVZHI_SMS_GATEWAY)()
    return made
