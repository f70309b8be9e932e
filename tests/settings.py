"""The project's settings, with a quick password hash: what is tested is never the hash itself."""

from lvzhi.project.settings import *

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher",
    "django.contrib.auth.hashers.Argon2PasswordHasher",
]

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # In a file, as in life: threads that write at once meet the real locks.
    DATABASES["default"]["TEST"] = {"NAME": str(HOME / "test.sqlite3")}
