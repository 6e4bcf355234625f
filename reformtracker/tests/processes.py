"""Real processes for tests: Celery workers on the test database, ended for sure when the test ends."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic, sleep

from django.conf import settings
from django.db import connection

LONGEST_WAIT = 40.0


def database_url() -> str:
    """The database of this test as a process of its own finds it."""
    known = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{known['NAME']}"
    return f"postgres://{known['USER']}:{known['PASSWORD']}@{known['HOST']}:{known['PORT']}/{known['NAME']}"


def environment(folder: Path, **variables: str) -> dict[str, str]:
    """The variables of an installation whose data lie in `folder`; nothing else leaks in from the shell."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {
        **kept,
        "DJANGO_ENV": "development",
        "DJANGO_SETTINGS_MODULE": "reformtracker.settings",
        "DATABASE_URL": database_url(),
        "DATA_DIR": str(folder),
        "PYTHONUTF8": "1",
        **variables,
    }


def celery(*arguments: str) -> list[str]:
    """A Celery command of this project."""
    return [sys.executable, "-m", "celery", "--app", "reformtracker", "--quiet", *arguments]


def run(command: list[str], variables: dict[str, str]) -> None:
    """Run a short command to its end; it must succeed."""
    subprocess.run(command, cwd=settings.BASE_DIR, env=variables, check=True, capture_output=True, timeout=60)


@contextmanager
def running(command: list[str], variables: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """Keep a process while the block runs; then end it with all that it started."""
    log = Path(variables["DATA_DIR"]) / "processes.log"
    with log.open("ab") as output:
        process = subprocess.Popen(
            command,
            cwd=settings.BASE_DIR,
            env=variables,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        kill(process)


def kill(process: subprocess.Popen[bytes]) -> None:
    """End a process and its group at once, as a power cut does."""
    with suppress(ProcessLookupError):  # the whole group may have ended by itself
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def wait_until(holds: Callable[[], bool], what: str) -> None:
    """Look again and again until something holds; fail loudly when it does not come."""
    deadline = monotonic() + LONGEST_WAIT
    while not holds():
        if monotonic() > deadline:
            raise TimeoutError(f"after {LONGEST_WAIT:.0f} s not: {what}")
        sleep(0.1)
