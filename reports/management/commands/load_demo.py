"""Load the demonstration: five papers, their ledgers, people of every role, two quarters, the circular of the first."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from departments.models import Post, User
from progress.demo import bodies, ledgers, quarters, sources
from reports.demo.circular import make_circular


class Command(BaseCommand):
    """`load_demo` fills an empty installation; running it again changes nothing."""

    help = "Load the demonstration data (never in production)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """`--accounts` prints the demonstration's accounts and loads nothing."""
        parser.add_argument("--accounts", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load everything in one transaction, or print the accounts."""
        if settings.PRODUCTION:
            raise CommandError("load_demo is for demonstrations: its passwords are public.")
        if not options["accounts"]:
            with transaction.atomic():
                load()
        self.stdout.write(accounts())


def load() -> None:
    """Make all places and ledgers; the first place gets people and progress."""
    samples, names = sources.samples(), sources.people()
    for position, place in enumerate(sources.places()):
        jurisdiction = bodies.make_place(place)
        coordinator = User.objects.get(username=place["coordinator"][0])
        ledger = ledgers.make_ledger(place, jurisdiction, coordinator)
        if position == 0:
            bodies.make_people(place, jurisdiction, names)
            quarters.make_quarters(ledger, coordinator, samples)
            make_circular(ledger, coordinator)


def accounts() -> str:
    """The table of accounts, one of each role, and the office of each other place."""
    first, *others = sources.places()
    staffed = next(body for body in first["departments"] if body.get("login") == "weijian")
    names = sources.people()
    rows = [
        (first["coordinator"][0], Post.Role.COORDINATOR.label, f"{first['name']}医改办"),
        (names["leader"][0], Post.Role.LEADER.label, first["name"]),
        (staffed["login"], "填报员", staffed["short_name"]),
        (f"{staffed['login']}_sh", "单位审核人", staffed["short_name"]),
        (names["system_admin"][0], Post.Role.SYSTEM_ADMIN.label, first["name"]),
        (names["security_admin"][0], Post.Role.SECURITY_ADMIN.label, first["name"]),
        (names["auditor"][0], Post.Role.AUDITOR.label, first["name"]),
        *(
            (place["coordinator"][0], Post.Role.COORDINATOR.label, f"{place['name']}医改办")
            for place in others
        ),
    ]
    lines = [f"  {username:<12}{role}　{where}" for username, role, where in rows]
    return "\n".join([f"演示账号（密码均为 {bodies.PASSWORD}）：", *lines])
