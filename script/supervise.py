"""Keep one installation alive on one machine: the web server, the worker and the clock of its jobs.

What dies is started again, after a growing pause when it dies at once. TERM, INT or HUP stops everything
and waits for it. Each child leads a process group of its own, and the whole group is ended with it, so
that nothing is left behind; on Linux even a killed supervisor takes its children along.

The clock (Celery beat) is a process of its own: embedded in the worker (`-B`) its death goes unnoticed,
and from then on nothing is swept. Standard library only.
"""

from __future__ import annotations

import argparse
import ctypes
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parent.parent
POLL_SECONDS = 0.2
GRACE_SECONDS = 20.0  # for a request or a job to finish when all is stopped
STEADY_SECONDS = 30.0  # whoever lived this long is started again without a pause
LONGEST_PAUSE = 30.0
SET_PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of <linux/prctl.h>


@dataclass
class Child:
    """One process to keep alive."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    start_at: float = 0.0
    pause: float = field(default=0.0)

    def start(self) -> None:
        """Start the process as the leader of a new session."""
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            self.command,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=_die_with_parent() if sys.platform == "linux" else None,
        )

    def ended(self) -> bool:
        """Whether the process has ended by itself."""
        return self.process is not None and self.process.poll() is not None

    def plan_restart(self) -> None:
        """Clear what the dead process left and choose when to start again."""
        lived = time.monotonic() - self.started
        self.pause = 0.5 if lived >= STEADY_SECONDS else min(LONGEST_PAUSE, self.pause * 2 or 0.5)
        self.start_at = time.monotonic() + self.pause
        self.signal_group(signal.SIGKILL)
        say(f"{self.name}已退出（{self.process.returncode if self.process else '-'}），稍后重启")
        self.process = None

    def signal_group(self, number: signal.Signals) -> None:
        """Send a signal to the process and to whatever it started."""
        if self.process is None:
            return
        try:
            os.killpg(self.process.pid, number)
        except ProcessLookupError:
            return


def say(sentence: str) -> None:
    """Tell the operator, at once even when the output is a file."""
    print(f"[supervise] {sentence}", flush=True)


def _die_with_parent() -> Callable[[], None]:
    """Make what the child runs before its program: ask the kernel to end it when this process ends."""
    prctl = ctypes.CDLL(None).prctl
    parent = os.getpid()

    def ask() -> None:
        prctl(SET_PARENT_DEATH_SIGNAL, signal.SIGTERM)
        if os.getppid() != parent:
            os._exit(1)

    return ask


def children(port: int) -> list[Child]:
    """What an installation on one machine consists of."""
    celery = [sys.executable, "-m", "celery", "--app", "reformtracker"]
    web = [sys.executable, "-m", "gunicorn", "reformtracker.wsgi", "--bind", f"127.0.0.1:{port}"]
    web += ["--worker-class", "gthread", "--workers", "2", "--threads", "4", "--log-level", "warning"]
    web += ["--no-control-socket"]  # it would lie in the home folder
    quiet = ["--loglevel", "WARNING"]
    alone = ["--pool", "solo", "--without-gossip", "--without-mingle", "--without-heartbeat"]
    return [
        Child("网页服务", web),
        Child("后台任务", [*celery, "--quiet", "worker", *alone, *quiet]),
        Child("定时任务", [*celery, "--quiet", "beat", *quiet, "--pidfile", ""]),
    ]


class Supervisor:
    """Start, watch and stop the children."""

    def __init__(self, kept: list[Child], port: int, greeting: str) -> None:
        self.children = kept
        self.port = port
        self.greeting = greeting
        self.stopping = False
        self.greeted = False

    def listen(self) -> None:
        """Stop on the usual signals. Only a flag is set, so a child that is being started is still seen."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._stop)

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True

    def run(self) -> None:
        """Keep everything alive until told to stop; then leave nothing running."""
        try:
            while not self.stopping:
                self.look()
                self.greet()
                time.sleep(POLL_SECONDS)
        finally:
            self.end()

    def look(self) -> None:
        """Start what has to run and does not."""
        for child in self.children:
            if child.ended():
                child.plan_restart()
            if child.process is None and not self.stopping and time.monotonic() >= child.start_at:
                child.start()

    def greet(self) -> None:
        """Say once, when the first page answers, where it is."""
        if self.greeted or self.stopping or not answers(self.port):
            return
        self.greeted = True
        print(f"\n已启动：http://127.0.0.1:{self.port}/\n{self.greeting}\n按 Ctrl-C 结束。", flush=True)

    def end(self) -> None:
        """End all groups: politely, then surely."""
        say("正在停止")
        for child in self.children:
            child.signal_group(signal.SIGTERM)
        deadline = time.monotonic() + GRACE_SECONDS
        for child in self.children:
            if child.process is not None:
                _wait(child.process, deadline - time.monotonic())
        for child in self.children:
            child.signal_group(signal.SIGKILL)
            if child.process is not None:
                child.process.wait()
        say("已全部停止")


def _wait(process: subprocess.Popen[bytes], seconds: float) -> None:
    try:
        process.wait(max(0.0, seconds))
    except subprocess.TimeoutExpired:
        say(f"进程{process.pid}没有按时结束，强制结束")


def answers(port: int) -> bool:
    """Whether a page comes back, whatever it says."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status < 500
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def taken(port: int) -> bool:
    """Whether somebody else listens there already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return True
    return False


def main() -> int:
    """Read the command line and run until stopped."""
    parser = argparse.ArgumentParser(description="Run the web server, the worker and the clock of the jobs.")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--greeting", type=Path, help="a file to show once the first page answers")
    chosen = parser.parse_args()
    if taken(chosen.port):
        say(f"端口{chosen.port}已被占用，请用 --port 换一个")
        return 1
    greeting = chosen.greeting.read_text() if chosen.greeting and chosen.greeting.exists() else ""
    supervisor = Supervisor(children(chosen.port), chosen.port, greeting)
    supervisor.listen()
    supervisor.run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
