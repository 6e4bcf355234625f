"""Let a person in again from the command line: when the only security administrator is locked out."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from departments.models import User
from departments.signin import unlock


class Command(BaseCommand):
    """`unlock_person sunping --second-factor`."""

    help = "End the lock of an account, and on request take its second factor (动态口令) off."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The account, and whether the telephone is lost too."""
        parser.add_argument("username")
        parser.add_argument("--second-factor", action="store_true", help="take the second factor off as well")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, and leave the entries that the page would leave."""
        user = User.objects.filter(username=options["username"]).first()
        if user is None:
            raise CommandError(f"没有用户名为 {options['username']} 的账号。")
        unlock.unlock_account(user=user, by=None)
        self.stdout.write(f"{user.full_name}的账号已解除锁定。")
        if options["second_factor"] and unlock.reset_second_factor(user=user, by=None, reason="命令行办理"):
            self.stdout.write("动态口令已重置，下次登录只需密码。")
