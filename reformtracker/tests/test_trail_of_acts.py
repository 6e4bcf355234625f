"""Every act leaves exactly one entry, in its own transaction, in words, and with no secret in it."""

import ast
import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction
from django.test import Client

from audit.models import Entry
from audit.words import ACTS as WORDS
from audit.words import field_word
from departments.models import Post, RateWindow, User
from departments.tests.factories import PASSWORD, make_officer
from progress.workflow import Act
from reformtracker.tests.acts import ACTS, Stage
from reformtracker.tests.test_access import TABLE, address
from reformtracker.tests.world import make_world

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("audit", "departments", "documents", "notices", "progress", "reports", "tasks", "timekeeping")
DOTTED = re.compile(r"[a-z_]+\.[a-z_]+")
SignIn = Callable[[User], Client]
# Acts whose own tests hold their entry, each with the file that names them.
ELSEWHERE = {
    "bulletin.save": "reports/tests/test_bulletin.py",
    "department.export": "departments/tests/test_body_sheet.py",
    "department.import": "departments/tests/test_body_sheet.py",
    "department.hand_over": "progress/tests/test_hand_over.py",
    "department_group.alias": "tasks/tests/test_names_remembered.py",
    "document.download": "documents/tests/test_papers_page.py",
    "document.read_again": "documents/tests/test_upload.py",
    "document.upload": "documents/tests/test_upload.py",
    "draft.appoint": "documents/tests/test_correct.py",
    "draft.import_sheet": "documents/tests/test_draft_files.py",
    "draft.settle": "documents/tests/test_correct.py",
    "ledger.amend": "tasks/tests/test_amend.py",
    "period.import_sheet": "progress/tests/test_period_import.py",
    "people.export": "departments/tests/test_people_sheet.py",
    "task.add": "tasks/tests/test_amend.py",
    "task.amend": "tasks/tests/test_amend.py",
    "task.date_event": "tasks/tests/test_date_event.py",
    "task.terminate": "tasks/tests/test_amend.py",
    "user.change_password": "departments/tests/test_change_password.py",
    "user.end_session": "departments/tests/test_sittings.py",
    "user.lock": "departments/tests/test_lockout.py",
    "user.recovery_codes": "departments/tests/test_second_factor.py",
    "user.second_factor_off": "departments/tests/test_second_factor.py",
    "user.second_factor_on": "departments/tests/test_second_factor.py",
    "user.second_factor_reset": "departments/tests/test_second_factor.py",
    "user.sign_in_failed": "departments/tests/test_lockout.py",
    "user.unlock": "departments/tests/test_lockout.py",
    "user.unlock_address": "departments/tests/test_lockout.py",
}
# Files that hand out no data: tables to be filled in.
EMPTY_FORMS = {"bodies:template"}
# Texts that look like acts and are none.
NOT_ACTS = {"user.full_name", "draft.export", "people.json"}


def sources() -> Iterator[str]:
    """The code of the rooms without tests and migrations."""
    for room in ROOMS:
        for path in (ROOT / room).rglob("*.py"):
            if not {"tests", "migrations"} & set(path.parts) and path.name != "words.py":
                yield path.read_text()


def acts_in_code() -> set[str]:
    """Every text that is named like an act: of a known kind, or dotted in a module that writes the trail."""
    kinds = {act.partition(".")[0] for act in WORDS}
    found: set[str] = set()
    for source in sources():
        writes = "audit.record import" in source
        for node in ast.walk(ast.parse(source)):
            if (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and DOTTED.fullmatch(node.value)
            ):
                kind = node.value.partition(".")[0]
                if kind in kinds or (writes and not apps.is_installed(kind)):
                    found.add(node.value)
    return (found - NOT_ACTS) | {f"report.{act}" for act in Act}


def domain() -> dict[str, list[tuple[object, ...]]]:
    """All rows of the rooms' tables; neither the trail's own nor the counts of attempts, which stay on purpose."""
    kept = [model for room in ROOMS[1:] for model in apps.get_app_config(room).get_models()]
    kept.remove(RateWindow)
    return {
        model._meta.db_table: sorted(model._base_manager.values_list(), key=repr)
        for model in chain(kept, _joins(kept))
    }


