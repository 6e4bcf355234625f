"""Background work with real worker processes: over the folder queue, and over Redis where it answers."""

import os
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from celery import current_app
from redis import Redis

from departments.tests.factories import make_department, make_reporter
from notices.models import Notice
from notices.tests.factories import make_notice
from progress.models import ReportingPeriod
from progress.tests.factories import make_period, make_report
from reformtracker.celery import app
from reformtracker.tests.processes import celery, environment, kill, run, running, wait_until
from tasks.tests.factories import make_task

pytestmark = pytest.mark.celery
WORKER = celery("worker", "--pool", "solo", "--without-gossip", "--without-mingle", "--loglevel", "WARNING")
BEAT = celery("beat", "--loglevel", "WARNING", "--pidfile", "")
DAY = "2020-12-10"  # within the period that is made
DELIVER = celery("call", "notices.jobs.deliver_waiting")


# An office that has PostgreSQL has Redis beside it.
@pytest.fixture(params=[pytest.param("folder", marks=pytest.mark.sqlite), "redis"])
def broker(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[dict[str, str]]:
    """The variables that choose a queue of this test alone."""
    if request.param == "folder":
        yield {}
        return
    address = os.environ.get("TEST_REDIS_URL", "")
    if not address:
        pytest.skip("TEST_REDIS_URL names no Redis; script/test sets it when redis-server answers")
    prefix = f"reformtracker-test-{os.getpid()}-{tmp_path.name}:"
    yield {"REDIS_URL": address, "REDIS_PREFIX": prefix}
    with Redis.from_url(address) as redis:
        redis.delete(*redis.keys(f"{prefix}*"), prefix)


@pytest.fixture
def silent_mail_server() -> Iterator[int]:
    """A mail server that takes calls and never says a word: whoever sends there hangs."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def urge(period: ReportingPeriod, body: str) -> Notice:
    """A notice that still stands when a worker looks: the report that it asks for is owed."""
    lead = make_department(body)
    make_report(period, make_task(period.ledger, leads=(lead,)), lead)
    return make_notice(make_reporter(lead), period, kind=Notice.Kind.URGE, subject_type="notices.urge")


def state(notice: Notice) -> str:
    """What the database says now."""
    notice.refresh_from_db()
    return notice.state


def test_it_finds_the_jobs_of_the_rooms() -> None:
    app.loader.import_default_modules()
    assert {"notices.jobs.write_due", "notices.jobs.deliver_waiting"} <= set(app.tasks)
    assert {entry["task"] for entry in app.conf.beat_schedule.values()} <= set(app.tasks)


def test_it_is_the_application_that_jobs_bind_to() -> None:
    assert current_app.main == "reformtracker"


@pytest.mark.usefixtures("committed_db")
def test_it_works_off_what_is_called(tmp_path: Path, broker: dict[str, str]) -> None:
    notice = urge(make_period(), "市卫健委")
    variables = environment(tmp_path, DEMO_TODAY=DAY, **broker)
    with running(WORKER, variables) as worker:
        run(DELIVER, variables)
        wait_until(lambda: state(notice) == Notice.State.SENT, "the notice is sent")
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(30) == 0
    assert notice.sent_at is not None
    assert notice.attempts == 1


@pytest.mark.usefixtures("committed_db")
def test_it_loses_nothing_when_a_worker_is_killed(
    tmp_path: Path, broker: dict[str, str], silent_mail_server: int
) -> None:
    period = make_period()
    interrupted, untouched = (urge(period, body) for body in ("市卫健委", "市财政局"))
    variables = environment(tmp_path, DEMO_TODAY=DAY, **broker, SWEEP_SECONDS="1")
    mail = {"EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": str(silent_mail_server)}
    with running(WORKER, variables | mail) as worker:
        run(DELIVER, variables)
        wait_until(lambda: state(interrupted) == Notice.State.SENDING, "the first notice is being sent")
        kill(worker)
    assert state(untouched) == Notice.State.QUEUED

    with running(WORKER, variables), running(BEAT, variables):
        wait_until(lambda: state(untouched) == Notice.State.SENT, "the sweep sends the second notice")
    # It may have gone out before the kill: never sent a second time, shown as doubtful after a while.
    assert state(interrupted) == Notice.State.SENDING
    assert interrupted.attempts == 1
