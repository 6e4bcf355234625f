"""Who signs off: a question that filing and its pages ask alike."""

from collections.abc import Iterable

from departments.models import Membership, User


def signing_off(departments: Iterable[int], *, writer: User) -> frozenset[int]:
    """Those of `departments` in which a report of `writer` is signed off (one query).

    A department signs off when it is set to and somebody else than the writer is its active head: without
    one a report would wait for nobody.
    """
    heads = Membership.objects.filter(
        role=Membership.Role.HEAD, until__isnull=True, user__is_active=True, department__needs_sign_off=True
    )
    found = heads.filter(department__in=set(departments)).exclude(user=writer)
    return frozenset(found.order_by().values_list("department_id", flat=True))
