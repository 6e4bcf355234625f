"""Periods, reports and their revisions."""

from progress.models.period import ReportingPeriod
from progress.models.report import ProgressReport, Revision

__all__ = ["ProgressReport", "ReportingPeriod", "Revision"]
