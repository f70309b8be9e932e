"""The API as a Django application."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Programs."""

    name = "lvzhi.faces.api"
    label = "api"
