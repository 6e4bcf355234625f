"""采用: the words of a note go over into 进展情况 of the lead's report."""

from dataclasses import replace

from progress.content import ReportContent
from progress.models import Contribution


def line_of(contribution: Contribution) -> str:
    """What is taken over: who said it, and what."""
    return f"{contribution.department.short_name}：{contribution.text}"


def take_over(content: ReportContent, contribution: Contribution) -> ReportContent:
    """A report with the note at the end of its text, once; what has news to tell is no 本季无变化."""
    line = line_of(contribution)
    if line in content.text:
        return replace(content, no_change=False)
    text = f"{content.text.rstrip()}\n{line}" if content.text.strip() else line
    return replace(content, text=text, no_change=False)
