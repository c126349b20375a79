"""Settings, read from the environment; each variable has a safe default, so that nothing must be set.

What each variable means stands in docs/operations.md; a test compares names and defaults.
"""

import os
from datetime import timedelta
from pathlib import Path

from corsheaders.defaults import default_headers
from django.utils.translation import gettext_lazy as _

from kb.databases import REPLICA_PATIENCE, database
from kb.environment import environment
from kb.logs import logging_settings
from kb.secret_key import local_secret_key
from kb.security.production import refuse_unsafe

BASE_DIR = Path(__file__).resolve().parent.parent

env = environment(BASE_DIR / ".env")

# -- Security ---------------------------------------------------------------------------------------

# True: others reach this installation; what is unsafe for them ends the start (see the end of this file).
KB_PRODUCTION = env.bool("KB_PRODUCTION", default=False)

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="")
if not SECRET_KEY and not KB_PRODUCTION:
    SECRET_KEY = local_secret_key(BASE_DIR / ".secret_key")
KB_ADMIN_PASSWORD = env.str("KB_ADMIN_PASSWORD", default="")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"

# How many proxies of one's own stand before the application; each appends to X-Forwarded-For, and the
# first sets X-Forwarded-Proto.
KB_PROXIES = env.int("KB_PROXIES", default=0)

# True: people come by HTTPS only.
KB_HTTPS = env.bool("KB_HTTPS", default=KB_PRODUCTION)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = KB_HTTPS
SECURE_REDIRECT_EXEMPT = [r"^health/", r"^metrics$"]  # asked from inside, by address and without HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if KB_PROXIES else None
KB_HSTS_SECONDS = env.int("KB_HSTS_SECONDS", default=30 * 24 * 3600)
SECURE_HSTS_SECONDS = KB_HSTS_SECONDS if KB_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = KB_HTTPS
# To be built into browsers is a promise for a whole domain, which its owner makes, not this program.
SILENCED_SYSTEM_CHECKS = ["security.W021"]

X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_AGE = 12 * 3600  # a working day
AUTH_PASSWORD_VALIDATORS: list[dict[str, object]] = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "CommonPasswordValidator", "NumericPasswordValidator")
]
AUTH_PASSWORD_VALIDATORS.append(
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    }
)

# Five wrong passwords for one account from one address have to wait. Account and address together, so that
# nobody locks a colleague out. One for each address alone is in kb/security/logins.py.
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AXES_HANDLER = "kb.security.logins.LoginGuard"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "kb.security.logins.told_to_wait"
AXES_CLIENT_IP_CALLABLE = "kb.security.proxies.client_address"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_SENSITIVE_PARAMETERS = ["username"]  # people type their password there by mistake; the address is logged

# -- Applications -----------------------------------------------------------------------------------

INSTALLED_APPS = [
    "kb.admin_config.KnowledgeBaseAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "axes",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "corsheaders",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "simple_history",
    "kb",
    "kb.web",
    "importers",
    "api",
]

MIDDLEWARE = [
    "kb.metrics.MetricsMiddleware",
    "api.request_id.RequestIdMiddleware",
    "kb.security.headers.SecurityHeadersMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "kb.lean_middleware.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "kb.lean_middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "kb.security.inputs.UnusableValuesMiddleware",
    "axes.middleware.AxesMiddleware",  # the last: it reads what a log-in left on the request
]

ROOT_URLCONF = "kb.urls"
WSGI_APPLICATION = "kb.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # Before those of the applications: the admin's frame is ours.
        "DIRS": [BASE_DIR / "kb" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

# -- Database ---------------------------------------------------------------------------------------

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
_connections = {
    "password": env.str("DATABASE_PASSWORD", default=""),
    "pool_size": env.int("DATABASE_POOL_SIZE", default=8),
    "pool_timeout": env.int("DATABASE_POOL_TIMEOUT", default=10),
    "conn_max_age": env.int("DATABASE_CONN_MAX_AGE", default=60),
}
DATABASES = {
    "default": database(
        env.db("DATABASE_URL", default=f"sqlite:///{BASE_DIR / 'db.sqlite3'}"), **_connections
    ),
    # Replicas of the same database, for reading (kb/replicas.py); several with commas between them.
    **{
        f"replica{number}": database(env.db_url_config(url), **(_connections | REPLICA_PATIENCE))
        for number, url in enumerate(env.list("DATABASE_REPLICA_URL", default=[]), 1)
    },
}
# For how many seconds whoever has written reads from the primary: longer than replicas lag behind.
KB_PRIMARY_SECONDS = env.int("KB_PRIMARY_SECONDS", default=5)
if len(DATABASES) > 1:
    DATABASE_ROUTERS = ["kb.replicas.ReplicaRouter"]
    MIDDLEWARE.insert(0, "kb.replicas.ReplicaMiddleware")

KB_BACKUP_DIR = env.str("KB_BACKUP_DIR", default=str(BASE_DIR / "backups"))

# Histories are read by record, never by date alone.
SIMPLE_HISTORY_DATE_INDEX = False

# -- Language and time ------------------------------------------------------------------------------

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "kb" / part / "locale" for part in ("", "merging", "review", "security")]
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

