"""核验: one changed byte, one removed row, one inserted row, a seal that is not what it was."""

from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import DjangoAssertNumQueries

from audit.models import Entry, Seal
from audit.seal import seal_days
from audit.tests.trail import day, make_entry, make_sealed, tamper
from audit.verify import Verdict, verify_trail

pytestmark = pytest.mark.django_db
CHANGE = "UPDATE audit_entry SET column = %s WHERE id = %s"


def verify(noted: dict[date, str] | None = None) -> Verdict:
    return verify_trail(archives=Path("/nonexistent"), noted=noted)


def texts(verdict: Verdict) -> str:
    return "\n".join(finding.text for finding in verdict.findings)


def test_it_finds_nothing_in_an_untouched_trail() -> None:
    make_sealed()
    make_entry(day(3))

    verdict = verify()

    assert verdict.holds
    assert not verdict.findings
    assert (verdict.days, verdict.entries, verdict.unsealed) == (
        3,
        9,
        4,
    )  # three of the unsealed tell of seals


def test_it_accepts_an_empty_trail() -> None:
    assert verify().holds


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("act", "ledger.exporu"),
        ("actor_id", 6),
        ("actor_name", "李静静"),
        ("jurisdiction_id", 2),
        ("target_type", "x"),
        ("target_id", 7),
        ("target_label", "x"),
        ("before", '{"a": 1}'),
        ("after", '{"tasks": 2}'),
        ("reason", " "),
        ("request_id", "x"),
        ("address", "203.0.113.6"),
        ("at", "2020-03-03 09:00:00.000001+08:00"),
    ],
)
def test_it_finds_one_changed_value_in_any_column(column: str, value: str | int) -> None:
    entry = make_sealed()[4]
    tamper(CHANGE.replace("column", column), value, entry.pk)

    verdict = verify()

    assert not verdict.holds
    assert f"{day(1)}：记录内容或封存摘要被改动" in texts(verdict)


@pytest.mark.parametrize("place", [0, 2, 3, 8])
def test_it_finds_one_removed_row(place: int) -> None:
    entry = make_sealed()[place]
    tamper("DELETE FROM audit_entry WHERE id = %s", entry.pk)

    assert f"{day(place // 3)}：缺少1条记录" in texts(verify())


def test_it_finds_a_row_slipped_into_a_gap() -> None:
    gap = [make_entry(day(0)), make_entry(day(0)), make_entry(day(0))][1].pk
    tamper("DELETE FROM audit_entry WHERE id = %s", gap)  # as a transaction that was rolled back leaves it
    seal_days(until=day(1))
    assert verify().holds

    make_entry(day(0), pk=gap)

    assert f"{day(0)}：多出1条记录" in texts(verify())


def test_it_finds_a_row_before_the_first() -> None:
    make_sealed()
    make_entry(day(0), pk=-3)

    assert "有1条记录的编号小于1" in texts(verify())


def test_it_finds_a_row_written_back_into_a_sealed_day() -> None:
    make_sealed()
    make_entry(day(1))

    verdict = verify()

    assert not verdict.holds
    assert "有1条未封存的记录时间在已封存的日期内" in texts(verdict)


def test_it_only_remarks_a_late_row_that_was_sealed() -> None:
    make_sealed()
    make_entry(day(1))
    seal_days(until=day(4))

    verdict = verify()

    assert verdict.holds
    assert f"{day(3)}：有1条记录的时间早于前一次封存" in texts(verdict)


def test_it_finds_two_rows_that_changed_places() -> None:
    first, second = make_sealed()[:2]
    tamper("UPDATE audit_entry SET id = -1 WHERE id = %s", first.pk)
    tamper("UPDATE audit_entry SET id = %s WHERE id = %s", first.pk, second.pk)
    tamper("UPDATE audit_entry SET id = %s WHERE id = -1", second.pk)

    assert not verify().holds


def seal(number: int) -> Seal:
    return Seal.objects.get(day=day(number))


def test_it_finds_a_changed_seal() -> None:
    make_sealed()
    tamper("UPDATE audit_seal SET digest = %s WHERE id = %s", "0" * 64, seal(1).pk, table="audit_seal")

    found = texts(verify())

    assert f"{day(1)}：记录内容或封存摘要被改动" in found
    assert f"{day(2)}：与 {day(1)} 的封存摘要不衔接" in found


def test_it_finds_a_seal_removed_from_the_middle() -> None:
    make_sealed()
    tamper("DELETE FROM audit_seal WHERE id = %s", seal(1).pk, table="audit_seal")

    assert f"{day(1)} 至 {day(1)}：封存记录缺失" in texts(verify())


def test_it_finds_the_first_seal_removed() -> None:
    make_sealed()
    tamper("DELETE FROM audit_seal WHERE id = %s", seal(0).pk, table="audit_seal")

    assert f"{day(1)}：之前的封存记录缺失" in texts(verify())


def test_it_finds_the_last_seal_removed_and_made_anew() -> None:
    entries = make_sealed()
    tamper("DELETE FROM audit_seal WHERE id = %s", seal(2).pk, table="audit_seal")
    assert f"{day(2)}：审计记录中有这一天的封存" in texts(verify())

    tamper("DELETE FROM audit_entry WHERE id = %s", entries[-1].pk)
    seal_days(until=day(3))
    assert f"{day(2)}：审计记录中有这一天的封存" in texts(verify())


def test_it_finds_a_trail_rewritten_as_a_whole_by_a_digest_kept_elsewhere() -> None:
    make_sealed()
    kept = {day(1): seal(1).digest}
    assert verify(kept).holds

    tamper("DELETE FROM audit_entry")
    tamper("DELETE FROM audit_seal", table="audit_seal")
    make_sealed(each=2)

    assert verify().holds  # nothing in the database tells
    assert f"{day(1)}：封存摘要与抄存的摘要不一致" in texts(verify(kept))


def test_the_command_ends_well_or_with_1() -> None:
    entries = make_sealed()
    out = StringIO()
    call_command("verify_audit", stdout=out)
    assert "核验通过。" in out.getvalue()
    assert f"最近封存到 {day(2)}" in out.getvalue()
    assert "未封存3条" in out.getvalue()

    tamper("DELETE FROM audit_entry WHERE id = %s", entries[0].pk)
    out = StringIO()
    with pytest.raises(CommandError, match="1处问题") as caught:
        call_command("verify_audit", stdout=out)
    assert caught.value.returncode == 1
    assert f"问题：{day(0)}：缺少1条记录" in out.getvalue()


def test_the_command_takes_noted_digests() -> None:
    make_sealed()
    call_command("verify_audit", f"--noted={day(1)}={seal(1).digest}", stdout=StringIO())

    with pytest.raises(CommandError, match="未通过"):
        call_command("verify_audit", f"--noted={day(1)}={seal(2).digest}", stdout=StringIO())
    with pytest.raises(CommandError, match="格式为"):
        call_command("verify_audit", "--noted=gestern", stdout=StringIO())


def test_it_costs_the_same_number_of_queries_for_many_entries(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    make_sealed(days=2, each=10)
    with django_assert_max_num_queries(10):
        assert verify().entries == 20
    assert Entry.objects.count() == 22
