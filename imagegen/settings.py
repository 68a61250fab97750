"""Settings, read from the environment: docs/configuration.md explains every name. Each default works as it is."""

import hashlib
import os
import secrets
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from csp.constants import NONCE, SELF
from django.utils.translation import gettext_lazy as _

env = environ.Env()
BASE_DIR = Path(__file__).resolve().parent.parent

# --- Where everything that is written lives ---------------------------------------------------------------

DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / "data"))).resolve()
DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)  # members' pictures and sessions are nobody else's


def first_run_secret(path: Path) -> str:
    """Read the secret key of this data folder, making it (mode 0600) on the first run."""
    try:
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
    except FileExistsError:
        pass  # somebody was first: their key is the key
    key = path.read_text().strip()
    if not key:
        raise RuntimeError(f"{path} is empty: delete it to have a new secret key made")
    return key


def runtime_socket(folder: Path) -> Path:
    """Name the embedded Valkey's socket.

    Its path may have 107 bytes, a data folder's may be longer; and whoever knows the data folder must find it,
    so neither TMPDIR nor XDG_RUNTIME_DIR, which differ between a service and a shell, has a part in it.
    """
    runtime = Path(f"/tmp/imagegen-{folder.stat().st_uid}")  # noqa: S108 - made with mode 0700, refused otherwise
    return runtime / hashlib.sha256(str(folder).encode()).hexdigest()[:12] / "valkey.sock"


SECRET_KEY = env.str("SECRET_KEY", default="") or first_run_secret(DATA_DIR / "secret_key")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])

# --- The web ------------------------------------------------------------------------------------------------

PORT = env.int("PORT", default=8000)
PUBLIC_URL = env.str("PUBLIC_URL", default=f"http://localhost:{PORT}").rstrip("/")  # what links in mail begin with
DEBUG = env.bool("DEBUG", default=False)
HTTPS = env.bool("HTTPS", default=False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]  # asked from inside, without TLS
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY: dict[str, Any] = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "blob:", "data:"],
        "connect-src": [SELF],
        "object-src": ["'none'"],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": ["'none'"],
    }
}

ROOT_URLCONF = "imagegen.urls"
ASGI_APPLICATION = "imagegen.asgi.application"
INSTALLED_APPS = [
    *(["daphne"] if DEBUG else []),  # for `runserver` alone; it takes 0.7 s and 20 MB of every process
    "accounts",
    "generation",
    "imagegen",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.usersessions",
    "channels",
    "django_q",
    "csp",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "imagegen.compression.TextCompressionMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.LanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "generation.api.problems.ProblemMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
            ],
            "libraries": {"lucide": "imagegen.icons"},
        },
    }
]
STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
# The page of the API comes with ninja, which as an app would cost every process 0.5 s and 12 MB.
NINJA = Path(find_spec("ninja").origin).parent  # type: ignore[union-attr, arg-type]  # a requirement
STATICFILES_DIRS = [BASE_DIR / "static", ("ninja", NINJA / "static" / "ninja")]
MEDIA_ROOT = DATA_DIR / "media"
CREDENTIALS_DIR = env.str("CREDENTIALS_DIR", default=str(DATA_DIR / "credentials"))  # certificate.pem, key.pem
STORAGES = {
    "default": {"BACKEND": "generation.storage.ExclusiveFileSystemStorage"},
    "staticfiles": {"BACKEND": "imagegen.staticfiles.ManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
UPLOAD_MAX_BYTES = env.int("UPLOAD_MAX_BYTES", default=25_000_000)
API_REQUESTS_PER_MINUTE = env.int("API_REQUESTS_PER_MINUTE", default=600)  # of one member; files do not count
API_JOBS_PER_MINUTE = env.int("API_JOBS_PER_MINUTE", default=120)
API_UPLOADS_PER_MINUTE = env.int("API_UPLOADS_PER_MINUTE", default=60)
PREVIEWS_PER_MINUTE = env.int("PREVIEWS_PER_MINUTE", default=300)
SHARED_REQUESTS_PER_MINUTE = env.int("SHARED_REQUESTS_PER_MINUTE", default=240)  # of one address, to share links
X_ACCEL_PREFIX = env.str("X_ACCEL_PREFIX", default="")  # nginx's or Caddy's internal path of MEDIA_ROOT; empty: we send

# --- Database, Valkey and what stands on it -------------------------------------------------------------------

SQLITE = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": DATA_DIR / "db.sqlite3",
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA cache_size=-16000;",
    },
}
DATABASE_URL = env.str("DATABASE_URL", default="")
DATABASES: dict[str, dict[str, Any]] = {"default": env.db_url_config(DATABASE_URL) if DATABASE_URL else SQLITE}
if DATABASES["default"]["ENGINE"].endswith("postgresql"):
    DATABASES["default"]["OPTIONS"] = DATABASES["default"].get("OPTIONS", {}) | {
        # A worker that is frozen inside a transaction must not hold everybody's locks for ever.
        "options": "-c idle_in_transaction_session_timeout=20000 -c lock_timeout=20000"
    }
