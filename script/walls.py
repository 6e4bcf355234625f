"""Everything that has to hold before a change is done: run by script/test, standard library only.

All walls run, whatever fails, and the end names what failed and what could not run here. The quick walls
stand side by side; the tests take both processors after them, on SQLite and then on PostgreSQL when
`DATABASE_URL` names one or 127.0.0.1:5432 answers. With REQUIRE_ALL=1 a skipped test or a missing server
is a failure too.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = (
    "audit",
    "timekeeping",
    "sheets",
    "departments",
    "documents",
    "tasks",
    "progress",
    "notices",
    "reports",
    "reformtracker",
)
POSTGRESQL = "postgres://postgres@127.0.0.1:5432/postgres"
REDIS = "redis://127.0.0.1:6379/9"
LOGS = ROOT / "var" / "walls"  # what every wall said, whole
COVERAGE = ROOT / "var" / "coverage.json"
LEAST_COVERAGE = 90  # percent, of lines and branches together
TAIL = 60  # lines of a failed wall worth reading at once
# How pytest begins the lines that name a fallen test, and those that say what was wrong.
NAMES, REASONS = ("FAILED ", "ERROR "), "E   "
# Variables of a real installation that would change what is tested, and one that would have every process that
# the tests start compile everything anew.
FOREIGN = (
    "PYTHONDONTWRITEBYTECODE",
    "DATABASE_URL",
    "REDIS_URL",
    "SECRET_KEY",
    "DEBUG",
    "DEMO_TODAY",
    "DATA_DIR",
    "DJANGO_SETTINGS_MODULE",
)


@dataclass(frozen=True)
class Wall:
    """One command that must succeed."""

    name: str
    command: Sequence[str]
    extra: Mapping[str, str]


@dataclass(frozen=True)
class Result:
    """What came of a wall."""

    wall: Wall
    passed: bool
    seconds: float
    output: str


def module(name: str, *arguments: str, wall: str = "", **extra: str) -> Wall:
    """Describe a Python module of .venv run as a wall."""
    return Wall(wall or name, (sys.executable, "-m", name, *arguments), extra)


def manage(wall: str, *arguments: str, **extra: str) -> Wall:
    """Describe a management command as a wall."""
    return Wall(wall, (sys.executable, "manage.py", *arguments), extra)


def quick_walls() -> list[Wall]:
    """Everything but the tests; the longest first."""
    production = {
        "DJANGO_ENV": "production",
        "SECRET_KEY": secrets.token_urlsafe(60),
        "ALLOWED_HOSTS": "ledger.example",
        "CSRF_TRUSTED_ORIGINS": "https://ledger.example",
        "SITE_URL": "https://ledger.example",
    }
    # The console scripts of these two have no module to run with -m.
    scripts = Path(sys.executable).parent
    return [
        module("mypy", *PACKAGES, "script/supervise.py", "script/walls.py", "conftest.py", "manage.py"),
        module("ruff", "check", ".", wall="ruff check"),
        module("ruff", "format", "--check", ".", wall="ruff format"),
        Wall("import-linter", (str(scripts / "lint-imports"),), {}),
        module("djlint", "--lint", "--quiet", "templates", wall="djlint"),
        module("bandit", "-q", "-c", "pyproject.toml", "-r", *PACKAGES, wall="bandit"),
        manage("migrations", "makemigrations", "--check", "--dry-run"),
        manage("check --deploy", "check", "--deploy", "--fail-level", "WARNING", **production),
    ]


def tests(database: str, redis: str) -> Wall:
    """Describe the suite on one database.

    On PostgreSQL without what asks nothing of its kind (marker `once`): that has run on SQLite, where
    coverage is counted as well, as [tool.slipcover] says.
    """
    extra = {}
    if database:
        extra["DATABASE_URL"] = database
    if redis:
        extra["TEST_REDIS_URL"] = redis
    arguments = ("-q", "-n", "2", "--tb=short", "--durations=20", "--dist", "worksteal", "-m")
    if database:
        return module("pytest", *arguments, "not speed and not once", wall="pytest on postgresql", **extra)
    counting = ("--json", "--out", str(COVERAGE), "-m", "pytest")
    return module("slipcover", *counting, *arguments, "not speed", wall="pytest on sqlite", **extra)


def speed() -> Wall:
    """Describe the measurements: alone, since neighbours and the counting of coverage would be measured too."""
    tests = (path for package in PACKAGES for path in (ROOT / package).rglob("tests/test_*.py"))
    measuring = [
        str(path) for path in sorted(tests) if "pytest.mark.speed" in path.read_text(encoding="utf-8")
    ]
    return module("pytest", "-q", "-m", "speed", *measuring, wall="speed")


def run(wall: Wall) -> Result:
    """Run one wall to its end and keep what it said."""
    environment = {name: value for name, value in os.environ.items() if name not in FOREIGN}
    environment |= {"DJANGO_ENV": "development", "PYTHONUTF8": "1", **wall.extra}
    began = time.monotonic()
    done = subprocess.run(
        wall.command,
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    result = Result(wall, done.returncode == 0, time.monotonic() - began, done.stdout)
    tell(result)
    return result


def tell(result: Result) -> None:
    """Say how a wall ended, and why when it failed; var/walls keeps the whole of it."""
    LOGS.mkdir(parents=True, exist_ok=True)
    (LOGS / f"{result.wall.name.replace(' ', '-')}.log").write_text(result.output, encoding="utf-8")
    print(
        f"{'ok    ' if result.passed else 'FAILED'} {result.wall.name} ({result.seconds:.0f} s)", flush=True
    )
    if not result.passed:
        print("\n".join(f"    {line}" for line in worth_reading(result.output)), flush=True)


def worth_reading(output: str) -> list[str]:
    """Fetch what a failed wall said that is wanted at once: which tests failed and why, then its last lines.

    The names come first, since who reads a long log elsewhere may be shown its beginning alone.
    """
    lines = output.splitlines()
    first = [line for begin in (NAMES, REASONS) for line in lines if line.startswith(begin)]
    return [*first, "", *lines[-TAIL:]]


def answers(port: int) -> bool:
    """Whether a server listens on this machine's port."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
    except OSError:
        return False


