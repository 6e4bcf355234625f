"""Old formats (.doc, .wps, .xls, .et), put into today's by LibreOffice where it is installed."""

from __future__ import annotations

import contextlib
import os
import resource
import shutil
import signal
import subprocess  # nosec B404  # fixed programs only, never a shell
import tempfile
from pathlib import Path, PurePath

from documents.readers.original import UnreadableFile

SECONDS = 30
MEMORY = 3 * 1024 * 1024 * 1024
#: what each becomes, and the program that people have for it
_BECOMES = {
    ".doc": (".docx", "Word 或 WPS"),
    ".wps": (".docx", "WPS"),
    ".xls": (".xlsx", "Excel 或 WPS"),
    ".et": (".xlsx", "WPS"),
}
#: the kind is given, or LibreOffice would take what it does not know for a plain text
_FILTERS = {".docx": "MS Word 97", ".xlsx": "MS Excel 97"}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SIZE_LIMIT = 20 * 1024 * 1024
_FILE_LIMIT = 200 * 1024 * 1024
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
</item></oor:items>
"""


def modern(data: bytes, name: str) -> tuple[bytes, str]:
    """A file of an old format in the format of today with its new name; any other file as it is."""
    suffix = PurePath(name).suffix.lower()
    if suffix not in _BECOMES or not data or len(data) > _SIZE_LIMIT:
        return data, name
    becomes, program = _BECOMES[suffix]
    advice = f"请用 {program} 打开后另存为 {becomes} 格式，再重新上传。"
    if not data.startswith(_OLE):
        raise UnreadableFile(f"文件内容不是 {suffix} 格式，可能改过扩展名。{advice}")
    if b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0" in data:
        raise UnreadableFile("文件设有密码。请取消密码后重新上传。")
    office = shutil.which("soffice")
    if not office:
        raise UnreadableFile(f"暂不能直接读取 {suffix} 格式。{advice}")
    made = _convert(office, data, suffix, becomes)
    if not made:
        raise UnreadableFile(f"这份 {suffix} 文件没有能读出来，可能已损坏或设有密码。{advice}")
    return made, str(PurePath(name).with_suffix(becomes))


def _convert(office: str, data: bytes, suffix: str, becomes: str) -> bytes:
    """The converted file, or nothing; LibreOffice works in a folder of its own, which goes away with it."""
    with tempfile.TemporaryDirectory(prefix="reading-") as name:
        folder = Path(name)
        given, made = folder / f"paper{suffix}", folder / "out" / f"paper{becomes}"
        settings = folder / "profile" / "user" / "registrymodifications.xcu"
        settings.parent.mkdir(parents=True)
        settings.write_text(_PROFILE, "utf-8")
        given.write_bytes(data)
        _run(office, given, made, folder)
        if not made.is_file() or made.stat().st_size > _SIZE_LIMIT:
            return b""
        return made.read_bytes()


def _run(office: str, given: Path, made: Path, folder: Path) -> None:
    """Start LibreOffice in a process group of its own; whatever is left of it after the time is killed."""
    command = [
        office,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        f"--infilter={_FILTERS[made.suffix]}",
        "--convert-to",
        made.suffix[1:],
        "--outdir",
        str(made.parent),
        str(given),
    ]
    process = subprocess.Popen(  # noqa: S603  # nosec B603  # a fixed program, and a path of our own making
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={"PATH": os.environ.get("PATH", ""), "HOME": str(folder), "LANG": "C.UTF-8"},
        start_new_session=True,
    )
    try:
        with contextlib.suppress(subprocess.TimeoutExpired, ProcessLookupError):
            # Set from outside: code between fork and exec is not safe in a server with threads.
            resource.prlimit(process.pid, resource.RLIMIT_AS, (MEMORY, MEMORY))
            resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (_FILE_LIMIT, _FILE_LIMIT))
            process.wait(SECONDS)
    finally:
        _end_group(process)


def _end_group(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