# The threads of requests are kept (`threads.py`), and connections with them, unless the address says otherwise.
DATABASES["default"] = {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True} | DATABASES["default"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

VALKEY_SOCKET = runtime_socket(DATA_DIR)
REDIS_URL = env.str("REDIS_URL", default="")  # empty: the embedded Valkey on VALKEY_SOCKET


def redis_url(database: int) -> str:
    """Give the address of one numbered database of Valkey; a number in REDIS_URL itself does not count."""
    address = REDIS_URL or f"unix://{VALKEY_SOCKET}"
    return f"{address}{'&' if '?' in address else '?'}db={database}"


CHANNEL_LAYERS = {
    "default": {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        # redis-py 8 closes sockets that are idle for 5 s and allows 100 connections unless told otherwise.
        "CONFIG": {"hosts": [{"address": redis_url(0), "socket_timeout": None, "max_connections": 10_000}]},
    }
}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": redis_url(2)}}

# --- The queue --------------------------------------------------------------------------------------------------

IMAGE_GENERATION_MAX_CONCURRENT = env.int("IMAGE_GENERATION_MAX_CONCURRENT", default=100)  # calls one drain holds
IMAGE_GENERATION_MAX_WAIT_TIME = env.int("IMAGE_GENERATION_MAX_WAIT_TIME", default=600)  # seconds one call may take
IMAGE_GENERATION_POLL_INTERVAL = env.float("IMAGE_GENERATION_POLL_INTERVAL", default=1.0)
IMAGE_GENERATION_MAX_RETRIES = env.int("IMAGE_GENERATION_MAX_RETRIES", default=3)
IMAGE_GENERATION_MAX_SIMPLIFICATIONS = env.int("IMAGE_GENERATION_MAX_SIMPLIFICATIONS", default=2)
SIMULATED_ENGINE = env.bool("SIMULATED_ENGINE", default=False)  # tests and benchmarks only

LEASE_SECONDS = env.int("LEASE_SECONDS", default=60)  # at least three times SQLite's busy timeout
DRAIN_IDLE_SECONDS = 30
DRAIN_HANDOVER_SECONDS = 600  # a drain then stops claiming and a fresh one takes over
DEAF_SECONDS = env.int("DEAF_SECONDS", default=60)  # a cluster that consumes nothing for so long is started again
# A drain must be able to claim until its hand-over and still finish its longest call; django-q2 wants retry > timeout.
DRAIN_TIMEOUT = DRAIN_HANDOVER_SECONDS + IMAGE_GENERATION_MAX_WAIT_TIME + 60
Q_CLUSTER = {
    "name": "imagegen",
    "cluster_name": "process",
    "workers": 3,  # one for a drain, one for the next at hand-over, one for chores
    "timeout": DRAIN_TIMEOUT,
    "retry": DRAIN_TIMEOUT + 60,
    "queue_limit": 2,
    "recycle": 500,
    "save_limit": -1,  # keeping a number of results would load all rows each time; only failures are kept
    "ack_failures": True,
    "max_attempts": 1,
    "catch_up": False,
    "label": _("Queue"),
    "redis": redis_url(1),
    "broker_class": "imagegen.broker.Broker",
    "ALT_CLUSTERS": {
        "generate": {"workers": 2, "timeout": DRAIN_TIMEOUT, "retry": DRAIN_TIMEOUT + 60, "queue_limit": 1},
    },
}

# --- Members ----------------------------------------------------------------------------------------------------

OIDC_URL = env.str("OIDC_URL", default="")  # of the provider; what it can do is read from its discovery document


def login_provider(client: str, secret: str, app: dict[str, Any] | None = None, **options: Any) -> dict[str, Any]:
    """Give what allauth is told of a log-in provider; nothing where its id is not in the environment."""
    return {"APPS": [{"client_id": client, "secret": secret} | (app or {})], **options} if client else {}


AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

EMAIL_URL = env.str("EMAIL_URL", default="")
if EMAIL_URL:
    vars().update(env.email_url_config(EMAIL_URL))
else:
    EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="imagegen@localhost")

