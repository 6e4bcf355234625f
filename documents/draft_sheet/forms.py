"""Forms of the import: the file, then the confirmation."""

from __future__ import annotations

from django import forms

from departments.files import sheet_file


class SheetForm(forms.Form):
    """上传改好的核对表."""

    file = sheet_file("核对表", "从本页导出、改好后保存的 Excel 文件（xlsx）。不得上传涉密文件。")


class ConfirmForm(forms.Form):
    """确认导入: what was shown, as it was signed."""

    kept = forms.CharField(widget=forms.HiddenInput)
    leave_out = forms.BooleanField(required=False)
