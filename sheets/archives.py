"""Office files are archives: they are measured before anything inside is opened."""

from __future__ import annotations

import io
import re
import zipfile

MEMBER_LIMIT = 3_000
TOTAL_LIMIT = 150 * 1024 * 1024
RATIO_LIMIT = 150
_SMALL = 1024 * 1024
_DECLARES = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)


class UnreadableFile(Exception):
    """The file cannot be read; the message says in Chinese what is wrong and what to do."""


def open_archive(data: bytes, wanted: str) -> zipfile.ZipFile:
    """The archive, after checks on number, size, ratio, encryption and entity declarations of its members."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, EOFError, NotImplementedError) as error:
        raise UnreadableFile("文件已损坏，无法打开。请用 Office 或 WPS 重新保存后上传。") from error
    _check_sizes(members)
    if wanted not in {member.filename for member in members}:
        raise UnreadableFile("文件内容与扩展名不符。请确认文件类型后重新上传。")
    if any(member.filename.lower().endswith("vbaproject.bin") for member in members):
        raise UnreadableFile("不接收带宏的文件。请用 Office 或 WPS 另存为不含宏的文件后重新上传。")
    _check_entities(archive, members)
    return archive


def _check_sizes(members: list[zipfile.ZipInfo]) -> None:
    total = sum(member.file_size for member in members)
    swollen = any(
        member.file_size > _SMALL and member.file_size > RATIO_LIMIT * max(member.compress_size, 1)
        for member in members
    )
    if len(members) > MEMBER_LIMIT or total > TOTAL_LIMIT or swollen:
        raise UnreadableFile("文件解压后过大，存在安全风险，已停止读取。请删去图片等内容后另存再上传。")
    if any(member.flag_bits & 1 for member in members):
        raise UnreadableFile("文件已加密。请取消密码后重新上传。")


def _check_entities(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> None:
    """Office never declares entities; a file that does wants something else."""
    for member in members:
        if not member.filename.endswith((".xml", ".rels")):
            continue
        try:
            content = archive.read(member)
        except (
            zipfile.BadZipFile,
            OSError,
            ValueError,
            EOFError,
            NotImplementedError,
            zipfile.LargeZipFile,
        ) as error:
            raise UnreadableFile("文件已损坏，无法打开。请用 Office 或 WPS 重新保存后上传。") from error
        if _DECLARES.search(content.replace(b"\x00", b"")):
            raise UnreadableFile("文件中含有不允许的外部引用，已停止读取。请用 Office 或 WPS 另存后再上传。")
