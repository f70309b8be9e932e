"""Statutes as a Django application."""

from django.apps import AppConfig


class StatutesConfig(AppConfig):
    """The law library: works, editions and their citations."""

    name = "lvzhi.work.statutes"
    label = "statutes"
