"""Acts on places, departments and holidays."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial

from departments.bodies.add import NewBody, add_body
from departments.bodies.alias import add_alias, remove_alias
from departments.bodies.close import close
from departments.bodies.edit import BodyFacts, edit_body
from departments.bodies.group import add_group, edit_group
from departments.bodies.merge import merge as merge_bodies
from departments.bodies.place import add_place, rename_place
from departments.bodies.rename import rename
from departments.bodies.split import split as split_body
from departments.holidays.keep import add_holidays, remove_holiday
from departments.models import Department, DepartmentGroup
from reformtracker.tests.acts.stage import TODAY, Do, Stage
from timekeeping.models import Holiday

HALF = NewBody(name="平凉市体育中心", short_name="市体育中心")
NEW = NewBody(name="平凉市档案局", short_name="市档案局")


def group(stage: Stage) -> DepartmentGroup:
    return add_group(stage.place, name="各单位", members=[stage.body], by=stage.office, on=TODAY)


def group_edited(stage: Stage) -> Do:
    made = group(stage)
    return partial(
        edit_group,
        made,
        name="各有关单位",
        members=[stage.body, stage.other],
        version=made.version,
        by=stage.office,
        on=TODAY,
    )


def body_act(stage: Stage, act: Callable[..., object], **given: object) -> Do:
    """A change of a department from today."""
    return partial(
        act,
        stage.other,
        since=TODAY,
        reason="机构改革",
        version=stage.other.version,
        by=stage.office,
        on=TODAY,
        **given,
    )


def merged_bodies(stage: Stage) -> Do:
    seen: list[tuple[Department, int]] = [(stage.other, stage.other.version)]
    return partial(
        merge_bodies, seen, into=stage.body, since=TODAY, reason="机构改革", by=stage.office, on=TODAY
    )


def removed_alias(stage: Stage) -> Do:
    alias = add_alias(stage.body, "卫健局", by=stage.office, on=TODAY)
    return partial(remove_alias, alias, by=stage.office)


ACTS: Mapping[str, Callable[[Stage], Do]] = {
    "department.alias": lambda s: partial(add_alias, s.body, "卫健局", by=s.office, on=TODAY),
    "department.alias_removed": removed_alias,
    "department.close": lambda s: body_act(s, close),
    "department.create": lambda s: partial(add_body, s.place, NEW, on=TODAY, by=s.office),
    "department.edit": lambda s: partial(
        edit_body, s.other, BodyFacts("party", 9, True, None), version=s.other.version, by=s.office
    ),
    "department.merge": merged_bodies,
    "department.rename": lambda s: body_act(s, rename, name="平凉市文体局", short_name="市文体局"),
    "department.split": lambda s: body_act(s, split_body, parts=[NEW, HALF], main=None),
    "department_group.create": lambda s: partial(group, s),
    "department_group.edit": group_edited,
    "holiday.add": lambda s: partial(
        add_holidays,
        first=date(2027, 10, 1),
        last=date(2027, 10, 7),
        is_workday=False,
        name="国庆节",
        source="国办发明电",
        by=s.office,
    ),
    "holiday.remove": lambda s: partial(remove_holiday, Holiday.objects.latest("day"), by=s.office),
    "jurisdiction.add": lambda s: partial(
        add_place, s.place, code="620802", name="崆峒区", level="county", by=s.office
    ),
    "jurisdiction.rename": lambda s: partial(
        rename_place, s.place, name="平凉", seen="平凉市", reason="更正", by=s.office
    ),
}
