"""Who may change files; every refusal says why. Adding and removing count as writing the report."""

from datetime import date

from departments.models import User
from departments.permissions import Decision, Denied
from progress.models import Evidence
from progress.permissions import may
from progress.workflow import Act


def remove_file(user: User, evidence: Evidence, on: date) -> Decision:
    """Take a file out again: while its report can be written, by who may write it."""
    if evidence.report is None:
        return Denied("销号申请的佐证材料随申请一并提交，不能移除。需要更换的，请撤回申请后重新提出。")
    return may(user, evidence.report, Act.SAVE, on)
