"""单位表 out and in: nothing without a look, all or nothing, errors by cell, no cell that runs."""

import re
from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from audit.models import Entry
from departments.bodies.changing import NotPossible
from departments.bodies.sheet import COLUMNS, export_bodies, import_bodies, keep, look_at, take_back
from departments.models import Alias, Department, Membership, User
from departments.permissions import Refused
from departments.tests.factories import make_department, make_jurisdiction, make_officer, make_reporter
from sheets.archives import UnreadableFile
from sheets.table import write_table

SignIn = Callable[[User], Client]
pytestmark = pytest.mark.django_db
TODAY = date(2020, 11, 10)
ROW = {"name": "平凉市医疗保障局", "short_name": "市医保局", "kind": "政府部门"}


def table(*rows: dict[str, str]) -> bytes:
    return write_table("单位", COLUMNS, rows)


def seen(*rows: dict[str, str]) -> list[tuple[str, list[str]]]:
    preview = look_at(table(*rows), make_jurisdiction(), on=TODAY)
    assert not preview.errors
    return [(line.act, line.words) for line in preview.lines]


def take(*rows: dict[str, str], by: User | None = None) -> None:
    place = make_jurisdiction()
    lines = look_at(table(*rows), place, on=TODAY).changing
    import_bodies(place, lines, by=by or make_officer(), on=TODAY)


def test_it_adds_and_changes() -> None:
    known = make_department("市卫健委", name="平凉市卫生健康委员会", position=1)

    take(
        ROW | {"needs_sign_off": "否", "aliases": "医疗保障主管部门；市医疗保障局"},
        {"name": known.name, "short_name": "市卫健委", "kind": "党委部门", "position": "4"},
    )

    made = Department.objects.get(short_name="市医保局")
    assert (made.position, made.needs_sign_off) == (5, False) or (made.position, made.needs_sign_off) == (
        2,
        False,
    )
    assert [one.text for one in made.aliases.all()] == ["医疗保障主管部门"]
    known.refresh_from_db()
    assert (known.kind, known.position, known.version) == ("party", 4, 1)
    entry = Entry.objects.get(act="department.import")
    assert entry.after["added"] == ["平凉市医疗保障局"]
    assert Entry.objects.count() == 1


def test_it_says_what_each_row_does() -> None:
    make_department("市卫健委", name="平凉市卫生健康委员会", position=1, kind="government")
    known = {"name": "平凉市卫生健康委员会", "short_name": "市卫健委", "kind": "政府部门"}

    assert seen(ROW, known) == [
        ("新增", ["类别：政府部门", "报送前须审签：是"]),
        ("", []),
    ]
    assert seen(known | {"position": "3", "aliases": "卫生主管部门"}) == [
        ("修改", ["机构序列：3", "又写作：卫生主管部门"])
    ]


def test_it_brings_back_its_own_export_unchanged() -> None:
    department = make_department("市卫健委")
    Alias.objects.create(
        jurisdiction=department.jurisdiction,
        department=department,
        text="卫生主管部门",
        normalised="卫生主管部门",
    )
    data = export_bodies(department.jurisdiction, by=make_officer(), on=TODAY)

    preview = look_at(data, department.jurisdiction, on=TODAY)

    assert not preview.errors
    assert not preview.changing
    assert Entry.objects.get(act="department.export").after == {"rows": 1}


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-2", "@SUM(A1)", "＝1"])
def test_it_exports_no_formula(text: str) -> None:
    department = make_department(text, name=text)

    book = load_workbook(BytesIO(export_bodies(department.jurisdiction, by=make_officer(), on=TODAY)))

    cell = book.worksheets[0]["A2"]
    assert (cell.value, cell.data_type) == (text, "s")


