"""The notices room as a Django application."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Notices."""

    name = "lvzhi.records.notices"
    label = "notices"
