"""Django settings, computed from two variables: ``GONGZHI_HOME`` and ``GONGZHI_DATABASE_URL``.

A county needs no settings file. Everything that a county decides lives in its catalogue.
"""

from __future__ import annotations

import os
from ipaddress import ip_network
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from gongzhi.config.home import Home

HOME = Home.from_environment()
PACKAGE = Path(__file__).resolve().parent.parent

DEBUG = False
SECRET_KEY = os.environ.get("GONGZHI_SECRET_KEY") or HOME.secret("secret-key")
ALLOWED_HOSTS = os.environ.get("GONGZHI_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("GONGZHI_ORIGINS", "").split(",") if o]
DEMO = HOME.demo_marker.exists()
EXERCISE = HOME.exercise_marker.exists()

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "gongzhi.base.log",
    "gongzhi.base.people",
    "gongzhi.base.access",
    "gongzhi.base.reach",
    "gongzhi.base.places",
    "gongzhi.base.files",
    "gongzhi.base.matters",
    "gongzhi.base.ui",
    "gongzhi.work.workforce.officers",
    "gongzhi.work.workforce.rosters",
    "gongzhi.work.workforce.care",
    "gongzhi.work.workforce.integrity",
    "gongzhi.work.workforce.rights",
    "gongzhi.work.workforce.movement",
    "gongzhi.work.calls",
    "gongzhi.work.participation",
    "gongzhi.work.linked",
    "gongzhi.work.joint",
    "gongzhi.work.consultation",
    "gongzhi.work.dispatch",
    "gongzhi.work.crews",
    "gongzhi.work.dossier",
    "gongzhi.work.cases",
    "gongzhi.work.complaints",
    "gongzhi.work.public_services",
    "gongzhi.work.appointments",
    "gongzhi.work.proposals",
    "gongzhi.work.personal",
    "gongzhi.work.volunteering",
    "gongzhi.work.workforce.appraisal",
    "gongzhi.work.prevention.problems",
    "gongzhi.work.prevention.warnings",
    "gongzhi.work.prevention.linking",
    "gongzhi.work.patrol.forecasts",
    "gongzhi.work.patrol.simulations",
    "gongzhi.work.command",
    "gongzhi.work.patrol.nodes",
    "gongzhi.work.patrol.plans",
    "gongzhi.work.patrol.posts",
    "gongzhi.watch.exchange",
    "gongzhi.watch.exchange.agreements",
    "gongzhi.watch.exchange.alerts",
    "gongzhi.watch.exchange.imports",
    "gongzhi.watch.exchange.lake",
    "gongzhi.watch.exchange.opendata",
    "gongzhi.watch.exchange.publishing",
    "gongzhi.watch.exchange.receiving",
    "gongzhi.watch.exchange.webhooks",
    "gongzhi.watch.exchange.datasets",
    "gongzhi.watch.live",
    "gongzhi.watch.supervision",
    "gongzhi.watch.replay",
    "gongzhi.watch.maps",
    "gongzhi.watch.notices",
    "gongzhi.watch.outcomes",
    "gongzhi.watch.operations",
    "gongzhi.watch.retention",
]

MIDDLEWARE = [
    "gongzhi.watch.operations.middleware.Measured",
    "gongzhi.base.ui.middleware.SecurityHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "gongzhi.base.ui.middleware.RefusalsAsPages",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "gongzhi.base.access.middleware.DenyByDefault",
]

ROOT_URLCONF = "gongzhi.config.urls"
WSGI_APPLICATION = "gongzhi.config.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "gongzhi.base.ui.context.shell",
            ],
            "builtins": ["gongzhi.base.ui.templatetags.ui"],
        },
    }
]

# --- database -------------------------------------------------------------------------------

# FULL, not NORMAL: what a resident was told is received must survive a power cut.
# See docs/explanation/durability.md for what it costs.
# secure_delete: what was erased is overwritten, not left in the page it stood on.
SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA busy_timeout=20000;"
    "PRAGMA temp_store=MEMORY;PRAGMA mmap_size=268435456;PRAGMA journal_size_limit=67108864;"
    "PRAGMA cache_size=-65536;PRAGMA secure_delete=FAST;"
)


