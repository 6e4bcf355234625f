"""export_ledger LEDGER --on DATE --output F.xlsx: the ledger's workbook without a browser."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from progress.models import ProgressReport
from reports.export_ledger import COLUMN_SETS, export_ledger
from reports.lookup import NotFound, find_ledger
from reports.periods import period_on
from reports.rows import task_rows
from tasks.models import Task
from timekeeping import clock


class Command(BaseCommand):
    """Write a ledger as .xlsx, as it stood on a day."""

    help = "把一份台账导出为 Excel 文件"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """LEDGER is a key or a name; the day is today unless given."""
        parser.add_argument("ledger", metavar="LEDGER", help="台账编号或名称")
        parser.add_argument("--on", type=date.fromisoformat, default=None, help="截至日期，如 2020-12-10")
        parser.add_argument("--columns", choices=sorted(COLUMN_SETS), default="", help="列的组合，默认为全部")
        parser.add_argument("--output", type=Path, required=True, help="输出文件")

    def handle(self, *args: Any, **options: Any) -> None:
        """Find, write, say how many tasks."""
        on: date = options["on"] or clock.today()
        try:
            ledger = find_ledger(options["ledger"])
        except NotFound as problem:
            raise CommandError(str(problem)) from problem
        period = period_on(ledger, on)
        rows = task_rows(Task.objects.filter(ledger=ledger), period=period, on=on)
        texts = ProgressReport.objects.all()
        data = export_ledger(
            ledger, rows, period=period, on=on, texts=texts, by=None, columns=options["columns"]
        )
        options["output"].write_bytes(data)
        self.stdout.write(f"已导出{len(rows)}项任务：{options['output']}")
