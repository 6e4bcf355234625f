"""seal_audit: seal the days of the trail that have ended, without waiting for the nightly job."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from audit.seal import seal_days


class Command(BaseCommand):
    """Seal what is not sealed yet, up to yesterday."""

    help = "封存截至昨日的审计记录（平时由后台任务每日完成）"

    def handle(self, *args: Any, **options: Any) -> None:
        """Seal, and print each digest, so that it can be written down elsewhere."""
        seals = seal_days(until=timezone.localdate())
        for seal in seals:
            self.stdout.write(f"{seal.day}：已封存{seal.count}条，摘要 {seal.digest}")
        if not seals:
            self.stdout.write("没有需要封存的日期。")
