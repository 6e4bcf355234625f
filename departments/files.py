"""Files between people and the system: what somebody sends, what is handed out, what waits to be confirmed."""

from __future__ import annotations

from io import BytesIO
from pathlib import PurePosixPath
from typing import IO, Any

from django import forms
from django.conf import settings
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse

from departments.models import User

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KEPT_SECONDS = 3600
KEPT_LIMIT = 4 * 1024 * 1024  # of kept text, under what a form may send (DATA_UPLOAD_MAX_MEMORY_SIZE)
_MEGABYTE = 1024 * 1024


class SentFile(forms.FileField):
    """A file that somebody sends; one that is larger than allowed is refused before anything of it is read.

    `accept` is what the browser's dialogue offers, `advice` what to do when it is too large, `megabytes` a
    limit of its own instead of the installation's.
    """

    def __init__(self, *, accept: str, advice: str, megabytes: int | None = None, **kwargs: Any) -> None:
        super().__init__(
            error_messages={"required": "请选择文件。", "empty": "文件是空的，请检查后重新选择。"},
            widget=forms.FileInput(attrs={"accept": accept}),
            **kwargs,
        )
        self.advice, self.megabytes = advice, megabytes

    def clean(self, data: Any, initial: Any = None) -> UploadedFile[bytes]:
        """The file, small enough to be read."""
        file: UploadedFile[bytes] = super().clean(data, initial)
        limit = self.megabytes or settings.UPLOAD_LIMIT_MB
        if file and (file.size or 0) > limit * _MEGABYTE:
            raise forms.ValidationError(f"文件超过{limit}MB。{self.advice}")
        return file


def sheet_file(name: str, help_text: str = "") -> SentFile:
    """The field for a workbook of the system's own that comes back filled in."""
    return SentFile(label=name, help_text=help_text, accept=".xlsx", advice=f"请只保留{name}后重新上传。")


def plain_name(file_name: str) -> str:
    """The last part of an uploaded name, without control characters, at most 200 characters."""
    last = PurePosixPath(file_name.replace("\\", "/")).name
    return "".join(char for char in last if char.isprintable())[-200:] or "未命名"


def hand_out(content: bytes | IO[bytes], name: str, media_type: str = XLSX) -> FileResponse:
    """The answer that saves a file under its Chinese name; the browser may not guess what it is."""
    file = BytesIO(content) if isinstance(content, bytes) else content
    answer = FileResponse(file, as_attachment=True, filename=name, content_type=media_type)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def keep(content: dict[str, Any], by: User, salt: str) -> str:
    """What a preview showed, as text that only `by` can send back: nothing is stored or trusted meanwhile."""
    return signing.dumps({"by": by.pk, **content}, salt=salt, compress=True)


def take_back(text: str, by: User, salt: str) -> dict[str, Any] | None:
    """What was kept; None when it was changed on the way, is over an hour old or was kept for somebody else."""
    try:
        content: dict[str, Any] = signing.loads(text, salt=salt, max_age=KEPT_SECONDS)
    except signing.BadSignature:
        return None
    return content if content["by"] == by.pk else None