def lets_in(database: str) -> bool:
    """Whether PostgreSQL accepts the address as it stands, without a password to ask for."""
    attempt = "import psycopg2, sys; psycopg2.connect(sys.argv[1]).close()"
    command = [sys.executable, "-c", attempt, database]
    return subprocess.run(command, stderr=subprocess.DEVNULL, check=False).returncode == 0


def servers() -> tuple[str, str, list[str]]:
    """Find PostgreSQL and Redis: as the environment names them, else on their usual local ports."""
    database = os.environ.get("DATABASE_URL", "")
    if not database and answers(5432) and lets_in(POSTGRESQL):
        database = POSTGRESQL
    redis = os.environ.get("REDIS_URL") or (REDIS if answers(6379) else "")
    missing = []
    if not database:
        missing.append(
            "the suite on PostgreSQL: install postgresql, and set DATABASE_URL if it asks for a password"
        )
    if not redis:
        missing.append("Celery over Redis: install redis-server, or set REDIS_URL")
    return database, redis, missing


def skipped(results: Sequence[Result]) -> list[str]:
    """List the tests that skipped, with their reason, once each."""
    found: dict[str, None] = {}
    for result in results:
        for line in re.findall(r"^SKIPPED \[\d+\] (.+)$", result.output, re.MULTILINE):
            found[f"{result.wall.name}: {line}"] = None
    return list(found)


def closing_line(result: Result) -> str:
    """Fetch pytest's own last words, such as `120 passed in 60.00s`."""
    lines = [
        line.strip("= ")
        for line in result.output.splitlines()
        if re.search(r"\d+ (passed|failed|error)", line)
    ]
    return f"{result.wall.name}: {lines[-1] if lines else 'no result'}"


def coverage() -> list[Result]:
    """Gate the branch coverage that the run on SQLite has counted."""
    gate = ("--merge", str(COVERAGE), "--out", str(COVERAGE), "--fail-under", str(LEAST_COVERAGE))
    report = run(module("slipcover", *gate, wall="coverage"))
    if COVERAGE.exists():
        summary = json.loads(COVERAGE.read_text(encoding="utf-8"))["summary"]
        print(f"coverage {summary['percent_covered']:.1f} %, with branches", flush=True)
    return [report]


def prove(
    quick: Sequence[Wall],
    suites: Sequence[Wall],
    missing: Sequence[str],
    gate: Callable[[], list[Result]],
) -> int:
    """Run all walls and tell the whole; zero when every one of them stands and, if required, nothing was left out."""
    began = time.monotonic()
    with ThreadPoolExecutor(max_workers=2) as pool:
        results = list(pool.map(run, quick))
    tested = [run(suite) for suite in suites]
    results += [*tested, *gate()]
    left_out = [*missing, *skipped(tested)]
    if left_out:
        print("\nNot run here:", *left_out, sep="\n  - ")
    failed = [result.wall.name for result in results if not result.passed]
    if left_out and os.environ.get("REQUIRE_ALL") == "1":
        failed.append("REQUIRE_ALL: something was not run")
    print(*(line for suite in tested for line in suite.output.splitlines() if ", ratio " in line), sep="\n")
    print(f"\n{len(results)} walls in {time.monotonic() - began:.0f} s", *map(closing_line, tested), sep="; ")
    print(f"FAILED: {', '.join(failed)}" if failed else "All walls stand.", flush=True)
    return 1 if failed else 0


def main() -> int:
    """Prove this checkout with what this machine has."""
    database, redis, missing = servers()
    COVERAGE.unlink(missing_ok=True)
    suites = [speed(), tests("", redis)]
    if database:
        suites.append(tests(database, redis))
    return prove(quick_walls(), suites, missing, coverage)


if __name__ == "__main__":
    sys.exit(main())
