"""script/test tells the truth: what failed, what was skipped, what could not run."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

SAMPLE = """
import pytest

def test_it_stands():
    assert 1 + 1 == 2

@pytest.mark.skip(reason="no such server here")
def test_it_needs_a_server():
    assert False
"""
# What main() does, with one wall and one small suite.
PROGRAM = """
import sys
sys.path.insert(0, "script")
import walls
folder, line = sys.argv[1:]
wall = walls.Wall("sample wall", (sys.executable, "-c", line), {})
options = ("-q", "-ra", "-c", f"{folder}/pytest.ini", folder)
suite = walls.module("pytest", *options, wall="pytest on sample", PYTEST_DISABLE_PLUGIN_AUTOLOAD="1")
sys.exit(walls.prove([wall], [suite], [], list))
"""


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """A folder with a suite of one passing and one skipped test."""
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    (tmp_path / "test_sample.py").write_text(SAMPLE)
    return tmp_path


def run_walls(sample: Path, wall: str = "", **variables: str) -> subprocess.CompletedProcess[str]:
    """Run the walls with one wall (a line of Python) and the sample suite."""
    kept = {
        name: value for name, value in os.environ.items() if name not in ("REQUIRE_ALL", "PYTEST_ADDOPTS")
    }
    return subprocess.run(
        [sys.executable, "-c", PROGRAM, str(sample), wall],
        cwd=settings.BASE_DIR,
        env={**kept, **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def test_it_stands_and_names_what_was_skipped(sample: Path) -> None:
    done = run_walls(sample)
    assert done.returncode == 0, done.stdout
    assert "no such server here" in done.stdout.partition("Not run here:")[2]
    assert "1 passed, 1 skipped" in done.stdout.splitlines()[-2]
    assert done.stdout.splitlines()[-1] == "All walls stand."


def test_it_fails_for_a_skip_when_all_is_required(sample: Path) -> None:
    done = run_walls(sample, REQUIRE_ALL="1")
    assert done.returncode == 1
    assert done.stdout.splitlines()[-1] == "FAILED: REQUIRE_ALL: something was not run"


def test_it_runs_the_rest_after_a_fallen_wall(sample: Path) -> None:
    done = run_walls(sample, "print('the reason'); raise SystemExit(3)")
    assert done.returncode == 1
    assert "FAILED sample wall" in done.stdout
    assert "    the reason" in done.stdout
    assert "ok     pytest on sample" in done.stdout
    assert done.stdout.splitlines()[-1] == "FAILED: sample wall"


def test_it_fails_when_a_test_fails(sample: Path) -> None:
    (sample / "test_sample.py").write_text("def test_it_falls():\n    assert [] == [1]\n")
    done = run_walls(sample)
    assert done.returncode == 1
    assert "1 failed" in done.stdout.splitlines()[-2]
    assert done.stdout.splitlines()[-1] == "FAILED: pytest on sample"


def test_it_names_the_fallen_tests_before_anything_else(sample: Path) -> None:
    (sample / "test_sample.py").write_text("def test_it_falls():\n    assert [] == [1]\n")
    told = run_walls(sample).stdout.partition("FAILED pytest on sample")[2].splitlines()[1:]
    assert re.match(r"    FAILED .*test_sample.py::test_it_falls", told[0])
    assert told[1] == "    E       assert [] == [1]"
