"""The people room as a Django application."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """People, bodies and congresses."""

    name = "lvzhi.records.people"
    label = "people"
    verbose_name = "People"
