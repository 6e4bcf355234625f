"""审签 and the head's return."""

from datetime import date

import pytest

from departments.models import Membership
from departments.permissions import Refused
from progress.moves import NotPossible
from progress.sign_off import send_back, sign
from progress.tests.cast import MORNING, Cast, make_cast


@pytest.fixture
def cast(db: None) -> Cast:
    cast = make_cast(needs_sign_off=True)
    cast.in_state("submitted")
    return cast


def test_it_lets_the_report_leave_the_department(cast: Cast) -> None:
    signed = sign(cast.report, version=0, by=cast.head, at=MORNING)
    assert (signed.state, signed.signed_by, signed.signed_at) == ("signed", cast.head, MORNING)


def test_it_sends_back_with_the_reason_and_three_working_days(cast: Cast) -> None:
    back = send_back(cast.report, version=0, by=cast.head, reason="数据与统计口径不一致。", at=MORNING)
    assert (back.state, back.return_reason) == ("returned", "数据与统计口径不一致。")
    assert (back.returned_by, back.revise_by) == (cast.head, date(2020, 12, 15))


def test_it_refuses_to_send_back_without_a_reason(cast: Cast) -> None:
    with pytest.raises(NotPossible) as refused:
        send_back(cast.report, version=0, by=cast.head, reason=" ", at=MORNING)
    assert refused.value.reason == "退回须写明意见。"
    cast.report.refresh_from_db()
    assert cast.report.state == "submitted"


def test_it_refuses_the_author_as_signer(cast: Cast) -> None:
    Membership.objects.create(user=cast.reporter, department=cast.department, role="head")
    with pytest.raises(Refused) as refused:
        sign(cast.report, version=0, by=cast.reporter, at=MORNING)
    assert str(refused.value) == "不能审签自己填报的报告，请由本单位其他审核人审签。"
    cast.report.refresh_from_db()
    assert cast.report.state == "submitted"
