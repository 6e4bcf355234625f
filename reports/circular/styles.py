"""The circular's styles: fonts, sizes and spacing of GB/T 9704-2012, each declared once.

Sizes are points: 2号 22, 3号 16, 4号 14. Figures stand in one Western face everywhere but in the page number,
for which the standard wants 宋体; the hint keeps quotation marks and dashes Chinese.
"""

from dataclasses import dataclass

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

SONG_TITLE = "方正小标宋简体"
FANG, KAI, HEI, SONG = "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体"

WESTERN = "Times New Roman"

# what a computer without the official font should use instead
ALIASES = {SONG_TITLE: "华文中宋", FANG: "仿宋", KAI: "楷体", HEI: "SimHei", SONG: "SimSun"}

RED = "C8161D"
PITCH = 28.9
# 156 mm are 442.2 points, and 28 characters of 16 points are 448: each is set a quarter of a point closer
CLOSER = -5  # twentieths of a point
CHARACTER = 15.75  # points that one character of the body takes


@dataclass(frozen=True)
class Style:
    """A paragraph style; lengths in points, indents in characters of the grid."""

    name: str
    font: str = FANG
    size: float = 16
    align: str = "both"
    line: float = PITCH
    before: float = 0
    after: float = 0
    first: float = 0
    left: float = 0
    right: float = 0
    colour: str = ""
    outline: int | None = None
    keep: bool = False
    new_page: bool = False
    rule: str = ""
    western: str = WESTERN
    grid: bool = True  # one of the page's 22 lines of 28 characters


_RED_RULE = f'<w:pBdr><w:bottom w:val="single" w:sz="14" w:space="6" w:color="{RED}"/></w:pBdr>'

STYLES = (
    # 发文机关标志: its upper edge 35 mm under the type area's
    Style("发文机关标志", SONG_TITLE, 32, "center", 44, before=94, colour=RED, keep=True, grid=False),
    # two lines under it the number, 4 mm under that the red rule as wide as the type area
    Style("发文字号", align="center", before=2 * PITCH, keep=True, rule=_RED_RULE),
    Style("公文标题", SONG_TITLE, 22, "center", 32, before=2 * PITCH, outline=0, keep=True, grid=False),
    Style("主送机关", before=PITCH, keep=True),
    Style("公文正文", first=2),
    Style("一级标题", HEI, first=2, outline=1, keep=True),
    Style("附件说明"),
    Style("发文机关署名", align="center", keep=True),
    Style("成文日期", align="right", right=4),
    Style("附件序号", HEI, align="left", new_page=True, keep=True),
    # on the third line of the attachment's page
    Style(
        "附件标题", SONG_TITLE, 22, "center", 32, before=PITCH, after=PITCH, outline=0, keep=True, grid=False
    ),
    Style("表格文字", size=12, align="center", line=18, grid=False),
    Style("表头文字", HEI, 12, "center", 18, keep=True, grid=False),
    # the grid's spacing and one character kept free on both sides
    Style("版记", size=14, align="left", line=24, left=1, right=1, grid=False),
    Style("段尾", size=1, line=1, grid=False),
    Style("页码单页", SONG, 14, "right", 16, right=1, western=SONG, grid=False),
    Style("页码双页", SONG, 14, "left", 16, left=1, western=SONG, grid=False),
)

LEAD_STYLE = "二级标题文字"


def fonts_xml(font: str, western: str = WESTERN) -> str:
    """The Chinese font and the one for figures and Latin letters."""
    return (
        f'<w:rFonts w:hint="eastAsia" w:ascii="{western}" w:hAnsi="{western}"'
        f' w:eastAsia="{font}" w:cs="{western}"/>'
    )


def set_styles(document: Document) -> None:
    """Replace the library's own styles by those of an official paper."""
    styles = document.styles.element
    for old in list(styles):
        if old.tag in (qn("w:style"), qn("w:docDefaults")):
            styles.remove(old)
    styles.insert(0, parse_xml(_defaults_xml()))
    for xml in (_NORMAL, _DEFAULT_FONT, _TABLE, _NO_LIST, _lead_xml(), *map(_style_xml, STYLES)):
        styles.append(parse_xml(xml))


