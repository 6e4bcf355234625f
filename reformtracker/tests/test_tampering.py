"""What a browser sends is the caller's own invention: fields, ids, methods and headers changed on the way.

The forms are those that the pages really show. Each is sent with one thing changed, inside a savepoint that
is rolled back, and the whole database is compared.
"""

import re
from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
import time_machine
from django.apps import apps
from django.db import connection, models, transaction
from django.test import Client
from django.utils import timezone
from lxml import html

from departments.models import User
from departments.tests.factories import make_department, make_head, make_reporter
from documents.models import PolicyDocument
from progress.tests.factories import make_period, make_report
from reformtracker.tests.crawl import addresses, read, shown_to
from reformtracker.tests.test_access import TABLE
from reformtracker.tests.world import World, make_world
from tasks.tests.factories import make_ledger, make_task

# What a form takes is judged by forms and views, which are the same on every database.
pytestmark = [pytest.mark.once, pytest.mark.long]  # walks all pages

SignIn = Callable[[User], Client]
Fields = list[tuple[str, str]]
Row = tuple[tuple[str, Any], ...]
State = dict[tuple[str, Any], Row]

ROLES = ("reporter", "coordinator", "system_admin")
# What may differ whatever was asked: the trail, sessions and counts of their own.
ASIDE = {"audit", "sessions", "contenttypes", "auth", "timekeeping"}
ASIDE_MODELS = {"UserSession", "RateWindow", "SignInFailure", "SecondFactor"}
BIG, LONG = "9" * 25, "9" * 5000
HOSTILE = (BIG, LONG, "x\x00y", "<b>'\"{{7*7}}%s")
# Numbers that point to nothing.
COUNTS = {"version", "revision", "year", "number", "percent", "said_percent", "position"}
AWAY = ("//evil.example/", "https://evil.example/", "/\\evil.example")


@dataclass(frozen=True)
class Form:
    """A form as a page shows it."""

    page: str
    action: str
    fields: tuple[tuple[str, str], ...]

    def with_(self, **changed: str) -> Fields:
        """The fields with some of them changed."""
        return [(name, changed.get(name, value)) for name, value in self.fields]

    @property
    def names(self) -> set[str]:
        return {name for name, _ in self.fields}


@dataclass(frozen=True)
class Scene:
    """Two places: the world, and a sibling with a ledger of its own."""

    world: World
    sibling: dict[str, int]  # model name to the id of the sibling's object

    def owned(self) -> set[tuple[str, int]]:
        """What is the sibling's."""
        return set(self.sibling.items())


@pytest.fixture
def scene(db: None) -> Scene:
    world = make_world()
    place = world.people["sibling"].posts.get().jurisdiction
    department = make_department("市卫健局", place)
    reporter, head = make_reporter(department, "何静"), make_head(department, "罗军")
    ledger = make_ledger(jurisdiction=place)
    task = make_task(ledger, leads=(department,))
    period = make_period(ledger)
    report = make_report(period, task, department, written_by=reporter)
    document = PolicyDocument.objects.get(pk=world.document.pk)
    document.pk, document.jurisdiction, document.sha256 = None, place, "3" * 64
    document.save()
    made = (place, department, reporter, head.memberships.get(), ledger, task, period, report, document)
    return Scene(world, {type(one).__name__: one.pk for one in made})


def forms_of(role: str, world: World, sign_in: SignIn) -> Iterator[Form]:
    """Every form that changes something, as the pages of a person show it; each address once."""
    seen: set[str] = set()
    for page in shown_to(role, world, sign_in):
        if page.status != 200 or not page.is_page:
            continue
        found: Any = html.document_fromstring(page.body)
        for form in found.forms:
            action = urlsplit(form.action or page.url).path
            if form.method == "POST" and action not in seen and "sign" not in action.split("/")[1]:
                seen.add(action)
                fields = [
                    (name, value) for name, value in form.form_values() if name != "csrfmiddlewaretoken"
                ]
                given = {name for name, _ in fields}
                fields += [(name, "") for name in form.fields if name not in given | {"csrfmiddlewaretoken"}]
                yield Form(page.url, action, tuple(fields))


def begun(scene: Scene, sign_in: SignIn, role: str) -> tuple[Client, list[Form], State]:
    """Somebody signed in, the forms shown to them, and what the database holds after they were read."""
    forms = list(forms_of(role, scene.world, sign_in))
    return sign_in(scene.world.people[role]), forms, everything()


def everything() -> State:
    """All rows of our own tables."""
    found: State = {}
    for model in apps.get_models():
        if model._meta.app_label in ASIDE or model.__name__ in ASIDE_MODELS:
            continue
        for row in model._base_manager.values():
            key = row[model._meta.pk.attname]
            found[model.__name__, key] = tuple(sorted((name, str(value)) for name, value in row.items()))
    return found


