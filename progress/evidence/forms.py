"""The field that takes several files at once."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from progress.evidence.judge import COUNT_LIMIT, Sent, judge, limit_mb
from progress.evidence.kinds import ACCEPT


class FilesInput(forms.FileInput):
    """The browser's file field for several files."""

    allow_multiple_selected = True


class FilesField(forms.Field):
    """Files of one form: all of them are right, or each wrong one is named."""

    widget = FilesInput

    def __init__(self, **kwargs: Any) -> None:
        help_text = (
            f"PDF、图片、Word（docx）、Excel（xlsx），可一次选多个；每个不超过{limit_mb()}MB，最多{COUNT_LIMIT}个。"
            "不得上传涉密文件。"
        )
        super().__init__(widget=FilesInput(attrs={"accept": ACCEPT}), help_text=help_text, **kwargs)

    def clean(self, value: list[UploadedFile[bytes]] | None) -> list[Sent]:
        """The files, judged."""
        files, faults = judge(value or [])
        if faults:
            raise forms.ValidationError([*faults, "文件请全部重新选择，其他内容已经保留。"])
        return files
