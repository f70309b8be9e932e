"""The project's settings, with a quick password hash: what is tested is never the hash itself."""

from lvzhi.project.settings import *

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher",
    "django.contrib.auth.hashers.Argon2PasswordHasher",
]
