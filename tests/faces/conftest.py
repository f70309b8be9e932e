"""What holds for the tests of every face."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.urls import get_resolver
from django.utils.module_loading import import_string


@pytest.fixture(scope="session", autouse=True)
def faces_are_loaded() -> None:
    """Import views and middleware before a test stops the clock: a name imported meanwhile would stay stopped."""
    assert get_resolver().url_patterns
    for name in settings.MIDDLEWARE:
        import_string(name)
