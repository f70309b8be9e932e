"""The signin face as a Django application."""

from django.apps import AppConfig


class SigninConfig(AppConfig):
    """Signin."""

    name = "lvzhi.faces.signin"
    label = "signin"
