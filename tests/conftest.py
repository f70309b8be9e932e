"""What every test stands on: an environment of its own, and a made-up congress small enough to see through."""

from __future__ import annotations

import base64
import os
import tempfile

import pytest

os.environ.setdefault("LVZHI_SECRET_KEY", "only-for-tests-" + "x" * 40)
os.environ.setdefault("LVZHI_DATA_KEYS", "test:" + base64.b64encode(b"t" * 32).decode())
os.environ.setdefault("LVZHI_HOME", tempfile.mkdtemp(prefix="lvzhi-tests-"))
os.environ.setdefault("LVZHI_TOTP", "optional")


@pytest.fixture(autouse=True)
def _forget_congresses() -> None:
    """The visitor's congress is kept for some seconds; tests must not see one another's."""
    from lvzhi.faces.signin.acting import forget_congresses

    forget_congresses()


pytest_plugins = ["tests.fixtures.district"]
