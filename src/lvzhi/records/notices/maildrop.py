"""An e-mail backend for places without a mail server: each letter becomes one file that can be opened."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class EmailBackend(BaseEmailBackend):
    """Write letters under `EMAIL_FILE_PATH`, named by their Message-ID: sending again writes the same file."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write each letter whole or not at all; return how many."""
        folder = Path(settings.EMAIL_FILE_PATH)
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            letter = message.message()
            name = hashlib.sha256(str(letter["Message-ID"]).encode()).hexdigest()[:32]
            partial = folder / f"{name}.part"
            partial.write_bytes(letter.as_bytes())
            partial.replace(folder / f"{name}.eml")
        return len(email_messages)
