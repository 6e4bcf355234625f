"""HTML: what a reader of the page sees, block by block, data tables as rows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree, html

from documents.readers.original import RawLine, UnreadableFile, bounded, row
from documents.readers.plain import decode

_DROPPED = {
    "script",
    "style",
    "nav",
    "noscript",
    "head",
    "iframe",
    "form",
    "select",
    "button",
    "svg",
    "template",
    "footer",
}
_BLOCKS = {
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "html",
    "li",
    "main",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
    "br",
}
#: words in class or id of what a site puts round its texts: menus, breadcrumbs, sharing, printing, copyright
_NOISE = {
    *(
        "nav",
        "navbar",
        "navigation",
        "menu",
        "submenu",
        "breadcrumb",
        "breadcrumbs",
        "crumb",
        "crumbs",
        "position",
    ),
    *(
        "share",
        "bdsharebuttonbox",
        "toolbar",
        "toolbox",
        "print",
        "fontsize",
        "qrcode",
        "ewm",
        "sidebar",
        "related",
    ),
    *(
        "footer",
        "foot",
        "copyright",
        "friendlink",
        "search",
        "login",
        "pagination",
        "pager",
        "prevnext",
        "hits",
    ),
}
_ANSWERS = re.compile(r"牵头|负责|责任(?:单位|部门)|配合|参与")
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_ROLES = {"navigation", "search", "menu", "menubar", "contentinfo"}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([a-zA-Z0-9_-]+)", re.IGNORECASE)
_DEPTH_LIMIT = 200
#: what is thrown away for its name holds at most this part of the text
_SHARE = 4
_SPAN_LIMIT = 50


def read_html(data: bytes) -> list[RawLine]:
    """Blocks of text and table rows; nothing is fetched and no entity is resolved from outside."""
    parser = html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        root = html.document_fromstring(_decoded(data), parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise UnreadableFile("网页文件无法识别。请在浏览器中打开，复制正文到 Word 后另存再上传。") from error
    most = sum(len(text) for text in root.itertext()) // _SHARE
    return bounded(line for line in _Page(most).lines(root) if line.text.strip())


def _decoded(data: bytes) -> str:
    declared = _CHARSET.search(data[:4096])
    name = declared[1].decode("ascii").lower() if declared else ""
    text = (_try(data, "gb18030") if name.startswith("gb") else None) or decode(data)
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text.lstrip("\ufeff"))
    return text.replace("\x00", "") or "<html></html>"


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


class _Page:
    """Walks the tree and gathers inline text until a block begins or ends."""

    def __init__(self, most: int = 0) -> None:
        self._open: list[str] = []
        self._most = most

    def lines(self, root: etree._Element) -> Iterator[RawLine]:
        """All lines below an element."""
        yield from self._walk(root, 0)
        yield from self._flush("paragraph")

    def _walk(self, element: etree._Element, depth: int) -> Iterator[RawLine]:
        tag = element.tag if isinstance(element.tag, str) else ""
        if not tag or tag in _DROPPED or depth > _DEPTH_LIMIT or _is_hidden(element):
            return
        if self._most and _is_noise(element, self._most):
            return
        is_block = tag in _BLOCKS
        if is_block:
            yield from self._flush("paragraph")
        if tag == "table" and _is_data(element):
            yield from _table(element)
            return
        self._open.append(element.text or "")
        for child in element:
            yield from self._walk(child, depth + 1)
            self._open.append(child.tail or "")
        if is_block:
            yield from self._flush("heading" if tag in _HEADINGS else "paragraph")

    def _flush(self, kind: str) -> Iterator[RawLine]:
        text = _clean("".join(self._open))
        self._open.clear()
        if text:
            yield RawLine(text, "heading" if kind == "heading" else "paragraph")


def _clean(text: str) -> str:
    return re.sub(r"[ \t\r\n\u00a0\u3000]+", " ", text).strip()


def _is_hidden(element: etree._Element) -> bool:
    return (
        "hidden" in element.attrib or "display:none" in (element.get("style") or "").replace(" ", "").lower()
    )


def _is_noise(element: etree._Element, most: int) -> bool:
    """By what the site calls it; but much of the page, or a word on who answers for what, is never thrown away."""
    named = f"{element.get('class') or ''} {element.get('id') or ''}"
    words = {word.lower() for word in _WORDS.findall(named)} if named.strip() else set()
    if not words & _NOISE and element.get("role") not in _ROLES:
        return False
    text = "".join(map(str, element.itertext()))
    return len(text) <= most and not _ANSWERS.search(text)


def _rows(table: etree._Element) -> list[etree._Element]:
    return [line for line in table.iter("tr") if next(line.iterancestors("table")) is table]


def _cells(line: etree._Element) -> list[etree._Element]:
    return [cell for cell in line if cell.tag in ("td", "th")]


def _is_data(table: etree._Element) -> bool:
    """Tables that lay out the page hold tables or long running text; they are walked as blocks."""
    if next(table.iterdescendants("table"), None) is not None:
        return False
    rows = _rows(table)
    wide = sum(1 for line in rows if len(_cells(line)) >= 2)
    paragraphs = max(
        (sum(1 for _ in cell.iterdescendants("p", "div")) for line in rows for cell in _cells(line)),
        default=0,
    )
    return wide >= 2 and paragraphs <= 12


def _table(table: etree._Element) -> Iterator[RawLine]:
    """Rows with merged cells repeated downwards and left blank to the right."""
    pending: dict[int, tuple[int, str]] = {}
    for line in _rows(table):
        texts = _row_texts(line, pending)
        filled = [text for text in texts if text]
        if len(filled) == 1 and len(_cells(line)) == 1:
            yield RawLine(filled[0])
        elif filled:
            yield row(texts)


def _row_texts(line: etree._Element, pending: dict[int, tuple[int, str]]) -> list[str]:
    texts: list[str] = []
    for cell in _cells(line):
        _repeat(texts, pending)
        text = _cell_text(cell)
        down, right = _span(cell, "rowspan"), _span(cell, "colspan")
        if down > 1:
            pending[len(texts)] = (down - 1, text)
        texts += [text, *([""] * (right - 1))]
    _repeat(texts, pending)
    return texts


def _repeat(texts: list[str], pending: dict[int, tuple[int, str]]) -> None:
    while len(texts) in pending:
        left, text = pending[len(texts)]
        if left > 1:
            pending[len(texts)] = (left - 1, text)
        else:
            del pending[len(texts)]
        texts.append(text)


def _cell_text(cell: etree._Element) -> str:
    return " ".join(line.text for line in _Page().lines(cell))


def _span(cell: etree._Element, name: str) -> int:
    value = (cell.get(name) or "1").strip()
    return max(1, min(int(value), _SPAN_LIMIT)) if value.isdecimal() else 1
