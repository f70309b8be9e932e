"""The jobs room as a Django application."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Jobs."""

    name = "lvzhi.records.jobs"
    label = "jobs"
