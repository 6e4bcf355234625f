"""Template filters of the ledger list."""

from django import template
from django.utils.safestring import SafeString

from reports.ledger_lines import draw_line
from reports.rows import TaskRow

register = template.Library()


@register.filter
def ledger_line(row: TaskRow) -> SafeString:
    """The row of the list; drawn once for what it says."""
    return draw_line(row)
