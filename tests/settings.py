"""The project's settings, with a quick password hash: what is tested is never the hash itself."""

import base64
import os
import tempfile

# An environment of the tests' own: nothing of the machine's may slip in, and nothing is left behind in its data.
os.environ["LVZHI_SECRET_KEY"] = "only-for-tests-" + "x" * 40
os.environ["LVZHI_DATA_KEYS"] = "test:" + base64.b64encode(b"t" * 32).decode()
os.environ["LVZHI_HOME"] = tempfile.mkdtemp(prefix="lvzhi-tests-")
os.environ["LVZHI_TOTP"] = "optional"
os.environ["LVZHI_PAGE_SECONDS"] = "0"  # a test sees what it did; those of `briefly` ask for more
os.environ.pop("LVZHI_CONGRESS", None)
os.environ.pop("LVZHI_DEMO", None)

from lvzhi.project.settings import *

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher",
    "django.contrib.auth.hashers.Argon2PasswordHasher",
]

LVZHI_REINDEX: list[str] = []  # no process is started behind a test's back

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # In a file, as in life: threads that write at once meet the real locks.
    DATABASES["default"]["TEST"] = {"NAME": str(HOME / "test.sqlite3")}
