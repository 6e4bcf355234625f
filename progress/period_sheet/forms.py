"""Forms of the import: the file, then the confirmation."""

from __future__ import annotations

from django import forms

from departments.files import sheet_file
from progress.period_sheet.columns import FORM
from progress.workflow import Act


class SheetForm(forms.Form):
    """上传填好的填报表."""

    file = sheet_file(FORM.name, "从系统下载、填好后保存的 Excel 文件（xlsx）。不得上传涉密文件。")


class ConfirmForm(forms.Form):
    """What was shown, as it was signed, and which button was pressed."""

    kept = forms.CharField(widget=forms.HiddenInput)
    act = forms.TypedChoiceField(choices=[(Act.SAVE, "存草稿"), (Act.SUBMIT, "保存并提交")], coerce=Act)
