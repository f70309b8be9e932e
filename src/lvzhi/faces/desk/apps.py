"""The desk face as a Django application."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Desk."""

    name = "lvzhi.faces.desk"
    label = "desk"
