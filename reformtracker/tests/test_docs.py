"""The documents say what is true: every setting is listed, every link leads somewhere."""

import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT: Path = settings.BASE_DIR
PAGES = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").glob("*.md")])
READ = re.compile(r"env\.\w+\(\s*\"([A-Z_]+)\"")
LISTED = re.compile(r"^\|((?: `[A-Z_]+`,?)+) \|", re.MULTILINE)
LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)")


def read_variables() -> set[str]:
    """The variables that the settings read, from their source."""
    return set(READ.findall((ROOT / "reformtracker" / "settings.py").read_text()))


def listed_variables() -> set[str]:
    """The variables that docs/settings.md explains."""
    rows = LISTED.findall((ROOT / "docs" / "settings.md").read_text())
    return {name for row in rows for name in re.findall(r"[A-Z_]+", row)}


def test_it_lists_every_setting_and_no_other() -> None:
    assert len(read_variables()) > 20
    assert listed_variables() == read_variables()


def test_it_shows_only_known_settings_in_the_example() -> None:
    example = (ROOT / "deploy" / "reformtracker.env.example").read_text()
    named = set(re.findall(r"^#?([A-Z_]+)=", example, re.MULTILINE))
    assert named
    assert {name.removesuffix("_FILE") for name in named} <= read_variables()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_it_links_only_to_what_exists(page: Path) -> None:
    targets = [target for target in LINK.findall(page.read_text()) if "://" not in target]
    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_it_names_only_commands_that_exist() -> None:
    text = "\n".join(page.read_text() for page in PAGES)
    named = set(re.findall(r"manage\.py ([a-z_]+)", text))
    known = {path.stem for path in ROOT.glob("*/management/commands/*.py")}
    django = {"migrate", "collectstatic", "check", "createsuperuser", "makemigrations", "shell", "runserver"}
    assert named - known - django == set()


def test_it_keeps_the_first_page_short() -> None:
    assert len((ROOT / "README.md").read_text().splitlines()) <= 120
