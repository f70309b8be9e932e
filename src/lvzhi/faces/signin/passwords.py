"""Django's password checks, saying in this platform's words what to do instead."""

from __future__ import annotations

from django.contrib.auth import password_validation
from django.utils.translation import gettext as _


class LongEnough(password_validation.MinimumLengthValidator):
    """A password has a least length, in characters."""

    def get_error_message(self) -> str:
        """How long it must be."""
        return _("密码太短，至少要 %(n)s 个字符") % {"n": self.min_length}


class UnlikeTheAccount(password_validation.UserAttributeSimilarityValidator):
    """A password is not made from the name or the address."""

    def get_error_message(self) -> str:
        """Which it resembles."""
        return _("密码和%(verbose_name)s太像，容易被猜到")


class Uncommon(password_validation.CommonPasswordValidator):
    """A password is not one of the 20,000 most used."""

    def get_error_message(self) -> str:
        """Why not."""
        return _("这个密码太多人用，容易被猜到")
