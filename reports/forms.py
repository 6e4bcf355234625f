"""Forms of this room: the filters of the ledger list and of the ledgers below."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from departments.face_forms import PlainHidden, PlainInput, PlainSelect, offer
from departments.models import Jurisdiction, User
from reports.ledger_page import FILINGS, LedgerFilter, department_choices, section_choices
from reports.rows import ORDER, TaskRow
from tasks.models import Assignment, Ledger
from tasks.querysets import LedgerQuerySet


class LedgerFilterForm(forms.Form):
    """The filter bar over the ledger; a value that means nothing is left aside, never an error."""

    light = forms.ChoiceField(required=False, widget=PlainHidden)
    period = forms.CharField(required=False, widget=PlainHidden)
    section = forms.ChoiceField(label="章节", required=False, widget=PlainSelect)
    department = forms.ChoiceField(label="责任单位", required=False, widget=PlainSelect)
    role = forms.ChoiceField(label="承担角色", required=False, widget=PlainSelect)
    filing = forms.ChoiceField(label="报送情况", required=False, widget=PlainSelect)
    q = forms.CharField(
        label="查找任务",
        required=False,
        max_length=60,
        widget=PlainInput(attrs={"type": "search", "placeholder": "名称或正文", "size": 14}),
    )

    def __init__(self, data: Any, rows: Sequence[TaskRow]) -> None:
        super().__init__(data)
        offer(self, "light", [("", "全部"), *((str(colour), str(colour)) for colour in ORDER)])
        offer(self, "section", [("", "全部章节"), *section_choices(rows)])
        offer(self, "department", [("", "全部单位"), *department_choices(rows)])
        offer(self, "role", [("", "全部角色"), *Assignment.Role.choices])
        offer(self, "filing", [("", "全部报送"), *FILINGS.items()])

    def chosen(self) -> LedgerFilter:
        """The conditions given, without those that are not offered."""
        self.is_valid()
        given = self.cleaned_data
        return LedgerFilter(
            light=given.get("light", ""),
            section=_key(given.get("section")),
            department=_key(given.get("department")),
            role=given.get("role", ""),
            filing=given.get("filing", ""),
            text=given.get("q", ""),
        )


class BelowForm(forms.Form):
    """Which lower place to show, with all that lies under it; what is not offered is left aside."""

    place = forms.ChoiceField(label="行政区域", required=False, widget=PlainSelect)

    def __init__(self, user: User, data: Any) -> None:
        super().__init__(data)
        with_ledgers = Ledger.objects.summarised_to(user).values("jurisdiction")
        self.places = {
            str(one.pk): one
            for one in Jurisdiction.objects.below(user).filter(pk__in=with_ledgers).order_by("path")
        }
        names = ((key, one.name) for key, one in self.places.items())
        offer(self, "place", [("", "全部下级"), *names])

    def narrow(self, ledgers: LedgerQuerySet) -> LedgerQuerySet:
        """Those of the place chosen and of the places under it; all when none is."""
        place = self.places.get(self.data.get("place", ""))
        return ledgers.filter(jurisdiction__path__startswith=place.path) if place else ledgers


def _key(value: str | None) -> int | None:
    return int(value) if value else None
