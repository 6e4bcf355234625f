"""Ways of writing a name that must agree, and ways that must not."""

import pytest

from departments.names import canonical, collective

SAME = [
    ("市发改委", "市发展改革委", "市发展和改革委员会", "平凉市发展和改革委员会", "平凉市发改委", "发改委"),
    ("市卫健委", "市卫生健康委", "平凉市卫生健康委员会", "市卫健委（市中医药局）", "市 卫健委"),
    ("市人社局", "市人力资源和社会保障局", "市人力资源社会保障局", "平凉市人力资源和社会保障局"),
    ("市医保局", "医保局", "平凉市医疗保障局"),
    ("市工信局", "平凉市工业和信息化局"),
    ("市市场监管局", "市场监管局", "平凉市市场监督管理局", "市市场监督管理局"),
    ("市委编办", "市编办", "中共平凉市委机构编制委员会办公室", "平凉市委编办"),
    ("市政府办公室", "平凉市人民政府办公室", "市人民政府办公室"),
    ("市委宣传部", "中共平凉市委宣传部", "宣传部"),
    ("平凉银保监分局", "银保监分局", "平凉市银保监分局"),
    (
        "各县市区人民政府",
        "各县（市、区）人民政府",
        "各县(市、区)政府",
        "各县区",
        "县（区）党委、政府",
        "各区县（自治县）人民政府",
    ),
    ("各市（州）人民政府", "各市州", "各地区"),
]
DIFFERENT = [
    ("省卫健委", "市卫健委"),
    ("市卫健委", "市医保局"),
    ("市发改委", "市发改局"),
    ("崆峒区人民政府", "静宁县人民政府"),
    ("各县市区人民政府", "各市州人民政府"),
    ("市教育局", "市科技局"),
    ("县（区）医改领导小组", "县（区）政府"),
]


@pytest.mark.parametrize("writings", SAME)
def test_it_brings_all_writings_of_a_department_together(writings: tuple[str, ...]) -> None:
    assert len({canonical(one, "平凉市") for one in writings}) == 1


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_it_keeps_different_departments_apart(one: str, other: str) -> None:
    assert canonical(one, "平凉市") != canonical(other, "平凉市")


@pytest.mark.parametrize(
    ("place", "one", "other"),
    [
        ("吉林省", "省人力资源社会保障厅", "吉林省人力资源和社会保障厅"),
        ("重庆市", "市人力社保局", "重庆市人力资源和社会保障局"),
        ("重庆市", "市经济信息委", "重庆市经济和信息化委员会"),
        ("静宁县", "县医保局", "静宁县医疗保障局"),
        ("宁夏回族自治区", "自治区卫生健康委", "宁夏回族自治区卫生健康委员会"),
        ("崆峒区", "区卫健局", "崆峒区卫生健康局"),
    ],
)
def test_it_drops_the_level_of_every_kind_of_place(place: str, one: str, other: str) -> None:
    assert canonical(one, place) == canonical(other, place)


@pytest.mark.parametrize("name", ["市场监管局", "市直机关工委", "市政工程处"])
def test_it_takes_no_level_off_a_word_that_begins_with_it(name: str) -> None:
    assert canonical(name, "平凉市") == name


@pytest.mark.parametrize("name", ["", "　", "市", "平凉市", "各有关单位"])
def test_it_survives_names_that_are_none(name: str) -> None:
    assert canonical(name, "平凉市") == name.strip()


@pytest.mark.parametrize("name", ["市卫健委", "崆峒区", "县（区）医改领导小组", "各有关单位", "市区"])
def test_it_takes_a_single_department_for_no_collective(name: str) -> None:
    assert collective(name) is None
