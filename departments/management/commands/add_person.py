"""Add a person from the command line: the first coordinator of a new installation, or anybody later."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from departments.models import Department, Jurisdiction, Membership, Post
from departments.people.add import add_member, add_officer
from departments.people.hold import NotPossible


class Command(BaseCommand):
    """`add_person lijing 李静 --place 620800 平凉市 --role coordinator`."""

    help = "Add a person with a post in a place, or with a part in one of its departments."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """A place is made when its code is new; a department has to exist (adopting a paper makes them)."""
        parser.add_argument("username")
        parser.add_argument("full_name")
        parser.add_argument("--place", nargs=2, metavar=("CODE", "NAME"), required=True)
        parser.add_argument("--level", choices=Jurisdiction.Level.values, default="city")
        parser.add_argument("--department", metavar="SHORT_NAME", help="for a reporter or a head")
        parser.add_argument(
            "--role", choices=[*Post.Role.values, *Membership.Role.values], default="coordinator"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the account and print its first password, which has to be changed at the first sign-in."""
        code, name = options["place"]
        given = {"username": options["username"], "full_name": options["full_name"], "by": None}
        place, _ = Jurisdiction.objects.get_or_create(
            code=code, defaults={"name": name, "level": options["level"]}
        )
        try:
            if options["role"] in Membership.Role.values:
                department = self._department(place, options["department"])
                user, password = add_member(**given, department=department, role=options["role"])
            else:
                user, password = add_officer(**given, jurisdiction=place, role=options["role"])
        except NotPossible as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"{user.full_name}（{user.username}）的初始密码：{password}，首次登录须修改。")

    def _department(self, place: Jurisdiction, short_name: str | None) -> Department:
        found = Department.objects.filter(jurisdiction=place, short_name=short_name or "").first()
        if found is None:
            raise CommandError(f"{place.name}没有简称为“{short_name or ''}”的单位，请用 --department 指明。")
        return found
