"""How a circular names the office, whom it is sent to, and the ledger: derived from the jurisdiction.

The office of a coordinating body writes to its member units, not to lower governments: those stand in
抄送 (docs/rules.md, 通报).
"""

from __future__ import annotations

from departments.models import Department, Jurisdiction
from progress.models import ReportingPeriod
from reports.periods import short_name
from tasks.models import Ledger

BODY = "深化医药卫生体制改革领导小组"
_ENDINGS = ("自治区", "自治州", "省", "市", "县", "区", "旗", "州", "盟")
_LEVEL_WORDS = {"province": "省", "city": "市", "county": "县"}


def level_word(place: Jurisdiction) -> str:
    """省、市、县、区 as the place calls itself; 重庆市 is of provincial rank and still 市."""
    ending = next((one for one in _ENDINGS if place.name.endswith(one)), "")
    return ending or _LEVEL_WORDS[place.level]


def issuer_of(place: Jurisdiction) -> str:
    """The reform office's full name; the common one when no department is marked as the office."""
    office = Department.objects.filter(jurisdiction=place, is_office=True, active_until__isnull=True).first()
    return office.name if office else f"{place.name}{BODY}办公室"


def short_office(place: Jurisdiction) -> str:
    """市医改办."""
    return f"{level_word(place)}医改办"


def addressees_of(place: Jurisdiction) -> str:
    """主送: the member units."""
    return f"{level_word(place)}{BODY}各成员单位"


def copies_of(place: Jurisdiction) -> str:
    """抄送: the government's general office, and the reform offices one level down."""
    word = level_word(place)
    if place.level == Jurisdiction.Level.PROVINCE:
        below = "各区县医改办" if word == "市" else "各市（州）医改办"
        return f"{word}政府办公厅，{below}"
    if place.level == Jurisdiction.Level.CITY:
        return f"{word}政府办公室，各县（市、区）医改办"
    return f"{word}政府办公室"


def title_of(ledger: Ledger, period: ReportingPeriod) -> str:
    """关于2020年下半年医改重点工作任务第三季度进展情况的通报."""
    name = ledger.name.removeprefix(ledger.jurisdiction.name)
    return f"关于{name}{short_name(period)}进展情况的通报"


def basis_of(ledger: Ledger) -> str:
    """The paper behind the ledger with its number; titles inside a title take 〈〉."""
    document = ledger.document
    if document is None:
        return f"《{ledger.name}》"
    title = document.title.replace("《", "〈").replace("》", "〉")
    return f"《{title}》" + (f"（{document.number}）" if document.number else "")
