"""Settings. Everything secret and everything that differs between places comes from the environment."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

PACKAGE = Path(__file__).resolve().parents[1]


def _need(name: str) -> str:
    value = os.environ.get(name, "")
    if not value:
        raise ImproperlyConfigured(f"Set {name} in the environment; `make demo` and `make test` do it for you.")
    return value


def _flag(name: str) -> bool:
    return os.environ.get(name, "").lower() in {"1", "true", "yes"}


HOME = Path(os.environ.get("LVZHI_HOME", "var")).resolve()
# The server of static files wants its folder to be there, the database wants its own.
(HOME / "static").mkdir(parents=True, exist_ok=True)
SECRET_KEY = _need("LVZHI_SECRET_KEY")
LVZHI_DATA_KEYS = _need("LVZHI_DATA_KEYS")
DEBUG = _flag("LVZHI_DEBUG")
ALLOWED_HOSTS = os.environ.get("LVZHI_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("LVZHI_ORIGINS", "").split(",") if origin]

INSTALLED_APPS = [
    "lvzhi.records.people",
    "lvzhi.records.jobs",
    "lvzhi.records.matters",
    "lvzhi.records.documents",
    "lvzhi.records.notices",
    "lvzhi.records.search",
    "lvzhi.work.opinions",
    "lvzhi.work.stations",
    "lvzhi.work.statutes",
    "lvzhi.faces.design",
    "lvzhi.faces.signin",
    "lvzhi.faces.desk",
    "lvzhi.faces.portal",
    "lvzhi.faces.api",
    "lvzhi.faces.pocket",
    "lvzhi.faces.commands",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "lvzhi.faces.signin.middleware.DeviceMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "lvzhi.faces.design.middleware.WordsMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
]

ROOT_URLCONF = "lvzhi.project.urls"
WSGI_APPLICATION = "lvzhi.project.wsgi.application"
CSRF_FAILURE_VIEW = "lvzhi.faces.design.views.csrf_failure"
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "lvzhi.faces.design.context.look",
                "lvzhi.faces.signin.context.site",
            ],
        },
    }
]


def _database() -> dict[str, Any]:
    url = os.environ.get("DATABASE_URL") or f"sqlite:///{HOME / 'lvzhi.sqlite3'}"
    found: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=60))
    if found["ENGINE"].endswith("sqlite3"):
        # IMMEDIATE takes the write lock at the start: with DEFERRED, readers that turn writers fail at once.
        found["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA mmap_size=33554432;",
        }
    elif found["ENGINE"].endswith("postgresql"):
        # Statements here take milliseconds; compiling one that is thought to be dear takes a second.
        found.setdefault("OPTIONS", {}).setdefault("options", "-c jit=off")
    return found


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ATOMIC_REQUESTS = False

AUTH_USER_MODEL = "people.Account"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "lvzhi.faces.signin.passwords.LongEnough", "OPTIONS": {"min_length": 10}},
    {
        "NAME": "lvzhi.faces.signin.passwords.UnlikeTheAccount",
        "OPTIONS": {"user_attributes": ("username", "name", "email")},
    },
    {"NAME": "lvzhi.faces.signin.passwords.Uncommon"},
]
AUTHENTICATION_BACKENDS = ["lvzhi.faces.signin.backend.OfficeBackend"]
LOGIN_URL = "/signin/"
LOGIN_REDIRECT_URL = "/"
# The first page after signing in, by the first role that fits; "office" is anyone of the committee's office.
LVZHI_HOMES = {
    "office": "/desk/",
    "street_committee": "/desk/stations/",
    "supervised_body": "/desk/",
    "deputy": "/pocket/",
}
# Who works in the office needs a second factor; "optional" is for trying the platform out.
LVZHI_TOTP = os.environ.get("LVZHI_TOTP", "required")
if LVZHI_TOTP not in {"required", "optional"}:
    raise ImproperlyConfigured("LVZHI_TOTP is either required or optional.")
LVZHI_TOTP_ISSUER = os.environ.get("LVZHI_TOTP_ISSUER", "lvzhi")
SESSION_COOKIE_AGE = 14 * 24 * 3600
LVZHI_STAFF_IDLE = 12 * 3600
PASSWORD_RESET_TIMEOUT = 3600
# How many proxies of our own stand in front (for the visitor's address).
LVZHI_PROXIES = int(os.environ.get("LVZHI_PROXIES", "0"))
LOGOUT_REDIRECT_URL = "/"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("简体中文")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": HOME / "files"},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
if _flag("LVZHI_HTTPS"):
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Without a mail server, letters are laid into a folder where they can be read.
EMAIL_BACKEND = os.environ.get("LVZHI_EMAIL_BACKEND", "lvzhi.records.notices.maildrop.EmailBackend")
EMAIL_FILE_PATH = HOME / "mail"
# Other channels (WeCom, DingTalk, SMS …) go through one library, Apprise; its address is a secret.
LVZHI_GATEWAY_URL = os.environ.get("LVZHI_GATEWAY_URL", "")
EMAIL_HOST = os.environ.get("LVZHI_EMAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("LVZHI_EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("LVZHI_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("LVZHI_EMAIL_PASSWORD", "")
EMAIL_USE_TLS = _flag("LVZHI_EMAIL_TLS")
DEFAULT_FROM_EMAIL = os.environ.get("LVZHI_EMAIL_FROM", "lvzhi@localhost")

# 仿宋、小标宋 are not free: a folder with the fonts the office has licensed.
LVZHI_FONT_DIR = os.environ.get("LVZHI_FONT_DIR", "")

# Codes to citizens' phones: Apprise with {phone} in the address; a demo logs and shows them.
LVZHI_DEMO = _flag("LVZHI_DEMO")
LVZHI_SMS_URL = os.environ.get("LVZHI_SMS_URL", "")
LVZHI_SMS_GATEWAY = os.environ.get("LVZHI_SMS_GATEWAY", "")
if not LVZHI_SMS_GATEWAY and LVZHI_SMS_URL:
    LVZHI_SMS_GATEWAY = "lvzhi.faces.signin.gateways.AppriseGateway"
elif not LVZHI_SMS_GATEWAY and (LVZHI_DEMO or DEBUG):
    LVZHI_SMS_GATEWAY = "lvzhi.faces.signin.gateways.ConsoleGateway"

# How often one address may hand in an opinion, and try a receipt's code, in an hour.
LVZHI_SUBMIT_LIMIT = int(os.environ.get("LVZHI_SUBMIT_LIMIT", "10"))
LVZHI_FOLLOW_LIMIT = int(os.environ.get("LVZHI_FOLLOW_LIMIT", "30"))
# How many opinions a program with a key may hand in in an hour; without one its address counts.
LVZHI_KEY_LIMIT = int(os.environ.get("LVZHI_KEY_LIMIT", "600"))
# What is flagged as a flood and never refused: so many of the same words in an hour, of any in ten minutes.
LVZHI_FLOOD_SAME = int(os.environ.get("LVZHI_FLOOD_SAME", "5"))
LVZHI_FLOOD_ALL = int(os.environ.get("LVZHI_FLOOD_ALL", "300"))

# The public face of an installation that serves one congress; several are told apart by the host's name.
LVZHI_CONGRESS = os.environ.get("LVZHI_CONGRESS", "")

# Where the index of the law library lies (see work/statutes/indexing.py).
LVZHI_LAWS_INDEX = HOME / "laws-index"
# An OpenAI-compatible address for embeddings that the search of laws may ask beside its own; none by default.
LVZHI_EMBEDDING_URL = os.environ.get("LVZHI_EMBEDDING_URL", "")
LVZHI_EMBEDDING_MODEL = os.environ.get("LVZHI_EMBEDDING_MODEL", "")
LVZHI_EMBEDDING_KEY = os.environ.get("LVZHI_EMBEDDING_KEY", "")
LVZHI_LAWS_MODEL = HOME / "laws-model"  # what `lvzhi laws train` learned; absent until it ran
# What the worker starts when a text was published; empty: the office runs `lvzhi laws index` by itself.
LVZHI_REINDEX = [sys.executable, "-m", "lvzhi.faces.commands", "laws", "index", "--if-due"]

# Which text of a matter can be searched for, by procedure (see records/search).
LVZHI_SEARCH_TEXT = {"petition": "lvzhi.work.opinions.queries.search_text"}

# What a line of business tells those concerned in place of the usual sentence, by procedure (see records/notices).
LVZHI_NOTICE_TEXT = {"petition": "lvzhi.work.opinions.queries.grave_notice"}

# What follows from an act, in the order it is done (see records/jobs).
LVZHI_JOBS = {
    "entry": [
        "lvzhi.records.search.index.after_entry",
        "lvzhi.records.notices.tell.after_entry",
        "lvzhi.work.opinions.actions.following.after_entry",
        "lvzhi.work.opinions.actions.posting.after_entry",
    ],
    "opinion-received": ["lvzhi.work.opinions.actions.triage.after_received"],
    "opinion-answered": ["lvzhi.work.opinions.actions.answering.after_answered"],
    "opinions-swept": ["lvzhi.work.opinions.actions.sweeping.after_swept"],
    "opinion-raised": ["lvzhi.work.opinions.actions.following.after_raised"],
    "raised-outcome": ["lvzhi.work.opinions.actions.following.after_outcome"],
    "appointment-booked": ["lvzhi.work.stations.actions.booking.after_booked"],
    "edition-published": [
        "lvzhi.work.statutes.actions.publishing.after_published",
        "lvzhi.work.statutes.indexing.after_published",
    ],
    "editions-unlinked": ["lvzhi.work.statutes.actions.publishing.after_published"],
    "messages-confirmed": ["lvzhi.work.opinions.imports.after_confirmed"],
    "password-reset": ["lvzhi.faces.signin.letters.after_reset_request"],
}

# Public pages that are the same for everyone are kept so many seconds in each process; 0 keeps none.
LVZHI_PAGE_SECONDS = float(os.environ.get("LVZHI_PAGE_SECONDS", "2"))
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pages",
        "OPTIONS": {"MAX_ENTRIES": 400},
    },
}

# Reading and reckoning that is done before the job's transaction: on SQLite everybody else waits while that is open.
LVZHI_JOBS_AHEAD = {"opinion-received": "lvzhi.work.opinions.actions.triage.look_ahead"}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": os.environ.get("LVZHI_LOG_LEVEL", "WARNING")},
}
