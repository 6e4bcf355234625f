"""整改时间: what is told of a day by which something has to be put right, before it is set."""

from datetime import date, timedelta

from progress.revising import WORKDAYS
from timekeeping.workdays import exceptions_between, workdays_after


def too_soon(rectify_by: date, on: date) -> str:
    """Why a day leaves a department too little time, or ""; practice complains of "发通知下午就要交"."""
    if rectify_by < on:
        return f"{rectify_by.month}月{rectify_by.day}日已经过去，登记后即为逾期"
    if rectify_by < workdays_after(on, WORKDAYS, exceptions_between(on, on + timedelta(days=30))):
        return f"从今天起到{rectify_by.month}月{rectify_by.day}日不足{WORKDAYS}个工作日"
    return ""
