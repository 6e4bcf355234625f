"""Numbers to reach, and numbers that are none."""

import pytest

from documents.parsing.excerpt import Excerpt
from documents.parsing.targets import find_targets


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("产值增长8%以上", [(8.0, "%", ">=")]),
        ("引进人才不少于20名", [(20.0, "名", ">=")]),
        ("培育企业30家以上", [(30.0, "家", ">=")]),
        ("新建公园3—5个", [((3.0, 5.0), "个", "between")]),
        ("给予最高50万元补助", [(50.0, "万元", "<=")]),
        ("3个工作日内办结", [(3.0, "个工作日", "<=")]),
        ("覆盖率达到95 %", [(95.0, "%", ">=")]),
        ("由每人520元提高到550元", [(550.0, "元", "=")]),
        ("为全市12所学校配备校医", [(12.0, "所", "=")]),
        ("根据某发〔2020〕81号文件", []),
        ("联系电话12345678", []),
        ("2021年12月31日前完成", []),
    ],
)
def test_it_reads_numbers_to_reach(text: str, wanted: list[tuple[object, str, str]]) -> None:
    assert [(one.value, one.unit, one.comparator) for one in find_targets(Excerpt.of(text))] == wanted