class Writes:
    """Watches whether a statement may have changed a table that is compared."""

    def __init__(self) -> None:
        self.seen = False
        self._aside = {
            model._meta.db_table
            for model in apps.get_models()
            if model._meta.app_label in ASIDE or model.__name__ in ASIDE_MODELS
        }

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        table = _WRITE.match(sql)
        self.seen = self.seen or (not _READ.match(sql) and not (table and table[1] in self._aside))
        return execute(sql, params, many, context)


_READ = re.compile(r"SELECT|SAVEPOINT|RELEASE|ROLLBACK TO", re.IGNORECASE)
_WRITE = re.compile(r'(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM) "(\w+)"')


def send(client: Client, action: str, fields: Fields, before: State | None = None) -> tuple[Any, State]:
    """The answer, and what the database then held; all of it is taken back.

    Where no statement wrote, the database is as `before` said; without `before` nothing is compared.
    """
    data: dict[str, list[str]] = {}
    for name, value in fields:
        data.setdefault(name, []).append(value)
    cookies = copy(client.cookies)
    point = transaction.savepoint()
    writes = Writes()
    with connection.execute_wrapper(writes):
        response = client.post(action, data)
        read(response)
    after = everything() if before is not None and writes.seen else before or {}
    transaction.savepoint_rollback(point)
    client.cookies = cookies
    return response, after


def changes(before: State, after: State) -> set[tuple[str, Any]]:
    """Which rows are new, gone or different."""
    return {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}


def pointing(model_name: str, row: Row) -> Iterator[tuple[str, int]]:
    """What a row points to."""
    values = dict(row)
    model = next(one for one in apps.get_models() if one.__name__ == model_name)
    for field in model._meta.concrete_fields:
        if isinstance(field, models.ForeignKey) and values[field.attname] != "None":
            target = field.related_model
            assert isinstance(target, type)
            yield target.__name__, int(values[field.attname])


def test_it_finds_the_forms_of_the_pages(scene: Scene, sign_in: SignIn) -> None:
    found = {form.action for form in forms_of("coordinator", scene.world, sign_in)}
    posting = {url for _, url in addresses(scene.world)}
    assert len(found) > 15
    assert found <= posting | {path for path in found if path.startswith(("/documents/", "/reports/"))}


@pytest.mark.parametrize("role", ROLES)
def test_it_answers_a_field_that_makes_no_sense(scene: Scene, sign_in: SignIn, role: str) -> None:
    client = sign_in(scene.world.people[role])
    client.raise_request_exception = False
    for form in forms_of(role, scene.world, sign_in):
        for value in HOSTILE:
            response, _ = send(client, form.action, [(name, value) for name in form.names])
            assert response.status_code < 500, (form.action, value[:30])


@pytest.mark.parametrize("role", ROLES)
def test_it_answers_a_question_that_makes_no_sense(scene: Scene, sign_in: SignIn, role: str) -> None:
    client = sign_in(scene.world.people[role])
    client.raise_request_exception = False
    asked: dict[str, set[str]] = {}
    for page in shown_to(role, scene.world, sign_in):
        if not page.is_page:
            continue
        found: Any = html.document_fromstring(page.body)
        for link in found.xpath("//@href | //@hx-get"):
            parts = urlsplit(link)
            asked.setdefault(parts.path or page.url, set()).update(name for name, _ in parse_qsl(parts.query))
        for form in found.forms:
            if form.method == "GET":
                asked.setdefault(urlsplit(form.action or page.url).path, set()).update(form.fields.keys())
    asked = {
        path: names
        for path, names in asked.items()
        if names and path.startswith("/") and "static" not in path
    }
    assert asked or role == "system_admin"
    for path, names in asked.items():
        for value in HOSTILE:
            response = client.get(path, dict.fromkeys(names, value))
            read(response)
            assert response.status_code < 500, (path, names, value[:30])


@pytest.mark.parametrize("role", ROLES)
def test_it_reaches_into_no_other_place(scene: Scene, sign_in: SignIn, role: str) -> None:
    client, forms, before = begun(scene, sign_in, role)
    foreign, texts = sorted({str(pk) for pk in scene.sibling.values()}), free_texts()
    for form in forms:
        for name, given in form.fields:
            if name in COUNTS or name in texts or (given and not given.partition(":")[0].isdecimal()):
                continue
            for pk in foreign:
                value = f"{pk}:1" if ":" in given else pk
                _, after = send(client, form.action, form.with_(**{name: value}), before)
                for key in changes(before, after):
                    assert key not in scene.owned(), (form.action, name, key)
                    assert key not in after or not scene.owned() & set(pointing(key[0], after[key])), (
                        form.action,
                        name,
                        key,
                    )


