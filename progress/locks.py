"""Why an act is not possible now: by the state of the report, then by the dates of its period.

Every refusal is a sentence that also says the way out; an empty string means that nothing is in the way.
"""

from datetime import date

from progress.models import ProgressReport
from progress.workflow import Act, find_move
from timekeeping.clock import day_of

State = ProgressReport.State
_WRITING = (Act.SAVE, Act.SUBMIT)
_UNSUBMITTED = (State.EXPECTED, State.DRAFT, State.RETURNED)


def why_not(report: ProgressReport, act: Act, on: date) -> str:
    """The sentence that refuses `act` on a day, or "" when it is possible."""
    if find_move(report.state, act) is None:
        return _wrong_state(report, act)
    if act in (*_WRITING, Act.WITHDRAW):
        return why_closed(report, on)
    if act == Act.REOPEN and report.state in _UNSUBMITTED and on <= report.last_day:
        return f"这份报告{_day(report.last_day)}前都可以填报，不需要重新开放。"
    return ""


def why_locked(report: ProgressReport, on: date) -> str:
    """Why its text cannot be changed, or "" while it can."""
    return why_not(report, Act.SAVE, on)


def why_closed(report: ProgressReport, on: date) -> str:
    """Why nothing can be written on that day, whatever the state; "" inside the window."""
    if on < report.period.opens_on:
        return f"{report.period}从{_day(report.period.opens_on)}开始填报，现在还不能填写。"
    if on > report.last_day:
        closed = f"不能修改：{report.period}已于{_day(report.last_day)}关闭。"
        return f"{closed}需要补报的，请联系医改办重新开放。"
    return ""


def _wrong_state(report: ProgressReport, act: Act) -> str:
    if act in _WRITING:
        return _unwritable(report)
    if act == Act.WITHDRAW:
        return _not_withdrawable(report)
    wanted = {
        Act.SIGN: "只有待审签的报告可以审签",
        Act.SEND_BACK: "只有待审签的报告可以由本单位退回",
        Act.ACCEPT: "只有待审核的报告可以确认",
        Act.RETURN: "只有待审核的报告可以退回",
        Act.REOPEN: "只有已确认或未能按期报送的报告可以重新开放",
        Act.EXEMPT: "只有尚未提交的报告可以免报",
    }[act]
    return f"{wanted}，这一份现在是“{report.get_state_display()}”。"


def _unwritable(report: ProgressReport) -> str:
    if report.state == State.SUBMITTED:
        return "不能修改：已提交，正在等待本单位审签。需要更正的，可在医改办审核前撤回。"
    if report.state == State.SIGNED:
        return "不能修改：已提交，医改办正在审核。需要更正的，可在审核前撤回。"
    if report.state == State.EXEMPT:
        return f"不需填报：医改办已同意免报（{report.exempt_reason}）。"
    on = f"于{_day(day_of(report.reviewed_at))}" if report.reviewed_at else ""
    return f"不能修改：医改办已{on}确认。需要更正的，由填报员申请更正，医改办重新开放后修改，原文保留。"


def _not_withdrawable(report: ProgressReport) -> str:
    if report.state == State.ACCEPTED:
        return "不能撤回：医改办已确认。需要更正的，由填报员申请更正，医改办重新开放后修改，原文保留。"
    if report.state == State.EXEMPT:
        return _unwritable(report)
    return "这份报告还没有提交，可以直接修改。"


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"
