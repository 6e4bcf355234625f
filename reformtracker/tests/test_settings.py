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


def test_it_reads_a_secret_from_a_file(tmp_path: Path) -> None:
    secret = tmp_path / "key"
    secret.write_text(KEY)
    assert start(tmp_path, "SECRET_KEY", SECRET_KEY_FILE=str(secret)).stdout.strip() == KEY


def test_it_stops_when_a_named_secret_cannot_be_read(tmp_path: Path) -> None:
    done = start(tmp_path, "SECRET_KEY", SECRET_KEY_FILE=str(tmp_path / "absent"))
    assert done.returncode != 0
    assert "absent" in done.stderr


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
