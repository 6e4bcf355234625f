"""The settings of the test suite: the real ones, on a data folder that lives as long as the run.

The database is a file, not memory: tests with threads meet the same locks as an office does, and tests
that start a worker process can hand it the database. `DATABASE_URL` chooses PostgreSQL instead.
"""

import os
import tempfile
import zlib
from pathlib import Path

if "DATA_DIR" not in os.environ:
    # Kept in a name, since it is removed together with the object; the processes of xdist inherit the variable.
    _folder = tempfile.TemporaryDirectory(prefix="reformtracker-tests-", ignore_cleanup_errors=True)
    os.environ["DATA_DIR"] = _folder.name
os.environ.setdefault("DJANGO_ENV", "development")

from reformtracker.settings import *
from reformtracker.settings import BASE_DIR, DATA_DIR, DATABASES, LOGGING

# Every refused page is noted with the way that led to it; the tests refuse thousands and judge the answers.
LOGGING["loggers"] = {"django.request": {"level": "ERROR"}}

# Two checkouts on one PostgreSQL server must not share a test database.
_checkout = f"{zlib.crc32(str(BASE_DIR).encode()):08x}"
DATABASES["default"]["TEST"] = {
    "NAME": (
        str(Path(DATA_DIR) / "test.sqlite3")
        if DATABASES["default"]["ENGINE"].endswith("sqlite3")
        else f"test_reformtracker_{_checkout}"
    )
}