# -- What a process remembers -------------------------------------------------------------------------

# Two counters for each address that asked lately (api/throttling.py): Django's 300 entries would forget the
# counts of a hundred and fifty.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}

# -- Static files -----------------------------------------------------------------------------------

# The application serves its own files, also where nobody has run collectstatic.
STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True

# -- REST API: begin --------------------------------------------------------------------------------

# True: everybody who reaches the server may read; False: reading too needs a log-in or a token.
KB_PUBLIC_READ = env.bool("KB_PUBLIC_READ", default=True)

# Pages handed in over HTTP, in bytes: the longest, and the longest that the sender waits for.
KB_SUBMIT_LIMIT = env.int("KB_SUBMIT_LIMIT", default=2_000_000)
# JSON may write a sign of three bytes in six, as an escape.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * KB_SUBMIT_LIMIT + 65_536
KB_SUBMIT_AT_ONCE = env.int("KB_SUBMIT_AT_ONCE", default=200_000)
# Pages that may wait at a time, previews included; at their longest, so many take a gigabyte.
KB_QUEUE_LIMIT = env.int("KB_QUEUE_LIMIT", default=500)

REST_FRAMEWORK: dict[str, object] = {
    "DEFAULT_RENDERER_CLASSES": ["api.renderers.FastJSON", "api.renderers.BrowsablePages"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "api.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["api.permissions.ReadOrEdit"],
    "DEFAULT_THROTTLE_CLASSES": [
        "api.throttling.AnonymousThrottle",
        "api.throttling.UserThrottle",
    ],
    "DEFAULT_THROTTLE_RATES": {
        "anon": env.str("KB_THROTTLE_ANONYMOUS", default="1200/min"),
        "user": env.str("KB_THROTTLE_USER", default="6000/min"),
    },
    "NUM_PROXIES": KB_PROXIES,
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "api.renderers.StrictNegotiation",
    "EXCEPTION_HANDLER": "api.refusals.handle",
    "URL_FORMAT_OVERRIDE": "format",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS: dict[str, object] = {
    "TITLE": _("党建知识库 REST API"),
    "DESCRIPTION": _("报纸版面中的地名、组织、举措和数据，每条都附原文出处。"),
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["api.permissions.ReadOrEdit"],
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "DISABLE_DOCSTRING_DESCRIPTIONS": True,  # they speak to developers, in English alone
    "COMPONENT_NO_READ_ONLY_REQUIRED": True,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "POSTPROCESSING_HOOKS": [],  # closed lists stand where they are used: `kind` means several
}

# Web pages of other addresses that may ask the API: `https://tools.example.org`, none by default. They
# ask without cookies: where reading is closed, with a token.
CORS_ALLOWED_ORIGINS = env.list("CORS_ALLOWED_ORIGINS", default=[])
CORS_URLS_REGEX = r"^/api/"
CORS_ALLOW_HEADERS = (*default_headers, "if-match", "if-none-match", "x-request-id")
CORS_EXPOSE_HEADERS = ("ETag", "Location", "Retry-After", "X-Request-ID")

# -- REST API: end ----------------------------------------------------------------------------------

# -- Logs, health, figures --------------------------------------------------------------------------

# Each line has the number of the request that caused it, the one in the answer's X-Request-ID.
LOGGING = logging_settings(
    env.str("LOG_LEVEL", default="INFO" if KB_PRODUCTION else "WARNING"),
    as_json=env.bool("KB_JSON_LOGS", default=KB_PRODUCTION),
)
HEALTH_CHECKS = [
    *(f"kb.health.{name}" for name in ("database", "migrations", "search", "webhooks")),
    "importers.health.imports",
]
KB_WORKER_LAG = env.int("KB_WORKER_LAG", default=900)

METRICS_READINGS = ["importers.health.jobs", "kb.metrics.deliveries", "kb.metrics.pool"]
KB_METRICS_TOKEN = env.str("KB_METRICS_TOKEN", default="")
KB_METRICS_DIR = env.str("KB_METRICS_DIR", default="")
if KB_METRICS_DIR:
    Path(KB_METRICS_DIR).mkdir(parents=True, exist_ok=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = KB_METRICS_DIR  # where prometheus_client looks when it is loaded

# -- Webhooks ---------------------------------------------------------------------------------------

# True: changes may also be sent to addresses inside one's own network.
WEBHOOKS_ALLOW_PRIVATE = env.bool("WEBHOOKS_ALLOW_PRIVATE", default=False)

# ---------------------------------------------------------------------------------------------------

if KB_PRODUCTION:
    refuse_unsafe(globals())
