"""The portal face as a Django application."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Portal."""

    name = "lvzhi.faces.portal"
    label = "portal"
