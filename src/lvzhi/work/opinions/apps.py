"""Opinions as a Django application."""

from django.apps import AppConfig


class OpinionsConfig(AppConfig):
    """Citizens' opinions."""

    name = "lvzhi.work.opinions"
    label = "opinions"
