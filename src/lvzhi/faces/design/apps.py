"""The look shared by all faces: templates, components, style sheet, wording."""

from __future__ import annotations

from django.apps import AppConfig


class DesignConfig(AppConfig):
    """Holds no models."""

    name = "lvzhi.faces.design"
    label = "design"
