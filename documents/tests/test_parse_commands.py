"""The two commands, as an operator starts them."""

import io
import json
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

FIXTURES = Path(settings.BASE_DIR) / "fixtures"


def clauses(monkeypatch: pytest.MonkeyPatch, text: str, *options: str) -> list[dict[str, object]]:
    out = io.StringIO()
    monkeypatch.setattr("sys.stdin", io.StringIO(text))
    call_command("parse_clauses", *options, stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_it_prints_one_object_for_a_paper() -> None:
    out = io.StringIO()
    call_command("parse_document", str(FIXTURES / "papers" / "jilin.txt"), stdout=out)
    got = json.loads(out.getvalue())
    assert set(got) == {"document", "sections", "tasks", "problems"}
    assert len(got["tasks"]) == 25


def test_it_refuses_a_file_it_cannot_read(tmp_path: Path) -> None:
    path = tmp_path / "方案.pdf"
    path.write_bytes("这不是".encode())
    with pytest.raises(CommandError, match="扩展名不符"):
        call_command("parse_document", str(path))


def test_it_refuses_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="无法读取"):
        call_command("parse_document", str(tmp_path / "无.txt"))


def test_it_prints_a_line_for_each_clause(monkeypatch: pytest.MonkeyPatch) -> None:
    got = clauses(monkeypatch, "市甲局牵头，市乙局配合\n\n市丙局负责\n")
    assert [one["leads"] for one in got] == [["市甲局"], [], ["市丙局"]]
    assert list(got[0]) == ["raw", "mode", "leads", "responsible", "participants", "open_ended", "deadline"]


def test_it_reads_clauses_with_line_breaks_as_json(monkeypatch: pytest.MonkeyPatch) -> None:
    got = clauses(monkeypatch, json.dumps("牵头单位：市甲局\n责任单位：市乙局") + "\n", "--json")
    assert (got[0]["mode"], got[0]["responsible"]) == ("lead_responsible", ["市乙局"])


def test_it_lets_all_lead_when_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    got = clauses(monkeypatch, "市甲局、市乙局负责\n", "--plain-joint", "all-lead")
    assert (got[0]["leads"], got[0]["responsible"]) == (["市甲局", "市乙局"], [])


@pytest.mark.parametrize("line", ["市甲局负责", "12", "["])
def test_it_refuses_a_line_that_is_no_json_string(monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    with pytest.raises(CommandError, match="第 1 行"):
        clauses(monkeypatch, line + "\n", "--json")
