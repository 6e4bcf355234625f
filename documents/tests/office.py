"""Files that LibreOffice makes for the tests, where it is installed."""

import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

SOFFICE = shutil.which("soffice")
needs_office = pytest.mark.skipif(not SOFFICE, reason="LibreOffice is not installed")


def converted(data: bytes, given: str, becomes: str) -> bytes:
    """A file of one kind (.docx) as one of another (.pdf)."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / f"a{given}").write_bytes(data)
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = [SOFFICE or "soffice", profile, "--headless", "--convert-to", becomes[1:], "--outdir", name]
        subprocess.run([*command, f"{name}/a{given}"], check=True, capture_output=True, timeout=120)
        return (folder / f"a{becomes}").read_bytes()
