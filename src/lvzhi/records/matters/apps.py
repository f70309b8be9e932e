"""The matters room as a Django application."""

from django.apps import AppConfig


class MattersConfig(AppConfig):
    """Matters."""

    name = "lvzhi.records.matters"
    label = "matters"
