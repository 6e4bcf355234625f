"""Why nothing can be asked or given now; an empty string means that nothing is in the way."""

from datetime import date, timedelta

from progress.contributing.workflow import TABLE, Act
from progress.locks import why_closed, why_locked
from progress.models import Contribution, ProgressReport
from progress.querysets import WAITING_FOR_DEPARTMENT

LIMIT = 500  # characters: a note, not a report
_EXEMPT = ProgressReport.State.EXEMPT


def why_not_ask(report: ProgressReport, on: date) -> str:
    """Why the lead cannot ask others on a day; asking leaves them at least until the next day."""
    if why := why_locked(report, on):
        return why
    if on >= report.last_day:
        return "今天是本期最后一天，来不及再请其他单位提供，请直接联系。"
    return ""


def why_not_by(report: ProgressReport, due_on: date, on: date) -> str:
    """Why a day cannot be set for giving it."""
    if due_on <= on:
        return f"请至少留一天：填{_day(on + timedelta(days=1))}或者以后的日期。"
    if due_on > report.last_day:
        return f"不能晚于{_day(report.last_day)}：本单位的报告最晚当天提交。"
    return ""


def why_not_give(contribution: Contribution, on: date) -> str:
    """Why a department cannot give or change its note on a day."""
    report, lead = contribution.report, contribution.report.department.short_name
    if TABLE.find(contribution.state, Act.GIVE) is None:
        return f"{lead}已经取消，不需要再提供。"
    if report.state == _EXEMPT:
        return f"{lead}本期免报，不需要再提供。"
    if report.state not in WAITING_FOR_DEPARTMENT:
        if contribution.state == Contribution.State.GIVEN:
            return f"不能修改：{lead}已经提交报告。需要更正的，请与{lead}联系。"
        return f"{lead}已经提交报告，不需要再提供。"
    if why_closed(report, on):
        return f"{report.period}已于{_day(report.last_day)}关闭，不需要再提供。"
    return ""


def why_not_cancel(contribution: Contribution) -> str:
    """Why the lead cannot take back what it asked for."""
    if TABLE.find(contribution.state, Act.CANCEL):
        return ""
    word = "已经提供" if contribution.state == Contribution.State.GIVEN else "的已经取消"
    return f"{contribution.department.short_name}{word}，没有办理。"


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"
