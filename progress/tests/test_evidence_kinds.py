"""What is taken as 佐证材料: by the bytes, within limits, each wrong file named and the others kept."""

import io

import pytest
from django.core.files.uploadedfile import UploadedFile
from pytest_django import Settings

from progress.evidence.judge import judge
from progress.evidence.kinds import DOCX, JPEG, PDF, PNG, XLSX, Kind, NotTaken, kind_of
from progress.tests import evidence as sample
from progress.tests.evidence import HTML, SVG, office, upload


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (sample.PDF, PDF),
        (sample.JPEG, JPEG),
        (sample.PNG, PNG),
        (office(), DOCX),
        (office("xl/workbook.xml"), XLSX),
    ],
)
def test_it_knows_a_kind_by_its_bytes(data: bytes, kind: Kind) -> None:
    assert kind_of(data, "随便.txt") is kind


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("照片.png", HTML, "“照片.png”的内容与扩展名不符"),
        ("图.svg", SVG, "不是可以上传的文件"),
        ("动图.gif", b"GIF89a" + office(), "不是可以上传的文件"),
        ("工具.jar", office("META-INF/MANIFEST.MF"), "不是可以上传的文件"),
        ("旧.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64), "旧格式（doc、xls）或者加了密码"),
        ("宏.xlsm", office("xl/workbook.xml", xl__vbaProject_dot_bin=b"x"), "不接收带宏的文件"),
        ("炸弹.docx", office(word__media__a_dot_bin=bytes(2_000_000)), "解压后过大"),
        ("实体.docx", office(word__a_dot_xml=b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'), "不允许的外部引用"),
        ("坏.docx", office()[:-30], "文件已损坏"),
    ],
)
def test_it_takes_no_other(name: str, data: bytes, words: str) -> None:
    with pytest.raises(NotTaken) as refused:
        kind_of(data, name)
    assert words in refused.value.reason
    assert f"“{name}”" in refused.value.reason


def test_it_keeps_the_right_ones_of_a_choice_and_names_the_wrong(settings: Settings) -> None:
    big = UploadedFile(Untouched(), "录像.pdf", size=11 * 1024 * 1024)
    files = [upload("a.png"), upload("空.pdf", b""), big, upload("b.png"), upload("网页.png", HTML)]

    taken, faults = judge([*files, upload("方案.pdf", sample.PDF)])

    assert [one.name for one in taken] == ["a.png", "方案.pdf"]
    assert faults == [
        "“空.pdf”是空的，请检查后重新选择。",
        "“录像.pdf”有11.0MB，超过10MB。请压缩或者分开后上传。",
        "“b.png”与已有的“a.png”内容相同，没有重复上传。",
        "“网页.png”的内容与扩展名不符，可能已损坏或者改过名。请打开核对，另存后重新选择。可上传PDF、图片（jpg、png）、Word（docx）和Excel（xlsx）。",
    ]
    settings.UPLOAD_LIMIT_MB = 1
    assert "超过1MB" in judge([UploadedFile(Untouched(), "a.pdf", size=2 * 1024 * 1024)])[1][0]


def test_it_takes_ten_and_no_eleventh() -> None:
    known = {str(number): f"{number}.pdf" for number in range(9)}
    taken, faults = judge([upload("十.png"), upload("十一.pdf", sample.PDF)], known)
    assert [one.name for one in taken] == ["十.png"]
    assert faults == ["“十一.pdf”没有上传：最多10个文件，可以先移除不需要的。"]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("C:\\桌面\\现场.PNG", "现场.PNG"),
        ("合同.exe", "合同.exe.png"),
        ("gnp.\u202e合同.png", "gnp.合同.png"),
        ("长" * 300, "长" * 196 + ".png"),
    ],
)
def test_it_names_a_file_as_what_it_is(given: str, kept: str) -> None:
    (taken, _) = judge([UploadedFile(io.BytesIO(sample.PNG), given, size=len(sample.PNG))])
    assert [one.name for one in taken] == [kept]


class Untouched(io.BytesIO):
    """A file that nobody may read."""

    def read(self, size: int | None = -1, /) -> bytes:
        raise AssertionError("the file was read")
