"""Plain text and the door: encodings, sizes, wrong extensions."""

import pytest

from documents.readers import UnreadableFile, read
from documents.readers.reading import SIZE_LIMIT

PAPER = "甲市方案\n一、加强建设\n（一）完善体系。（市甲局负责）"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_it_reads_text_in_any_usual_encoding(encoding: str) -> None:
    original = read(PAPER.encode(encoding), "方案.txt")
    assert original.text == PAPER
    assert [
        original.text[line.start : line.start + len(line.text)] for line in original.lines
    ] == PAPER.split("\n")


def test_it_reads_lines_with_tabs_as_rows() -> None:
    original = read("序号\t任务\t牵头部门\n1\t建设平台\t市甲局".encode(), "表.txt")
    assert [line.cells for line in original.lines] == [
        ("序号", "任务", "牵头部门"),
        ("1", "建设平台", "市甲局"),
    ]


def test_it_reads_marked_headings() -> None:
    assert [(line.kind, line.text) for line in read("## 一、甲\n正文".encode(), "a.md").lines] == [
        ("heading", "一、甲"),
        ("paragraph", "正文"),
    ]


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (b"", "a.txt", "空的"),
        (b"  \n\n ", "a.txt", "没有可以读取的文字"),
        (b"x" * (SIZE_LIMIT + 1), "a.txt", "20兆字节"),
        ("甲".encode(), "a.exe", "不支持"),
        ("甲".encode(), "无扩展名", "不支持"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 99, "a.doc", "另存为 .docx"),
        ("甲".encode(), "a.xls", "另存为 .xlsx"),
        ("甲".encode(), "a.wps", "另存为 .docx"),
        (b"PK\x03\x04rest", "a.txt", "与扩展名不符"),
        (b"%PDF-1.7", "a.html", "与扩展名不符"),
        ("甲".encode(), "a.pdf", "与扩展名不符"),
        ("甲".encode(), "a.docx", "与扩展名不符"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 99, "a.docx", "加密"),
        (b"PK\x03\x04broken", "a.docx", "损坏"),
        (b"PK\x03\x04broken", "a.xlsx", "损坏"),
        (b"%PDF-1.7 broken", "a.pdf", "损坏"),
        (b"ab\x00\x01cd", "a.txt", "不是文本"),
        (b"\x81\x20\xff\xff", "a.txt", "编码"),
        (b"\n" * 60_000 + b"a", "a.txt", "内容过多"),
    ],
)
def test_it_refuses_and_says_why(data: bytes, name: str, reason: str) -> None:
    with pytest.raises(UnreadableFile, match=reason):
        read(data, name)
