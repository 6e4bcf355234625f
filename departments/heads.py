"""Who signs off: a question that filing and its pages ask alike."""

from collections.abc import Iterable
from datetime import date

from departments.models import Membership, User


def signing_off(departments: Iterable[int], *, writer: User, on: date) -> frozenset[int]:
    """Those of `departments` in which a report of `writer` is signed off on a day (one query).

    A department signs off when it is set to and somebody else than the writer is its active head, or a
    head's deputy: without one a report would wait for nobody.
    """
    heads = Membership.objects.serving(on).filter(
        role=Membership.Role.HEAD, user__is_active=True, department__needs_sign_off=True
    )
    found = heads.filter(department__in=set(departments)).exclude(user=writer)
    return frozenset(found.order_by().values_list("department_id", flat=True))
