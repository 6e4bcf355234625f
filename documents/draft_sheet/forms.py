"""Forms of the import: the file, then the confirmation."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile


class SheetForm(forms.Form):
    """上传改好的核对表."""

    file = forms.FileField(
        label="核对表",
        help_text="从本页导出、改好后保存的 Excel 文件（xlsx）。不得上传涉密文件。",
        error_messages={"required": "请选择文件。", "empty": "文件是空的，请检查后重新选择。"},
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )

    def clean_file(self) -> UploadedFile[bytes]:
        """Refuse before reading what is larger than the installation allows."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        limit = settings.UPLOAD_LIMIT_MB
        if (file.size or 0) > limit * 1024 * 1024:
            raise forms.ValidationError(f"文件超过{limit}MB。请只保留导出的核对表后重新上传。")
        return file


class ConfirmForm(forms.Form):
    """确认导入: what was shown, as it was signed."""

    kept = forms.CharField(widget=forms.HiddenInput)
    leave_out = forms.BooleanField(required=False)
