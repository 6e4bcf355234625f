"""Whole small papers of invented places, each of another layout, beside what a reader of the genre takes from them."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from documents.parsing import parse
from documents.readers import read

LAYOUTS = Path(settings.BASE_DIR) / "fixtures" / "layouts"
NAMES = sorted(path.stem for path in LAYOUTS.glob("*.json"))
ROLES = ("leads", "responsible", "participants")


@cache
def draft(name: str) -> dict[str, Any]:
    path = LAYOUTS / f"{name}.txt"
    return parse(read(path.read_bytes(), path.name)).as_dict()


def expected(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((LAYOUTS / f"{name}.json").read_text("utf-8"))
    return found


def plain(value: Any) -> Any:
    """The form in which two values are compared: no blanks, None as nothing."""
    if isinstance(value, list):
        return [plain(one) for one in value]
    return re.sub(r"\s+", "", value or "") if value is None or isinstance(value, str) else value


def facts_of(task: dict[str, Any], keys: list[str]) -> dict[str, Any]:
    """The asked fields of a task; a deadline as its date, else as what kind it is."""
    found = {key: plain(task[key]) for key in keys if key != "deadline"}
    if "deadline" in keys:
        found["deadline"] = task["deadline"]["date"] or task["deadline"]["kind"]
    return found


@pytest.mark.parametrize("name", NAMES)
def test_it_finds_the_tasks_of_any_layout(name: str) -> None:
    got, want = draft(name), expected(name)
    assert [t["ref"] for t in got["tasks"] if "ref" in want["tasks"][0]] == [
        t["ref"] for t in want["tasks"] if "ref" in t
    ]
    found = [facts_of(t, list(w)) for t, w in zip(got["tasks"], want["tasks"], strict=True)]
    assert found == want["tasks"]


@pytest.mark.parametrize("name", NAMES)
def test_it_finds_the_chapters_of_any_layout(name: str) -> None:
    got, want = draft(name), expected(name)
    if "sections" in want:
        assert [[s["number"], plain(s["title"])] for s in got["sections"]] == want["sections"]


@pytest.mark.parametrize("name", NAMES)
def test_it_reads_the_head_of_any_layout(name: str) -> None:
    got, want = draft(name)["document"], expected(name).get("document", {})
    got["reporting_dates"] = [one["date"] for one in got["reporting_dates"]]
    got["lead_rules"] = len(got["lead_rule"])
    assert {key: plain(got[key]) for key in want} == want


@pytest.mark.parametrize("name", NAMES)
def test_it_says_what_to_look_at(name: str) -> None:
    found = {(p["ref"], p["kind"]) for p in draft(name)["problems"]}
    assert {(ref, kind) for ref, kind in expected(name).get("problems", [])} <= found


@pytest.mark.parametrize("name", NAMES)
def test_it_gives_every_task_a_reference_of_its_own(name: str) -> None:
    refs = [t["ref"] for t in draft(name)["tasks"]]
    assert len(set(refs)) == len(refs)


@pytest.mark.parametrize("name", NAMES)
def test_it_invents_no_name(name: str) -> None:
    path = LAYOUTS / f"{name}.txt"
    original = read(path.read_bytes(), path.name)
    for task in parse(original).as_dict()["tasks"]:
        for label, (start, end) in task["names"].items():
            assert label in re.sub(
                r"\s+|[（(][a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]+[)）]", "", original.text[start:end]
            )
