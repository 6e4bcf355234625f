"""Many at the same moment: one wins, the others are told, and the task is changed once."""

from collections import Counter
from collections.abc import Callable
from threading import Barrier, Thread

from django.db import connection

from audit.models import Entry
from departments.models import Post, User
from departments.tests.factories import make_officer
from progress.models import Closure, Extension, RequestState
from progress.moves import NotPossible
from progress.requests.ask_closure import ask_closure
from progress.requests.decide import decide
from progress.requests.workflow import Act
from progress.tables import Moved, fresh
from progress.tests.cast import MORNING, make_cast
from progress.tests.requests import make_extension
from tasks.models import Task

CROWD = 8


def at_once(works: list[Callable[[], object]]) -> Counter[str]:
    """Do all at the same moment, each on a connection of its own; returns what became of them."""
    gate, outcomes = Barrier(len(works)), list[str]()

    def run(work: Callable[[], object]) -> None:
        gate.wait(timeout=20)
        try:
            work()
            outcomes.append("done")
        except (Moved, NotPossible) as refused:
            outcomes.append(type(refused).__name__)
        finally:
            connection.close()

    threads = [Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return Counter(outcomes)


def test_one_of_many_decisions_counts(committed_db: None) -> None:
    cast = make_cast()
    extension = fresh(make_extension(cast))
    officers: list[User] = [
        cast.coordinator,
        *(make_officer(Post.Role.COORDINATOR, full_name=f"协调员{number}") for number in range(CROWD - 1)),
    ]
    acts = (Act.GRANT, Act.REFUSE)

    def work(place: int, by: User) -> Callable[[], object]:
        return lambda: decide(extension, acts[place % 2], version=0, note="已研究。", by=by, at=MORNING)

    outcomes = at_once([work(place, by) for place, by in enumerate(officers)])

    assert outcomes == {"done": 1, "Moved": CROWD - 1}
    stored, task = Extension.objects.get(), Task.objects.get()
    assert stored.version == 1
    assert (task.due_on == stored.to_due_on) == (stored.state == RequestState.GRANTED)
    assert Entry.objects.filter(act__in=acts).count() == 1


def test_one_of_many_requests_is_made(committed_db: None) -> None:
    cast = make_cast()

    def ask() -> Closure:
        return ask_closure(
            cast.task,
            department=cast.department,
            result="已上线。",
            evidence="",
            by=cast.reporter,
            at=MORNING,
        )

    assert at_once([ask] * CROWD) == {"done": 1, "NotPossible": CROWD - 1}
    assert Closure.objects.count() == 1
    assert Entry.objects.filter(act="closure.ask").count() == 1
