"""Settings, all from the environment, failing closed.

`DJANGO_ENV` says what kind of installation this is: `production` (the default), `development` or `demo`.
Without one of the last two a missing secret key, or debugging switched on, stops the start.
Every variable is listed in docs/settings.md.
"""

from datetime import timedelta
from pathlib import Path
from typing import Any

import environ
from bootstrap_wrapper import get_bootstrap_dir
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from environ.fileaware_mapping import FileAwareMapping

BASE_DIR = Path(__file__).resolve().parent.parent


class Lines(FileAwareMapping):  # type: ignore[misc]  # the library publishes no types
    """Variables, or the files that NAME_FILE names; an editor's line break at their end is no part of a secret."""

    def __getitem__(self, key: str) -> str:
        value: str = super().__getitem__(key)
        return value.rstrip("\r\n")


env = environ.Env()
env.ENVIRON = Lines()

ENVIRONMENT: str = env.str("DJANGO_ENV", "production")
if ENVIRONMENT not in {"production", "development", "demo"}:
    raise ImproperlyConfigured("DJANGO_ENV must be production, development or demo.")
DEMO = ENVIRONMENT == "demo"
DEVELOPMENT = ENVIRONMENT == "development"
PRODUCTION = ENVIRONMENT == "production"

DEBUG: bool = env.bool("DEBUG", False)
if DEBUG and PRODUCTION:
    raise ImproperlyConfigured("DEBUG must be off in production.")
SECRET_KEY: str = env.str("SECRET_KEY", "")
if not SECRET_KEY:
    if PRODUCTION:
        raise ImproperlyConfigured("SECRET_KEY (or SECRET_KEY_FILE) must be set in production.")
    SECRET_KEY = "for-development-and-demo-only-" + "x" * 40
# Earlier keys, still accepted while sessions and signed forms made with them live.
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", default=[])
if PRODUCTION and min(len(key) for key in (SECRET_KEY, *SECRET_KEY_FALLBACKS)) < 50:
    raise ImproperlyConfigured("SECRET_KEY and SECRET_KEY_FALLBACKS must have 50 characters or more.")
ALLOWED_HOSTS: list[str] = env.list(
    "ALLOWED_HOSTS", default=[] if PRODUCTION else ["127.0.0.1", "localhost", "[::1]"]
)
if PRODUCTION and any(host.startswith(("*", ".")) for host in ALLOWED_HOSTS):
    raise ImproperlyConfigured(
        "ALLOWED_HOSTS must name every host in production, without * or a leading dot."
    )
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", default=[])
SITE_URL: str = env.str("SITE_URL", "http://127.0.0.1:8000").rstrip("/")

# The clock of a demonstration stands still at this day (timekeeping/clock.py); never set in production.
DEMO_TODAY: str = env.str("DEMO_TODAY", "2020-12-10" if DEMO else "")
if DEMO_TODAY and PRODUCTION:
    raise ImproperlyConfigured("DEMO_TODAY must not be set in production.")

# Every file the system writes lies under one folder: database, uploads, collected static files, broker.
DATA_DIR = Path(env.str("DATA_DIR", str(BASE_DIR / "var")))
DATA_DIR.mkdir(parents=True, exist_ok=True)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    "django_htmx",
    "rest_framework",
    "audit",
    "timekeeping",
    "departments",
    "documents",
    "tasks",
    "progress",
    "notices",
    "reports",
]

# The headers stand outermost: a refusal of the layers below, such as an unknown host, carries them as well.
MIDDLEWARE = [
    "reformtracker.headers.headers",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "audit.middleware.origin",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "reformtracker.limits.limits",  # its judging of a view comes before the next one reads the form
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "departments.middleware.signed_in",
]

ROOT_URLCONF = "reformtracker.urls"
WSGI_APPLICATION = "reformtracker.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "reformtracker.navigation.shell",
            ],
        },
    },
]

# SQLite serves a trial and a county office: WAL lets readers and one writer work at once, IMMEDIATE
# takes the write lock at the start of a transaction, so that two writers wait instead of failing.
DATABASES: dict[str, Any] = {
    "default": env.db_url("DATABASE_URL", f"sqlite:///{DATA_DIR / 'reformtracker.sqlite3'}")
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL: str = env.str("REDIS_URL", "")
REDIS_PREFIX: str = env.str("REDIS_PREFIX", "reformtracker:")  # installations may share one Redis
CACHES: dict[str, Any] = {
    "default": (
        {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": REDIS_URL,
            "KEY_PREFIX": REDIS_PREFIX,
        }
        if REDIS_URL
        else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    )
}

# Background work. The message is only a wake-up, the database row is the truth: what a broker loses,
# the sweeps of the beat schedule find again.
CELERY_BROKER_URL: str = REDIS_URL or "filesystem://localhost"
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = {"global_keyprefix": REDIS_PREFIX}
if not REDIS_URL:
    _queue = DATA_DIR / "queue"
    _queue.mkdir(exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(_queue),
        "data_folder_out": str(_queue),
        "control_folder": str(_queue),
    }
    # Questions to a worker travel as files too and, unread, would pile up.
    CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TIMEZONE = "Asia/Shanghai"
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A sweep that nobody took before the next one is due is dropped, so that a pause leaves no heap of them.
SWEEP_SECONDS = env.int("SWEEP_SECONDS", 60)
CELERY_BEAT_SCHEDULE: dict[str, Any] = {
    "periods-close": {
        "task": "progress.jobs.close_due",
        "schedule": timedelta(minutes=30),
        "options": {"expires": 1800},
    },
    "notices-due": {
        "task": "notices.jobs.write_due",
        "schedule": timedelta(minutes=10),
        "options": {"expires": 600},
    },
    # Hourly, though a day is sealed once: what a night without a worker missed is caught up in the morning.
    "audit-seal": {
        "task": "audit.jobs.seal_due",
        "schedule": crontab(minute=20),
        "options": {"expires": 3000},
    },
    "notices-deliver": {
        "task": "notices.jobs.deliver_waiting",
        "schedule": timedelta(seconds=SWEEP_SECONDS),
        "options": {"expires": SWEEP_SECONDS},
    },
}
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "beat-schedule")

