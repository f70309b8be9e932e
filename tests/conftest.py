"""What every test stands on: an environment of its own, and a made-up congress small enough to see through."""

from __future__ import annotations

import base64
import os
import tempfile

os.environ.setdefault("LVZHI_SECRET_KEY", "only-for-tests-" + "x" * 40)
os.environ.setdefault("LVZHI_DATA_KEYS", "test:" + base64.b64encode(b"t" * 32).decode())
os.environ.setdefault("LVZHI_HOME", tempfile.mkdtemp(prefix="lvzhi-tests-"))
os.environ.setdefault("LVZHI_TOTP", "optional")

pytest_plugins = ["tests.fixtures.district"]
