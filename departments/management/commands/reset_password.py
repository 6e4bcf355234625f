"""Give somebody a new first password on the server: the only way for an administrator who forgot theirs."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from departments.models import User
from departments.people.hold import NotPossible
from departments.people.passwords import reset_password


class Command(BaseCommand):
    """`reset_password fengkai`."""

    help = "Give an account a new first password; its sessions end."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The account's user name."""
        parser.add_argument("username")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the password, which has to be changed at the next sign-in."""
        user = User.objects.filter(username=options["username"]).first()
        if user is None:
            raise CommandError(f"没有用户名为“{options['username']}”的账号。")
        try:
            password = reset_password(user, by=None)
        except NotPossible as refused:
            raise CommandError(refused.reason) from None
        self.stdout.write(f"{user.full_name}（{user.username}）的新初始密码：{password}，登录后须修改。")