AUTH_USER_MODEL = "departments.User"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": "departments.signin.validators.Length"},
    {"NAME": "departments.signin.validators.Classes"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "departments.signin.validators.CommonHere"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "full_name", "email", "office_phone")},
    },
    {"NAME": "departments.signin.validators.NotUsedBefore"},
]
PASSWORD_LENGTH = env.int("PASSWORD_LENGTH", 8)
PASSWORD_LENGTH_OFFICE = env.int("PASSWORD_LENGTH_OFFICE", 12)
if PASSWORD_LENGTH < 8:
    raise ImproperlyConfigured("PASSWORD_LENGTH must be at least 8.")
PASSWORD_HISTORY = env.int("PASSWORD_HISTORY", 5)
PASSWORD_DAYS = env.int("PASSWORD_DAYS", 0 if DEMO else 90)
REQUIRE_TOTP_FOR: list[str] = env.list("REQUIRE_TOTP_FOR", default=[])
_ROLES = {"reporter", "head", "coordinator", "leader", "system_admin", "security_admin", "auditor"}
if unknown := set(REQUIRE_TOTP_FOR) - _ROLES:
    raise ImproperlyConfigured(f"REQUIRE_TOTP_FOR does not know {', '.join(sorted(unknown))}.")
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
LOGIN_URL = "departments:signin"
LOGIN_REDIRECT_URL = "reports:workbench"
LOGOUT_REDIRECT_URL = "departments:signin"

# Five failures lock an account for 15 minutes, wherever they come from. An address is a whole office behind one
# exit as often as one computer, so it is locked by more.
LOCKOUT_FAILURES = env.int("LOCKOUT_FAILURES", 5)
LOCKOUT_ADDRESS_FAILURES = env.int("LOCKOUT_ADDRESS_FAILURES", 20)
LOCKOUT_MINUTES = env.int("LOCKOUT_MINUTES", 15)
# How many proxies of our own stand in front and append to X-Forwarded-For.
PROXY_COUNT = env.int("PROXY_COUNT", 0)

# Idle time is counted by departments/signin/sittings.py, which knows an act of the person from a page that asks
# by itself; the cookie only bounds how long one sign-in lasts at most.
IDLE_MINUTES = env.int("IDLE_MINUTES", 30)
SESSION_COOKIE_AGE = env.int("SESSION_HOURS", 12) * 3600
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
# Browsers take a cookie of this name only from this host, over https and for every path.
SESSION_COOKIE_NAME = "__Host-reformtracker_session" if PRODUCTION else "reformtracker_session"
CSRF_COOKIE_NAME = "reformtracker_csrf"
CSRF_FAILURE_VIEW = "departments.views.signin.csrf_failed"
SECURE_SSL_REDIRECT = PRODUCTION and env.bool("SSL_REDIRECT", True)
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", 31_536_000) if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXY_COUNT else None
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
# Scripts and sheets are files of our own; no page has an inline one, nor a style attribute.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],  # Bootstrap's sheet holds the drawings of its form controls
        "font-src": [SELF],
        "connect-src": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True
DATE_FORMAT = "Y-m-d"
FORMAT_MODULE_PATH: list[str] = []

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static", ("bootstrap", get_bootstrap_dir())]
STORAGES: dict[str, Any] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
if DEVELOPMENT:
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    WHITENOISE_USE_FINDERS = True
    WHITENOISE_AUTOREFRESH = True
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ["map", "woff2", "png", "gz", "br"]

# Uploads lie outside the web root and are only ever served by a view that asks for permission.
MEDIA_ROOT = DATA_DIR / "files"
# The trail stays in the database this long, then archive_audit may move it to a file; the law asks for six months.
AUDIT_KEEP_MONTHS = env.int("AUDIT_KEEP_MONTHS", 12)
if AUDIT_KEEP_MONTHS < 6:
    raise ImproperlyConfigured("AUDIT_KEEP_MONTHS must be at least 6: the law asks for 180 days.")
AUDIT_ARCHIVE_DIR = DATA_DIR / "audit-archive"
FILE_UPLOAD_PERMISSIONS = 0o640
UPLOAD_LIMIT_MB = env.int("UPLOAD_LIMIT_MB", 20)
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 20

# How often a minute: a stranger's attempts by address, everything else by person.
RATES: dict[str, int] = {
    "signin": env.int("RATE_SIGNIN", 60),
    "upload": env.int("RATE_UPLOAD", 20),
    "export": env.int("RATE_EXPORT", 30),
    "api": env.int("RATE_API", 120),
}
if min(RATES.values()) < 1:
    raise ImproperlyConfigured("RATE_SIGNIN, RATE_UPLOAD, RATE_EXPORT and RATE_API must be at least 1.")

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST: str = env.str("EMAIL_HOST", "")
EMAIL_PORT = env.int("EMAIL_PORT", 25)
EMAIL_HOST_USER: str = env.str("EMAIL_USER", "")
EMAIL_HOST_PASSWORD: str = env.str("EMAIL_PASSWORD", "")
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", False)
EMAIL_TIMEOUT = 15
DEFAULT_FROM_EMAIL: str = env.str("EMAIL_FROM", "reformtracker@localhost")

REST_FRAMEWORK = {
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
}

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "INFO")},
}

SILENCED_SYSTEM_CHECKS: list[str] = []
