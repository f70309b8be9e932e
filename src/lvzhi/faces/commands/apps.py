"""The commands face as a Django application."""

from django.apps import AppConfig


class CommandsConfig(AppConfig):
    """Commands."""

    name = "lvzhi.faces.commands"
    label = "commands"
