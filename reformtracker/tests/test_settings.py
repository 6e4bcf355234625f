"""The installation refuses to start when it is set up wrongly; what starts is as safe as promised."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

KEY = "a-long-key-of-a-test-" * 4
SHOW = "from django.conf import settings; print(getattr(settings, '{name}'))"


def start(tmp_path: Path, show: str = "DEBUG", **variables: str) -> subprocess.CompletedProcess[str]:
    """Load the settings in a process that has only these variables."""
    environment = {
        "PATH": os.environ["PATH"],
        "DATA_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "reformtracker.settings",
        **variables,
    }
    return subprocess.run(
        [sys.executable, "-c", SHOW.format(name=show)],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_it_starts_in_production_with_a_key(tmp_path: Path) -> None:
    done = start(tmp_path, DJANGO_ENV="production", SECRET_KEY=KEY)
    assert (done.returncode, done.stdout.strip()) == (0, "False"), done.stderr


def test_it_is_production_unless_told_otherwise(tmp_path: Path) -> None:
    assert start(tmp_path, "ENVIRONMENT", SECRET_KEY=KEY).stdout.strip() == "production"


@pytest.mark.parametrize(
    ("variables", "reason"),
    [
        ({}, "SECRET_KEY"),
        ({"DJANGO_ENV": "production", "SECRET_KEY": ""}, "SECRET_KEY"),
        ({"SECRET_KEY": KEY, "DEBUG": "1"}, "DEBUG"),
        ({"SECRET_KEY": KEY, "DEMO_TODAY": "2020-12-10"}, "DEMO_TODAY"),
        ({"SECRET_KEY": KEY[:49]}, "SECRET_KEY"),
        ({"SECRET_KEY": KEY, "SECRET_KEY_FALLBACKS": "short"}, "SECRET_KEY_FALLBACKS"),
        ({"SECRET_KEY": KEY, "ALLOWED_HOSTS": "ledger.example,*"}, "ALLOWED_HOSTS"),
        ({"SECRET_KEY": KEY, "ALLOWED_HOSTS": ".example"}, "ALLOWED_HOSTS"),
        ({"SECRET_KEY": KEY, "RATE_EXPORT": "0"}, "RATE_EXPORT"),
        ({"SECRET_KEY": KEY, "DJANGO_ENV": "Production"}, "DJANGO_ENV"),
        ({"SECRET_KEY": KEY, "DJANGO_ENV": "test"}, "DJANGO_ENV"),
        ({"SECRET_KEY": KEY, "AUDIT_KEEP_MONTHS": "5"}, "AUDIT_KEEP_MONTHS"),
    ],
)
def test_it_refuses_to_start(tmp_path: Path, variables: dict[str, str], reason: str) -> None:
    done = start(tmp_path, **variables)
    assert done.returncode != 0
    assert "ImproperlyConfigured" in done.stderr
    assert reason in done.stderr.strip().splitlines()[-1]


@pytest.mark.parametrize("name", ["SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT"])
def test_it_insists_on_https_in_production(tmp_path: Path, name: str) -> None:
    assert start(tmp_path, name, SECRET_KEY=KEY).stdout.strip() == "True"


def test_it_answers_to_no_host_that_was_not_named(tmp_path: Path) -> None:
    assert start(tmp_path, "ALLOWED_HOSTS", SECRET_KEY=KEY).stdout.strip() == "[]"


def test_it_believes_no_proxy_by_default(tmp_path: Path) -> None:
    assert start(tmp_path, "SECURE_PROXY_SSL_HEADER", SECRET_KEY=KEY).stdout.strip() == "None"


SECRETS = [
    ("SECRET_KEY", KEY, "SECRET_KEY", KEY),
    ("SECRET_KEY_FALLBACKS", f"{KEY}1,{KEY}2", "SECRET_KEY_FALLBACKS", f"['{KEY}1', '{KEY}2']"),
    ("DATABASE_URL", "postgres://ledger:hidden-word@db:5432/ledger", "DATABASES", "'hidden-word'"),
    (
        "REDIS_URL",
        "redis://:hidden-word@queue:6379/0",
        "CELERY_BROKER_URL",
        "redis://:hidden-word@queue:6379/0",
    ),
    ("EMAIL_PASSWORD", "hidden-word", "EMAIL_HOST_PASSWORD", "hidden-word"),
]


@pytest.mark.parametrize(("variable", "value", "setting", "shown"), SECRETS, ids=[row[0] for row in SECRETS])
def test_it_reads_every_secret_from_a_file(
    tmp_path: Path, variable: str, value: str, setting: str, shown: str
) -> None:
    secret = tmp_path / "secret"
    secret.write_text(value + "\n")
    done = start(tmp_path, setting, **({"SECRET_KEY": KEY} | {f"{variable}_FILE": str(secret)}))
    assert shown in done.stdout, done.stderr


@pytest.mark.parametrize("variable", [row[0] for row in SECRETS])
def test_it_stops_when_a_named_secret_cannot_be_read(tmp_path: Path, variable: str) -> None:
    done = start(tmp_path, **({"SECRET_KEY": KEY} | {f"{variable}_FILE": str(tmp_path / "absent")}))
    assert done.returncode != 0
    assert "absent" in done.stderr


@pytest.mark.parametrize("content", ["", "\n"])
def test_it_takes_an_empty_file_for_no_key(tmp_path: Path, content: str) -> None:
    secret = tmp_path / "secret"
    secret.write_text(content)
    assert "SECRET_KEY" in start(tmp_path, SECRET_KEY_FILE=str(secret)).stderr


def test_it_says_no_secret_when_it_stops(tmp_path: Path) -> None:
    done = start(
        tmp_path, SECRET_KEY="hidden-word", DATABASE_URL="postgres://a:other-word@db/ledger", DEBUG="1"
    )
    assert done.returncode != 0
    assert "hidden-word" not in done.stderr + done.stdout
    assert "other-word" not in done.stderr + done.stdout


def test_it_ties_the_session_to_this_host_in_production(tmp_path: Path) -> None:
    assert start(tmp_path, "SESSION_COOKIE_NAME", SECRET_KEY=KEY).stdout.startswith("__Host-")


def test_it_uses_redis_for_queue_and_cache_when_named(tmp_path: Path) -> None:
    redis = {"REDIS_URL": "redis://127.0.0.1:6379/9", "SECRET_KEY": KEY}
    assert start(tmp_path, "CELERY_BROKER_URL", **redis).stdout.strip() == redis["REDIS_URL"]
    assert "RedisCache" in start(tmp_path, "CACHES", **redis).stdout


def test_it_writes_nowhere_but_the_data_folder(tmp_path: Path) -> None:
    for name in ("DATABASES", "MEDIA_ROOT", "STATIC_ROOT", "CELERY_BEAT_SCHEDULE_FILENAME"):
        assert str(tmp_path) in start(tmp_path, name, SECRET_KEY=KEY).stdout


def test_it_stands_still_at_the_demo_day_only_in_a_demo(tmp_path: Path) -> None:
    assert start(tmp_path, "DEMO_TODAY", DJANGO_ENV="demo").stdout.strip() == "2020-12-10"
    assert start(tmp_path, "DEMO_TODAY", DJANGO_ENV="development").stdout.strip() == ""
