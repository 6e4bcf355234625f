"""Files made to break, stall or fill up whoever reads them."""

import io
import random
import zipfile
import zlib
from collections.abc import Iterable

from docx import Document
from openpyxl import Workbook

LINE = b"BT /F1 12 Tf 72 700 Td (Health reform plan 2020) Tj ET\n"
PAGE = (
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
    b" /Resources << /Font << /F1 5 0 R >> >> >>"
)
SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">%s</worksheet>'
LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><a>&c;</a>'
)
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'


def archive(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return out.getvalue()


def members_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def docx(body: bytes = b"", **others: bytes) -> bytes:
    """A Word file that Word would open, with this in its body and these further members."""
    out = io.BytesIO()
    Document().save(out)
    members = members_of(out.getvalue())
    members["word/document.xml"] = members["word/document.xml"].replace(b"<w:body>", b"<w:body>" + body)
    return archive(members | others)


def paragraphs(count: int) -> bytes:
    return docx(b"".join(b"<w:p><w:r><w:t>%d</w:t></w:r></w:p>" % (n * 7919) for n in range(count)))


def xlsx(inner: bytes) -> bytes:
    """An Excel file with this inside its only sheet."""
    out = io.BytesIO()
    Workbook().save(out)
    return archive(members_of(out.getvalue()) | {"xl/worksheets/sheet1.xml": SHEET % inner})


def pdf(objects: Iterable[bytes]) -> bytes:
    out = io.BytesIO()
    out.write(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(b"%010d 00000 n \n" % out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start, size = out.tell(), len(places) + 1
    out.write(b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, b"".join(places)))
    out.write(b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (size, start))
    return out.getvalue()


def pdf_page(content: bytes, more: Iterable[bytes] = (), times: int = 1) -> bytes:
    """One page with this content stream, so many times and packed."""
    packing = zlib.compressobj(9)
    packed = b"".join([packing.compress(content) for _ in range(times)]) + packing.flush()
    stream = b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed)
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    tree = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    return pdf([b"<< /Type /Catalog /Pages 2 0 R >>", tree, PAGE, stream, font, *more])


def pdf_deep_tree(depth: int) -> bytes:
    levels = [b"<< /Type /Pages /Kids [%d 0 R] /Count 1 >>" % (n + 3) for n in range(depth)]
    return pdf([b"<< /Type /Catalog /Pages 2 0 R >>", *levels])


def pdf_ring() -> bytes:
    ring = b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>"
    return pdf([b"<< /Type /Catalog /Pages 2 0 R >>", ring])


def lying(data: bytes, name: str) -> bytes:
    """The archive with a small size declared for one of its members, in both places."""
    changed = bytearray(data)
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        size = opened.getinfo(name).file_size.to_bytes(4, "little")
    for mark, size_at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = changed.find(mark)
        while place >= 0:
            if changed[place + size_at : place + size_at + 4] == size:
                changed[place + size_at : place + size_at + 4] = (100).to_bytes(4, "little")
            place = changed.find(mark, place + 4)
    return bytes(changed)


def noise(size: int) -> bytes:
    return random.Random(7).randbytes(size)  # noqa: S311  # the same noise each time


def ole(stream: str) -> bytes:
    """What an encrypted Office file begins with: the old container, and the name of its only stream."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1016) + stream.encode("utf-16-le")
