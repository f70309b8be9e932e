"""The pocket face as a Django application."""

from django.apps import AppConfig


class PocketConfig(AppConfig):
    """Pocket."""

    name = "lvzhi.faces.pocket"
    label = "pocket"