def free_texts() -> set[str]:
    """Fields that hold words: a number in them points to nothing."""
    fields = (field for model in apps.get_models() for field in model._meta.concrete_fields)
    return {
        one.name for one in fields if isinstance(one, models.CharField | models.TextField) and not one.choices
    }


@pytest.mark.parametrize("role", ROLES)
def test_it_takes_nothing_from_a_form_that_the_form_does_not_ask(
    scene: Scene, sign_in: SignIn, role: str
) -> None:
    client, forms, before = begun(scene, sign_in, role)
    extras = model_fields(scene)
    for form in forms:
        more = [(name, value) for name, value in extras.items() if name not in form.names]
        # A Word file, and so its digest, tells when it was made.
        with time_machine.travel(timezone.now(), tick=False):
            plain, without = send(client, form.action, list(form.fields), before)
            answer, with_more = send(client, form.action, [*form.fields, *more], before)
        assert answer.status_code == plain.status_code, form.action
        assert timeless(without) == timeless(with_more), form.action


def model_fields(scene: Scene) -> dict[str, str]:
    """Every column of every table of ours, with something tempting in it."""
    found: dict[str, str] = {}
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if field.is_relation and isinstance(field.related_model, type):
                value = str(scene.sibling.get(field.related_model.__name__, 1))
                found[field.name] = found[field.attname] = value
            elif field.choices:
                found[field.name] = str(list(field.flatchoices)[-1][0])
            else:
                found[field.name] = "1"
    return found | {"is_staff": "on", "is_superuser": "on", "is_active": "on"}


def timeless(state: State) -> list[Any]:
    """The rows without what is different each time: moments, salts, and the numbers a sequence gives."""
    aside = {"id", "at", "password", "last_login"}
    return sorted(
        (key[0], [(name, value) for name, value in row if name not in aside and not name.endswith("_at")])
        for key, row in state.items()
        if key[0] != "PasswordHistory"  # a hash and a moment
    )


@pytest.mark.parametrize("role", ROLES)
def test_it_does_nothing_on_a_version_that_is_not_the_current(
    scene: Scene, sign_in: SignIn, role: str
) -> None:
    client, forms, before = begun(scene, sign_in, role)
    tried = 0
    for form in forms:
        for name in form.names & {"version", "revision"}:
            for value in ("999", "-1", "", "x"):
                tried += 1
                _, after = send(client, form.action, form.with_(**{name: value}), before)
                assert changes(before, after) == set(), (form.action, name, value)
    assert tried or role == "system_admin"


@pytest.mark.parametrize("role", ["coordinator", ""])
def test_it_sends_nobody_away(scene: Scene, sign_in: SignIn, role: str) -> None:
    client = sign_in(scene.world.people[role]) if role else Client()
    for name, url in addresses(scene.world):
        for away in AWAY:
            client.defaults["HTTP_REFERER"] = away
            answers = [client.get(url, {"next": away})] if (name, "GET") in TABLE else []
            if (name, "POST") in TABLE:
                answers += [send(client, url, [("next", away), ("ledger", str(scene.world.ledger.pk))])[0]]
            sent = [one.headers["Location"] for one in map(read_whole, answers) if "Location" in one.headers]
            if not sent:
                break  # a page that sends nobody anywhere is asked once
            for target in sent:
                assert not leads_away(target), name


def read_whole(response: Any) -> Any:
    """The answer, its body read."""
    read(response)
    return response


def leads_away(target: str) -> bool:
    """Whether a browser that follows `target` leaves us."""
    parts = urlsplit(target)
    inside = parts.netloc in ("", "testserver") and parts.scheme in ("", "http")
    return not inside or parts.path.startswith(("//", "\\", "/\\"))


@pytest.mark.parametrize("away", AWAY)
def test_it_knows_what_leads_away(away: str) -> None:
    assert leads_away(away)


def test_it_lets_no_header_or_field_name_the_method(scene: Scene, sign_in: SignIn) -> None:
    client, before = sign_in(scene.world.people["coordinator"]), everything()
    override = {"X-HTTP-Method-Override": "POST", "X-Method-Override": "POST"}
    for name, url in addresses(scene.world):
        writes = Writes()
        with connection.execute_wrapper(writes):
            read(client.get(url, {"_method": "POST"}, headers=override))
        if writes.seen:
            assert changes(before, everything()) <= seen_by_reading(before), name


def seen_by_reading(before: State) -> set[tuple[str, Any]]:
    """What a page may write by being read: which ledger its reader chose."""
    return {key for key in before if key[0] == "User"}
