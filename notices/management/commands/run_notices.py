"""`manage.py run_notices`: write the notices of a day and deliver them."""

from argparse import ArgumentParser
from datetime import date, datetime
from typing import Any

from django.core.management.base import BaseCommand

from notices.deliver import deliver_waiting
from notices.models import Notice
from notices.write import void_before_sending, write_due
from timekeeping import clock


class Command(BaseCommand):
    """The same two steps as the jobs; a second run of the same day writes nothing."""

    help = "生成并发送某一天的通知，按类别列出数量；同一天再次运行不会重复生成。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """`--on`: the day, today by default."""
        parser.add_argument(
            "--on", type=date.fromisoformat, metavar="DATE", help="日期，如2020-12-10；默认今天"
        )

    def handle(self, *args: Any, on: date | None = None, **options: Any) -> None:
        """Write, deliver, print the counts."""
        moment = clock.now()
        day = on or moment.date()
        written = write_due(day, datetime.combine(day, moment.timetz()))
        written["void"] += void_before_sending(day, moment)
        delivered = deliver_waiting(moment)
        created = sum(written[kind] for kind in Notice.Kind.values)
        self.stdout.write(f"新生成通知 {created}")
        for kind in Notice.Kind:
            if written[kind]:
                self.stdout.write(f"　{kind.label} {written[kind]}")
        self.stdout.write(f"作废未发通知 {written['void']}")
        self.stdout.write(
            f"已发 {delivered['sent']}　失败 {delivered['failed']}　不确定 {delivered['doubtful']}"
        )
