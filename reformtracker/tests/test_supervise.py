"""The supervisor of `script/demo`: what dies comes back, and nothing is left behind."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import pytest
from django.conf import settings

from reformtracker.tests.processes import environment, kill, running, wait_until

pytestmark = [
    pytest.mark.celery,
    pytest.mark.skipif(sys.platform != "linux", reason="counts the processes in /proc, which only Linux has"),
]
CHILDREN = ("gunicorn", "worker", "beat")


@pytest.fixture
def port() -> int:
    """A port that nobody uses at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def variables(tmp_path: Path) -> dict[str, str]:
    """An installation of its own; its pages need no table to answer."""
    return environment(
        tmp_path, DATABASE_URL=f"sqlite:///{tmp_path / 'own.sqlite3'}", SUPERVISE_TEST=tmp_path.name
    )


@pytest.fixture
def supervisor(port: int, variables: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """A supervisor that runs; whatever a failing test leaves is ended."""
    with running(command(port), variables) as process:
        yield process
    for left in of_this_test(variables).values():
        os.kill(left, signal.SIGKILL)


def command(port: int) -> list[str]:
    """The supervisor's command line."""
    return [sys.executable, str(settings.BASE_DIR / "script" / "supervise.py"), "--port", str(port)]


def of_this_test(variables: dict[str, str]) -> dict[str, int]:
    """The running processes that inherited this test's mark: command line -> the first process with it."""
    mark = f"SUPERVISE_TEST={variables['SUPERVISE_TEST']}".encode()
    found: dict[str, int] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if mark in (folder / "environ").read_bytes().split(b"\0"):
                words = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                found[words] = min(int(folder.name), found.get(words, sys.maxsize))
        except (FileNotFoundError, ProcessLookupError, PermissionError):
            continue  # it ended meanwhile, or is somebody else's
    return {words: number for words, number in found.items() if words}


def child(variables: dict[str, str], name: str) -> int:
    """The number of a child's first process, 0 when it does not run."""
    return next((number for words, number in of_this_test(variables).items() if f" {name}" in words), 0)


def answers(port: int) -> bool:
    """Whether the sign-in page, or any other word, comes back."""
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/signin/")
        return connection.getresponse().status < 600
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def test_it_restarts_what_dies_and_leaves_nothing_when_it_is_stopped(
    supervisor: subprocess.Popen[bytes], port: int, variables: dict[str, str]
) -> None:
    wait_until(lambda: answers(port) and all(child(variables, name) for name in CHILDREN), "a page")
    before = {name: child(variables, name) for name in CHILDREN}
    for number in before.values():
        os.kill(number, signal.SIGKILL)
    wait_until(
        lambda: all(child(variables, name) not in (0, before[name]) for name in CHILDREN),
        "all children again",
    )
    wait_until(lambda: answers(port), "a page again")
    supervisor.send_signal(signal.SIGTERM)
    assert supervisor.wait(30) == 0
    assert of_this_test(variables) == {}


def test_it_leaves_nothing_when_stopped_while_starting(
    supervisor: subprocess.Popen[bytes], variables: dict[str, str]
) -> None:
    wait_until(lambda: bool(child(variables, "gunicorn")), "the first child")
    supervisor.send_signal(signal.SIGINT)
    assert supervisor.wait(30) == 0
    assert of_this_test(variables) == {}


def test_it_leaves_nothing_when_it_is_killed_itself(
    supervisor: subprocess.Popen[bytes], port: int, variables: dict[str, str]
) -> None:
    wait_until(lambda: answers(port), "a page")
    kill(supervisor)
    wait_until(lambda: of_this_test(variables) == {}, "all have ended")
    assert not answers(port)


def test_it_refuses_a_port_that_is_taken(port: int, variables: dict[str, str]) -> None:
    with socket.create_server(("127.0.0.1", port)):
        done = subprocess.run(command(port), env=variables, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert f"端口{port}已被占用" in done.stdout
