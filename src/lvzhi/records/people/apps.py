"""The people room as a Django application."""

from importlib import import_module

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """People, bodies and congresses."""

    name = "lvzhi.records.people"
    label = "people"
    verbose_name = "People"

    def import_models(self) -> None:
        """The models stand in two files: offices and people, and imports waiting for a yes."""
        super().import_models()
        import_module("lvzhi.records.people.models_imports")