def _sqlite() -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(HOME.database),
        "CONN_MAX_AGE": None,
        # IMMEDIATE: a writer waits at the start, so the log's order is the commit order and
        # no transaction fails half-way with "database is locked".
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": SQLITE_PRAGMAS,
        },
        "TEST": {"NAME": str(HOME.root / "test.sqlite3")},
    }


def _postgresql(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    host = options.pop("host", None) or parts.hostname or ""
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        # psycopg's pool, because persistent connections per thread exhaust the server.
        "OPTIONS": {**options, "pool": {"min_size": 1, "max_size": 16, "timeout": 20}},
    }


DATABASE_URL = os.environ.get("GONGZHI_DATABASE_URL", "")
# A drill has a database of its own, whatever the county is told to use: it must never write there.
DATABASES = {"default": _postgresql(DATABASE_URL) if DATABASE_URL and not EXERCISE else _sqlite()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- people ---------------------------------------------------------------------------------

AUTH_USER_MODEL = "people.Account"
LOGIN_URL = "access:sign_in"
LOGIN_REDIRECT_URL = "access:start"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
# Cookies know no ports: a drill beside its county must not sign anybody out there.
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = (
    ("drill_session", "drill_csrf") if EXERCISE else ("sessionid", "csrftoken")
)
SESSION_ENGINE = "gongzhi.base.access.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "gongzhi.base.ui.pages.csrf_failure"
_HTTPS = os.environ.get("GONGZHI_HTTPS") == "1"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = _HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _HTTPS else None
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

# --- language, time, files ------------------------------------------------------------------

# Chinese is the language the strings are written in; English is translated (ADR 0002).
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LANGUAGE_COOKIE_SAMESITE = "Lax"
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = os.environ.get("GONGZHI_TIME_ZONE", "Asia/Shanghai")

STATIC_URL = "/static/"
STATIC_ROOT = HOME.root / "static"
# The built front end carries its own long names; whitenoise serves it straight from the package.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "gongzhi.base.files.uploads.Limit",
    "gongzhi.base.files.uploads.SealOnArrival",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# --- warnings -------------------------------------------------------------------------------

CAP_SENDER = os.environ.get("GONGZHI_CAP_SENDER", "")
"""How our CAP messages name who sends them; "" makes a name of the county's code."""
FETCH_PRIVATE = os.environ.get("GONGZHI_FETCH_PRIVATE") == "1"
"""Whether outside warnings may be read from addresses of all inner networks."""
INTRANET = tuple(
    ip_network(one.strip())
    for one in os.environ.get("GONGZHI_INTRANET", "").split(",")
    if one.strip()
)
"""The inner networks that may be asked, as ``10.20.0.0/16, 192.168.5.0/24``: by webhooks, too."""

# --- notices --------------------------------------------------------------------------------

SMTP_URL = os.environ.get("GONGZHI_SMTP", "")
"""The mail server: ``smtp://name:password@host:587?starttls=1``; "" sends no mail."""
MAIL_FROM = os.environ.get("GONGZHI_MAIL_FROM", "gongzhi@localhost")

LOG_FORM = os.environ.get("GONGZHI_LOG", "text")
"""How the program's own log is written: ``text`` for people, to stderr; ``json``, a line each to
stdout, with every request, for a program that keeps them."""
if LOG_FORM not in {"text", "json"}:
    raise ValueError("GONGZHI_LOG is neither text nor json")
TRACES = os.environ.get("GONGZHI_TRACES", "")
"""Where a collector takes traces, as http://127.0.0.1:4318/v1/traces; "" sends none."""
LOG_LEVEL = os.environ.get("GONGZHI_LOG_LEVEL", "INFO" if LOG_FORM == "json" else "WARNING")
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "text": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"},
        "json": {"()": "gongzhi.watch.operations.lines.JsonLine"},
    },
    "handlers": {
        "text": {"class": "logging.StreamHandler", "formatter": "text"},
        "json": {
            "class": "logging.StreamHandler",
            "formatter": "json",
            "stream": "ext://sys.stdout",
        },
    },
    "root": {"handlers": [LOG_FORM], "level": LOG_LEVEL},
    # Django's own handlers would write addresses and mail the administrators, past the forms above.
    "loggers": {"django": {"handlers": [], "level": "NOTSET", "propagate": True}},
}
