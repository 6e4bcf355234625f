"""Periods, reports and their revisions, requests about tasks."""

from progress.models.period import ReportingPeriod
from progress.models.report import ProgressReport, Revision
from progress.models.request import Closure, Extension, RequestState

__all__ = ["Closure", "Extension", "ProgressReport", "ReportingPeriod", "RequestState", "Revision"]
