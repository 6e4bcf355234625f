"""归档: the file first, proved, then the rows; the chain goes on across what was purged."""

import gzip
import json
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from pytest_django import Settings

from audit.archive import NotArchived, archive_trail, keep_from
from audit.models import Archive, Entry, Seal
from audit.purge import NotPurged, purge
from audit.seal import seal_days
from audit.tests.trail import day, make_entry, make_sealed, tamper
from audit.verify import verify_trail

pytestmark = pytest.mark.django_db
LATER = day(0) + timedelta(days=500)


def archive(folder: Path, today: date = LATER) -> Archive:
    made = archive_trail(folder, today=today, months=12)
    assert made is not None
    return made


def texts(folder: Path | None) -> str:
    return "\n".join(finding.text for finding in verify_trail(archives=folder).findings)


@pytest.mark.parametrize(
    ("today", "months", "first"),
    [
        (date(2026, 11, 22), 12, date(2025, 11, 22)),
        (date(2028, 2, 29), 12, date(2027, 2, 28)),
        (date(2026, 1, 31), 12, date(2025, 1, 31)),
        (date(2026, 12, 31), 24, date(2024, 12, 31)),
        (date(2026, 8, 31), 6, date(2026, 2, 28)),
        (date(2026, 8, 31), 1, date(2026, 3, 4)),  # never less than 180 days, whatever is asked
    ],
)
def test_it_keeps_what_is_young(today: date, months: int, first: date) -> None:
    assert keep_from(today, months) == first
    assert (today - first).days >= 180


def test_it_writes_proves_and_purges(tmp_path: Path) -> None:
    entries = make_sealed()
    made = archive(tmp_path)

    assert (made.from_day, made.through_day, made.count, made.last_id) == (day(0), day(2), 9, entries[-1].pk)
    assert not Entry.objects.filter(pk__lte=made.last_id).exists()
    assert Seal.objects.count() == 3
    assert Entry.objects.get(act="audit.archive").after["sha256"] == made.sha256

    text = gzip.decompress((tmp_path / made.file_name).read_bytes()).decode()
    lines = [json.loads(line) for line in text.splitlines()]
    assert [line["id"] for line in lines if "id" in line] == [entry.pk for entry in entries]
    assert [line["seal"]["day"] for line in lines if "seal" in line] == [
        "2020-03-02",
        "2020-03-03",
        "2020-03-04",
    ]
    assert (tmp_path / made.file_name).stat().st_mode & 0o077 == 0


def test_the_next_archive_follows_on_and_the_trail_holds(tmp_path: Path) -> None:
    make_sealed()
    assert archive(tmp_path, day(1) + timedelta(days=365)).through_day == day(0)

    # Everything that sealing and archiving wrote at the test's own time is young; these days are not.
    assert archive_trail(tmp_path, today=LATER, months=12) is not None
    assert [one.from_day for one in Archive.objects.order_by("through_day")] == [day(0), day(1)]
    assert texts(tmp_path) == ""


def test_it_leaves_young_and_unsealed_days(tmp_path: Path) -> None:
    make_sealed()
    make_entry(day(3))

    assert archive_trail(tmp_path, today=day(100), months=12) is None
    assert archive(tmp_path, day(1) + timedelta(days=365)).through_day == day(0)
    assert Entry.objects.filter(act="ledger.export").count() == 7


def test_it_stops_before_a_young_entry_among_old_ones(tmp_path: Path) -> None:
    make_entry(day(0))
    seal_days(until=day(1))
    tamper("DELETE FROM audit_entry WHERE act = %s", "audit.seal")
    young = make_entry(LATER)
    make_entry(day(1))
    seal_days(until=day(2))

    assert archive(tmp_path).through_day == day(0)
    assert Entry.objects.filter(pk=young.pk).exists()


def test_it_purges_nothing_when_the_trail_does_not_hold(tmp_path: Path) -> None:
    entry = make_sealed()[4]
    tamper("UPDATE audit_entry SET reason = 'x' WHERE id = %s", entry.pk)

    with pytest.raises(NotArchived, match="2020-03-03 的记录与封存摘要不符"):
        archive(tmp_path)
    assert Entry.objects.filter(act="ledger.export").count() == 9
    assert not list(tmp_path.glob("*.gz"))
    assert not Archive.objects.exists()


def test_the_purge_gives_up_when_it_would_remove_other_rows(db: None) -> None:
    make_sealed()
    with pytest.raises(NotPurged), transaction.atomic():
        purge(last_id=Entry.objects.latest("pk").pk, count=1)
    assert Entry.objects.filter(act="ledger.export").count() == 9


def test_the_triggers_stand_again_after_a_purge_and_after_one_that_failed(tmp_path: Path) -> None:
    make_sealed()
    with pytest.raises(NotPurged), transaction.atomic():
        purge(last_id=1, count=99)
    archive(tmp_path)

    for statement in ("DELETE FROM audit_entry", "UPDATE audit_entry SET reason = ''"):
        with (
            pytest.raises(DatabaseError, match="append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_it_finds_a_changed_a_missing_and_a_foreign_file(tmp_path: Path) -> None:
    make_sealed()
    made = archive(tmp_path)
    path = tmp_path / made.file_name
    assert texts(tmp_path) == ""
    assert "未核验归档文件" in texts(None)

    kept = path.read_bytes()
    path.write_bytes(kept[:-9] + bytes([kept[-9] ^ 1]) + kept[-8:])  # a byte that surely differs
    assert "被改动" in texts(tmp_path)
    path.unlink()
    assert "归档目录中没有" in texts(tmp_path)


def test_it_finds_rows_put_back_and_a_removed_archive(tmp_path: Path) -> None:
    make_sealed()
    made = archive(tmp_path)
    make_entry(day(0), pk=made.last_id)
    assert "有1条记录的编号在已归档的范围内" in texts(tmp_path)

    tamper("DELETE FROM audit_archive", table="audit_archive")
    assert f"{day(0)}：缺少3条记录" in texts(tmp_path)


def test_it_finds_a_forged_archive_that_hides_a_removal(tmp_path: Path) -> None:
    made = make_sealed()
    (tmp_path / "a.gz").write_bytes(b"")
    Archive.objects.create(
        from_day=day(0),
        through_day=day(2),
        last_id=made[-1].pk,
        count=9,
        file_name="a.gz",
        sha256="e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        archived_at=made[0].at,
    )
    tamper("DELETE FROM audit_entry WHERE act = %s", "ledger.export")

    assert "与封存记录不一致" in texts(tmp_path)


def test_the_command_archives_by_the_setting(tmp_path: Path, settings: Settings) -> None:
    make_sealed()
    out = StringIO()
    settings.AUDIT_KEEP_MONTHS = 12_000
    call_command("archive_audit", archives=tmp_path, stdout=out)
    assert "没有超过保存期限" in out.getvalue()

    settings.AUDIT_KEEP_MONTHS = 12
    call_command("archive_audit", archives=tmp_path, stdout=out)
    assert "共9条" in out.getvalue()
    call_command("verify_audit", archives=tmp_path, stdout=out)
    assert "已归档9条" in out.getvalue()


def test_the_command_says_why_not(tmp_path: Path) -> None:
    tamper("DELETE FROM audit_entry WHERE id = %s", make_sealed()[0].pk)

    with pytest.raises(CommandError, match="请先运行 verify_audit"):
        call_command("archive_audit", archives=tmp_path)