def _joins(kept: list[type[models.Model]]) -> Iterator[type[models.Model]]:
    fields = chain.from_iterable(model._meta.local_many_to_many for model in kept)
    yield from (through for field in fields if (through := field.remote_field.through))


@contextmanager
def no_entry_can_be_written() -> Iterator[None]:
    """Refuse every new entry, as a full disk would, for as long as it lasts."""
    refuse, allow = {
        "sqlite": (
            ["CREATE TRIGGER full_up BEFORE INSERT ON audit_entry BEGIN SELECT RAISE(ABORT, 'full'); END"],
            "DROP TRIGGER full_up",
        ),
        "postgresql": (
            [
                "CREATE TRIGGER full_up BEFORE INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION refuse_change()"
            ],
            "DROP TRIGGER full_up ON audit_entry",
        ),
    }[connection.vendor]
    with connection.cursor() as cursor:
        for statement in refuse:
            cursor.execute(statement)
        yield
        cursor.execute(allow)


@pytest.mark.django_db
@pytest.mark.parametrize("act", sorted(ACTS))
def test_it_leaves_exactly_one_entry(sign_in: SignIn, act: str) -> None:
    do = ACTS[act](Stage(sign_in))
    last = Entry.objects.order_by("pk").last()

    do()

    entries = list(Entry.objects.filter(pk__gt=last.pk if last else 0))
    assert [entry.act for entry in entries] == [act]
    (entry,) = entries
    words = json.dumps([entry.before, entry.after, entry.reason, entry.target_label], ensure_ascii=False)
    assert PASSWORD not in words
    assert not re.search(r"argon2|pbkdf2|md5\$|sessionid|otpauth", words)
    unknown = [
        name for name in (*entry.before, *entry.after) if field_word(entry.target_type, name) == "其他内容"
    ]
    assert unknown == [], "name these fields in audit/words.py"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "act", sorted(ACTS.keys() - {"user.sign_in"})
)  # counts the attempt before it judges it
def test_it_changes_nothing_without_its_entry(sign_in: SignIn, act: str) -> None:
    do = ACTS[act](Stage(sign_in))
    before, written = domain(), Entry.objects.count()

    with no_entry_can_be_written(), pytest.raises(DatabaseError):
        do()

    assert Entry.objects.count() == written
    assert domain() == before


@pytest.mark.once  # a savepoint undoes what an act wrote on every database
@pytest.mark.django_db
@pytest.mark.parametrize("act", sorted(ACTS.keys() - {"user.sign_in"}))
def test_it_leaves_no_entry_when_it_is_rolled_back(sign_in: SignIn, act: str) -> None:
    do = ACTS[act](Stage(sign_in))
    written = Entry.objects.count()

    with transaction.atomic():
        do()
        transaction.set_rollback(True)

    assert Entry.objects.count() == written


def test_it_has_a_word_for_every_act_and_no_other() -> None:
    assert acts_in_code() == set(WORDS)


def test_it_proves_every_act_here_or_says_where() -> None:
    assert set(ACTS) | set(ELSEWHERE) == set(WORDS)
    assert not set(ACTS) & set(ELSEWHERE)
    lost = [act for act, file in ELSEWHERE.items() if f'"{act}"' not in (ROOT / file).read_text()]
    assert lost == []


@pytest.mark.once
@pytest.mark.django_db
def test_it_hands_out_no_file_without_an_entry(sign_in: SignIn) -> None:
    world = make_world()
    auditor = make_officer(Post.Role.AUDITOR)
    handed: dict[str, int] = {}
    for name in sorted({name for name, method in TABLE if method == "GET"}):
        for client in (sign_in(world.people["coordinator"]), sign_in(auditor)):
            before = Entry.objects.count()
            answer = client.get(address(world, name))
            if answer.streaming:
                list(answer)
            if answer.status_code == 200 and "attachment" in answer.get("Content-Disposition", ""):
                handed[name] = Entry.objects.count() - before
            else:
                assert Entry.objects.count() == before, name

    assert {"reports:ledger_xlsx", "reports:trail_xlsx", "documents:original"} <= handed.keys()
    assert {name: count for name, count in handed.items() if count != 1 and name not in EMPTY_FORMS} == {}
