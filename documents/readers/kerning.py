"""Pieces of text that a PDF draws in one go with wide jumps between them, made separate.

Office programs draw the quotation marks of a line together, jumping over the words between them. Taken as
one piece they would all stand where the first stands; so each jump becomes a move of its own.
"""

from __future__ import annotations

from collections.abc import Sequence

from pypdf import PageObject, PdfReader
from pypdf.generic import ArrayObject, ContentStream, DictionaryObject, FloatObject, NameObject, NumberObject

_JUMP = -400
_FULL_WIDTH = 1000.0
_Operation = tuple[Sequence[object], bytes]


def spread(page: PageObject, reader: PdfReader) -> None:
    """Rewrite the page in memory: every TJ with a wide jump becomes several, each at its place."""
    contents = page.get_contents()
    if contents is None:
        return
    stream = ContentStream(contents, reader, "bytes")
    operations: list[_Operation] = []
    widths, font = _Widths(page), [NameObject("/"), NumberObject(1)]
    for operands, operator in stream.operations:
        if operator == b"Tf" and len(operands) == 2:
            widths.use(str(operands[0]))
            font = operands
        if operator == b"TJ" and operands and _jumps(operands[0]):
            operations += _moved(operands[0], widths, font)
        else:
            operations.append((operands, operator))
    stream.operations = operations
    page[NameObject("/Contents")] = stream


def _jumps(pieces: object) -> bool:
    inner = list(pieces)[1:-1] if isinstance(pieces, list) else []
    return any(isinstance(one, int | float) and one < _JUMP for one in inner)


def _moved(pieces: object, widths: _Widths, font: Sequence[object]) -> list[_Operation]:
    """The pieces with a move before each that follows a jump, and the move back at the end.

    The font is set again after each move: that is where the reader of the page closes a piece.
    """
    size = float(str(font[1]))
    operations: list[_Operation] = []
    here = moved = 0.0
    held = ArrayObject()
    for one in pieces if isinstance(pieces, list) else []:
        if isinstance(one, int | float):
            here -= float(one) / 1000 * size
            if one < _JUMP and held:
                operations += [
                    ([held], b"TJ"),
                    ([FloatObject(here - moved), NumberObject(0)], b"Td"),
                    (font, b"Tf"),
                ]
                moved, held = here, ArrayObject()
            elif one >= _JUMP:
                held.append(one)
        else:
            held.append(one)
            here += widths.of(one) / 1000 * size
    operations += [([held], b"TJ"), ([FloatObject(-moved), NumberObject(0)], b"Td"), (font, b"Tf")]
    return operations


class _Widths:
    """Widths of the letters of the font in use: as the font says, else full width for two-byte codes."""

    def __init__(self, page: PageObject) -> None:
        resources = page.get("/Resources")
        fonts = resources.get_object().get("/Font") if resources is not None else None
        self._fonts = fonts.get_object() if fonts is not None else DictionaryObject()
        self._first, self._list, self._double = 0, ArrayObject(), False

    def use(self, name: str) -> None:
        """Take the font of this name of the page."""
        found = self._fonts.get(name)
        font = found.get_object() if found is not None else DictionaryObject()
        widths = font.get("/Widths")
        self._double = font.get("/Subtype") == "/Type0"
        self._first = int(font.get("/FirstChar", 0))
        self._list = widths.get_object() if widths is not None else ArrayObject()

    def of(self, text: object) -> float:
        """The width of a string in thousandths of the letter size."""
        codes = getattr(text, "original_bytes", text if isinstance(text, bytes) else b"")
        if self._double:
            return _FULL_WIDTH * (len(codes) // 2)
        places = [code - self._first for code in codes]
        return sum(float(self._list[p]) if 0 <= p < len(self._list) else _FULL_WIDTH / 2 for p in places)