def _defaults_xml() -> str:
    return (
        f'<w:docDefaults {nsdecls("w")}><w:rPrDefault><w:rPr>{fonts_xml(FANG)}<w:sz w:val="32"/><w:szCs w:val="32"/>'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
    )


_NORMAL = (
    f'<w:style {nsdecls("w")} w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
    # no extra space between Chinese and figures: it would break the 28 characters of a line
    '<w:pPr><w:widowControl w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'
    f'<w:spacing w:before="0" w:after="0" w:line="{round(PITCH * 20)}" w:lineRule="exact"/><w:jc w:val="both"/></w:pPr>'
    f'<w:rPr>{fonts_xml(FANG)}<w:sz w:val="32"/><w:szCs w:val="32"/></w:rPr></w:style>'
)
_DEFAULT_FONT = (
    f'<w:style {nsdecls("w")} w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    '<w:name w:val="Default Paragraph Font"/><w:semiHidden/></w:style>'
)
_TABLE = (
    f'<w:style {nsdecls("w")} w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="34" w:type="dxa"/>'
    '<w:left w:w="57" w:type="dxa"/><w:bottom w:w="34" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar>'
    "</w:tblPr></w:style>"
)
_NO_LIST = (
    f'<w:style {nsdecls("w")} w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
    "<w:semiHidden/></w:style>"
)


def _lead_xml() -> str:
    return (
        f'<w:style {nsdecls("w")} w:type="character" w:customStyle="1" w:styleId="{LEAD_STYLE}">'
        f'<w:name w:val="{LEAD_STYLE}"/><w:qFormat/><w:rPr>{fonts_xml(KAI)}</w:rPr></w:style>'
    )


def _style_xml(style: Style) -> str:
    colour = f'<w:color w:val="{style.colour}"/>' if style.colour else ""
    half = round(style.size * 2)
    closer = f'<w:spacing w:val="{CLOSER}"/>' if style.grid else ""
    return (
        f'<w:style {nsdecls("w")} w:type="paragraph" w:customStyle="1" w:styleId="{style.name}">'
        f'<w:name w:val="{style.name}"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{_paragraph_xml(style)}</w:pPr>'
        f'<w:rPr>{fonts_xml(style.font, style.western)}{colour}{closer}<w:sz w:val="{half}"/><w:szCs w:val="{half}"/></w:rPr></w:style>'
    )


def _paragraph_xml(style: Style) -> str:
    """Paragraph properties in the order that the schema demands."""
    named = indents(style.first, style.left, style.right).items()
    indent = " ".join(f'w:{name}="{value}"' for name, value in named)
    parts = (
        "<w:keepNext/>" if style.keep else "",
        "<w:pageBreakBefore/>" if style.new_page else "",
        style.rule,
        "" if style.grid else '<w:snapToGrid w:val="0"/>',
        f'<w:spacing w:before="{round(style.before * 20)}" w:after="{round(style.after * 20)}"'
        f' w:line="{round(style.line * 20)}" w:lineRule="exact"/>',
        f"<w:ind {indent}/>",
        f'<w:jc w:val="{style.align}"/>',
        "" if style.outline is None else f'<w:outlineLvl w:val="{style.outline}"/>',
    )
    return "".join(parts)


def indents(first: float, left: float, right: float) -> dict[str, str]:
    """Attributes of w:ind, in characters, with the same in points for programs that do not count characters.

    A negative `first` hangs the first line out.
    """
    name = "hanging" if first < 0 else "firstLine"
    found: dict[str, str] = {}
    for key, characters in ((name, abs(first)), ("left", left), ("right", right)):
        found[f"{key}Chars"] = str(round(characters * 100))
        found[key] = str(round(characters * CHARACTER * 20))
    return found
