"""The search room as a Django application."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Search."""

    name = "lvzhi.records.search"
    label = "search"