EMAIL_TIMEOUT = 20  # seconds; a mail server that hangs must not hold up a page or a worker
FINISHED_MAIL_SECONDS = env.int("FINISHED_MAIL_SECONDS", default=60)  # shorter work is not worth a mail
DISK_FULL_BYTES = env.int("DISK_FULL_BYTES", default=500_000_000)  # with less, new work waits
MEMORY_LOW_BYTES = env.int("MEMORY_LOW_BYTES", default=200_000_000)
DISK_LOW_BYTES = env.int("DISK_LOW_BYTES", default=2_000_000_000)

SIGN_UP = env.str("SIGN_UP", default="open")  # open, invitation or closed, until an admin chooses
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory" if EMAIL_URL else "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True
MFA_ADAPTER = "accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "imagegen"
MFA_TOTP_TOLERANCE = 1  # a phone's clock may be half a minute off
MFA_ALLOW_UNVERIFIED_EMAIL = not EMAIL_URL  # without mail no address is ever proven
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS  # browsers themselves allow http on localhost alone
SOCIALACCOUNT_ADAPTER = "accounts.adapter.SocialAdapter"
SOCIALACCOUNT_PROVIDERS = {
    "github": login_provider(
        env.str("GITHUB_CLIENT_ID", default=""), env.str("GITHUB_CLIENT_SECRET", default=""), SCOPE=["user:email"]
    ),
    "google": login_provider(
        env.str("GOOGLE_CLIENT_ID", default=""),
        env.str("GOOGLE_CLIENT_SECRET", default=""),
        SCOPE=["profile", "email"],
        OAUTH_PKCE_ENABLED=True,
    ),
    "openid_connect": login_provider(
        env.str("OIDC_CLIENT_ID", default=""),
        env.str("OIDC_CLIENT_SECRET", default=""),
        {
            "provider_id": "oidc",
            "name": env.str("OIDC_NAME", default="OpenID"),
            "settings": {"server_url": OIDC_URL},
        },
        OAUTH_PKCE_ENABLED=True,
    ),
}
SOCIALACCOUNT_PROVIDERS = {name: provider for name, provider in SOCIALACCOUNT_PROVIDERS.items() if provider}
INSTALLED_APPS += [f"allauth.socialaccount.providers.{name}" for name in SOCIALACCOUNT_PROVIDERS]
# A form may lead on to where the log-in happens; browsers follow the policy over redirects.
LOGIN_ORIGINS = {"github": "https://github.com", "google": "https://accounts.google.com"}
CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"] += [
    *(origin for name, origin in LOGIN_ORIGINS.items() if name in SOCIALACCOUNT_PROVIDERS),
    *env.list("OIDC_LOGIN_ORIGINS", default=["{0.scheme}://{0.netloc}".format(urlsplit(OIDC_URL))] if OIDC_URL else []),
]
USERSESSIONS_ADAPTER = "accounts.adapter.SessionsAdapter"
USERSESSIONS_TRACK_ACTIVITY = False
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)

# --- Language, time, logs -----------------------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("zh-hans", "简体中文")]
LOCALE_PATHS = [BASE_DIR / "imagegen" / "locale", BASE_DIR / "imagegen" / "wording"]  # ours; our words for libraries
TIME_ZONE = env.str("TIME_ZONE", default="UTC")
USE_TZ = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {
        "django-q": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "django.request": {"level": "ERROR"},  # a refusal is an answer, not news
        "daphne": {"level": "WARNING"},
    },
}
