"""Periods, reports and their revisions, what is added to them, requests, directives and inspections."""

from progress.models.contribution import Contribution
from progress.models.correction import Correction
from progress.models.evidence import Evidence
from progress.models.oversight import Directive, Finding, Inspection
from progress.models.period import ReportingPeriod
from progress.models.report import ProgressReport, Revision
from progress.models.request import Closure, Extension, RequestState
from progress.models.value import IndicatorValue

__all__ = [
    "Closure",
    "Contribution",
    "Correction",
    "Directive",
    "Evidence",
    "Extension",
    "Finding",
    "IndicatorValue",
    "Inspection",
    "ProgressReport",
    "ReportingPeriod",
    "RequestState",
    "Revision",
]
