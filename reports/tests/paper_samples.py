"""Sample papers for the tests: 平凉市, the third quarter of 2020."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from reports.circular import Attachment, Circular, CircularSection, Paragraph, Table
from reports.workbook import LedgerSheet, SheetRow, SheetSection

AS_OF = date(2020, 12, 10)


def make_row(**fields: Any) -> SheetRow:
    sample = SheetRow(
        number="（一）",
        ref="一/（一）",
        basis="平政办发〔2020〕81号",
        title="改革完善疾病预防控制体系",
        body="研究制定我市重大疫情防控体制机制、健全公共卫生应急管理体系相关措施。",
        leads="市卫健委",
        responsible="市发改委",
        participants="市财政局、市人社局",
        contact="王芳 0933-8213456",
        original_due_on=date(2020, 11, 30),
        due_on=date(2020, 12, 31),
        due_text="2020年12月底前",
        progress="已印发实施方案。",
        said_percent=80,
        confirmed_percent=Decimal("52.5"),
        light_word="红 滞后",
        light_colour="red",
        light_reasons=("低于序时进度38.6个百分点", "静宁县第三季度未报"),
        problems="资金未到位。",
        next_steps="加快推进。",
        review_note="已核。",
        remark="重点",
    )
    return replace(sample, **fields)


def make_ledger(*rows: SheetRow, **fields: Any) -> LedgerSheet:
    sample = LedgerSheet(
        title="平凉市2020年下半年医改重点工作任务台账",
        subtitle="平凉市医改办",
        as_of=AS_OF,
        sections=(SheetSection("一、加强公共卫生体系建设", rows),),
    )
    return replace(sample, **fields)


def make_circular(**fields: Any) -> Circular:
    table = Table(
        ("单位", "牵头数", "报送及时率"), (("市发改委", "4", "100.0%"), ("市卫健委", "18", "94.1%"))
    )
    sections = (
        CircularSection(
            "一、总体情况", (Paragraph("截至2020年12月10日，25项任务中，已完成2项，占8.0%。"), table)
        ),
        CircularSection("二、存在的问题", (Paragraph("庄浪县1份逾期。", "（一）个别单位报送不及时。"),)),
    )
    sample = Circular(
        issuer="平凉市深化医药卫生体制改革领导小组办公室",
        number="平医改办发〔2020〕12号",
        title="关于2020年下半年医改重点工作任务第三季度进展情况的通报",
        addressees="市深化医药卫生体制改革领导小组各成员单位",
        lead="市医改办对25项重点任务进展情况进行了汇总。现将有关情况通报如下。",
        sections=sections,
        attachments=(
            Attachment("任务进展明细表", (table,)),
            Attachment("滞后任务清单", (Paragraph("无。"),)),
        ),
        signer="平凉市深化医药卫生体制改革领导小组办公室",
        signed_on=date(2020, 12, 1),
        copies_to="市政府办公室，各县（市、区）医改办",
        printed_by="平凉市医改办",
        printed_on=date(2020, 12, 11),
    )
    return replace(sample, **fields)