@pytest.mark.parametrize(
    ("values", "column", "words"),
    [
        ({"name": ""}, "全称", "请填写全称"),
        ({"short_name": "长" * 51}, "简称", "不超过50个字"),
        ({"kind": "其它"}, "类别", "请填写党委部门"),
        ({"position": "第三"}, "机构序列", "整数"),
        ({"position": "٣"}, "机构序列", "整数"),
        ({"position": "-1"}, "机构序列", "整数"),
        ({"needs_sign_off": "要"}, "报送前须审签", "请填写是或否"),
        ({"name": "平凉市卫健委", "short_name": "卫健委"}, "全称", "已经是“市卫健委”"),
        ({"name": "平凉市卫生健康委员会", "short_name": "市卫计委"}, "简称", "办理更名"),
        ({"aliases": "市卫健委"}, "又写作", "“市卫健委”已经是"),
    ],
)
def test_it_tells_by_cell_what_cannot_be_taken(values: dict[str, str], column: str, words: str) -> None:
    make_department("市卫健委", name="平凉市卫生健康委员会")

    preview = look_at(table(ROW | values), make_jurisdiction(), on=TODAY)

    error = preview.errors[0]
    assert (preview.sheet, error.row, error.column) == ("单位", 2, column)
    assert words in error.expected


def test_it_tells_of_two_rows_for_one_department() -> None:
    preview = look_at(table(ROW, ROW | {"name": "市医疗保障局"}), make_jurisdiction(), on=TODAY)

    assert [(error.row, "第2行" in error.expected) for error in preview.errors] == [(3, True)]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"name,short"])
def test_it_refuses_what_is_no_workbook(data: bytes) -> None:
    with pytest.raises(UnreadableFile):
        look_at(data, make_jurisdiction(), on=TODAY)


def test_it_refuses_a_table_without_rows() -> None:
    assert "没有单位" in look_at(table(), make_jurisdiction(), on=TODAY).errors[0].expected


def test_it_writes_nothing_when_the_list_has_changed() -> None:
    place = make_jurisdiction()
    lines = look_at(
        table(ROW, ROW | {"name": "平凉市教育局", "short_name": "市教育局"}), place, on=TODAY
    ).changing
    make_department("市教育局", name="平凉市教育局")

    with pytest.raises(NotPossible, match="刚刚有变化"):
        import_bodies(place, lines, by=make_officer(), on=TODAY)
    assert not Department.objects.filter(short_name="市医保局").exists()
    assert not Entry.objects.exists()


def test_it_refuses_others() -> None:
    with pytest.raises(Refused):
        take(ROW, by=make_reporter(make_department()))
    assert Department.objects.count() == 1


def test_it_takes_back_only_what_it_gave_to_this_person_for_this_place() -> None:
    place, office, other = make_jurisdiction(), make_officer(), make_officer(full_name="刘敏")
    kept = keep(look_at(table(ROW), place, on=TODAY).changing, place, office)

    assert take_back(kept, place, office)
    assert take_back(kept, place, other) is None
    assert take_back(kept, make_jurisdiction("130100", "石家庄市"), office) is None
    assert take_back(kept[:-2], place, office) is None


def upload(client: Client, data: bytes, name: str = "单位表.xlsx") -> str:
    file = SimpleUploadedFile(name, data)
    return client.post(f"/places/{make_jurisdiction().pk}/bodies/import/", {"file": file}).content.decode()


def test_it_shows_first_and_writes_on_confirmation(sign_in: SignIn) -> None:
    client = sign_in(make_officer())

    page = upload(client, table(ROW))
    assert "1行有变动" in page
    assert not Department.objects.exists()

    kept = re.search(r'name="kept" value="([^"]+)"', page)
    assert kept
    client.post(f"/places/{make_jurisdiction().pk}/bodies/import/confirm/", {"kept": kept[1]})
    assert Department.objects.get().short_name == "市医保局"


def test_it_shows_every_error_and_survives_odd_text(sign_in: SignIn) -> None:
    page = upload(sign_in(make_officer()), table(ROW | {"kind": "<script>", "name": ""}))

    assert "2处有误" in page
    assert '<td data-label="填写的内容">&lt;script&gt;' in page


def test_it_hands_out_the_empty_table(sign_in: SignIn) -> None:
    client = sign_in(make_officer())

    response = client.get(f"/places/{make_jurisdiction().pk}/bodies/template.xlsx")

    book = load_workbook(BytesIO(b"".join(response)))
    assert [cell.value for cell in book.worksheets[0][1]] == [column.heading for column in COLUMNS]
    assert Membership.objects.count() == 0
