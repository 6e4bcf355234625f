"""One form: the urge."""

from django import forms

from departments.asked import SeveralField
from departments.face_forms import offer_rows
from departments.models import Department
from progress.models import ProgressReport, ReportingPeriod
from tasks.models import Ledger


class UrgeForm(forms.Form):
    """催办: one or several departments, in one period of a ledger."""

    period = forms.ModelChoiceField(
        ReportingPeriod.objects.none(),
        label="报送期",
        error_messages={"required": "请选择报送期。", "invalid_choice": "没有这个报送期。"},
    )
    department = SeveralField(
        Department.objects.none(),
        label="单位",
        error_messages={
            "required": "请先选中要催办的单位。",
            "invalid_choice": "选中的单位在本台账没有报送任务。",
            "invalid_pk_value": "选中的单位在本台账没有报送任务。",
        },
    )
    text = forms.CharField(
        label="催办内容",
        max_length=500,
        required=False,
        error_messages={"max_length": "催办内容不能超过500字。"},
    )

    def __init__(self, ledger: Ledger, data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # the request's POST, handed through
        offer_rows(self, "period", ledger.periods.opened())
        owing = ProgressReport.objects.filter(period__ledger=ledger).values("department")
        offer_rows(self, "department", Department.objects.filter(pk__in=owing))

    @property
    def words(self) -> str:
        """What the coordinator wrote, or the plain request."""
        period = self.cleaned_data["period"]
        return self.cleaned_data["text"] or f"请尽快提交{period.name}进展报告。"
