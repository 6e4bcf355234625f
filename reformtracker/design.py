"""The living page: every partial of the look in all its states, drawn by the templates that the product uses.

It is routed only in development and in a demonstration; docs/design.md says what each part is for.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from departments.face_forms import DayField, PercentField

SAMPLE_DAY = date(2020, 12, 10)
SAMPLE_END = date(2020, 12, 31)
SAVED_AT = datetime(2020, 12, 10, 10, 42, tzinfo=ZoneInfo("Asia/Shanghai"))
STATES = {"normal": "正常", "behind": "滞后", "done": "已完成"}
LISTS = {"pages": "每一页", "tables": "每一张表"}


@dataclass(frozen=True)
class SampleLight:
    """A light as the light rule would return it."""

    colour: str
    word: str
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class SampleTask:
    """A row of the sample table."""

    title: str
    leads: tuple[str, ...]
    due_on: date
    confirmed: float | None
    expected: float
    light: SampleLight


class SampleForm(forms.Form):
    """One field of every kind."""

    text = forms.CharField(label="进展情况", widget=forms.Textarea(attrs={"rows": 2}))
    percent = PercentField(label="完成进度", help_text="上季45%，应达88.6%。")
    due_on = DayField(label="拟延至")
    reason = forms.ChoiceField(
        label="无变化的原因", choices=[("", "请选择"), ("plan", "按计划推进，本季没有新的节点")]
    )
    judgement = forms.ChoiceField(label="本单位判断", choices=list(STATES.items()), widget=forms.RadioSelect)
    prints = forms.MultipleChoiceField(
        label="打印内容", choices=list(LISTS.items()), required=False, widget=forms.CheckboxSelectMultiple
    )
    evidence = forms.FileField(label="佐证材料", required=False)
    unchanged = forms.BooleanField(label="本季无变化", required=False)


class SampleFilter(forms.Form):
    """The fields of a sample filter bar."""

    section = forms.ChoiceField(
        label="章节", choices=[("", "全部章节"), ("1", "一、加强公共卫生体系建设（5）")]
    )
    search = forms.CharField(
        label="查找任务",
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "任务名称或正文", "size": 16}),
    )


LIGHTS = (
    SampleLight("red", "红 滞后", ("超过完成时限10天（11月30日到期）", "静宁县第三季度未报")),
    SampleLight("yellow", "黄 预警", ("低于序时进度14.5个百分点",)),
    SampleLight("green", "绿 正常", ("达到序时进度",)),
    SampleLight("done", "完成", ("12月1日销号",)),
    SampleLight("idle", "未到期"),
    SampleLight("stop", "终止", ("与省级任务合并，经批准终止",)),
)
TASKS = (
    SampleTask("（十三）落实政府投入保障责任", ("市发改委", "市财政局"), SAMPLE_END, 50, 88.6, LIGHTS[0]),
    SampleTask("（二十四）促进中医药振兴发展", ("市卫健委",), date(2021, 3, 31), 45, 59.5, LIGHTS[1]),
    SampleTask("（一）改革完善疾病预防控制体系", ("市卫健委",), SAMPLE_END, 92, 88.6, LIGHTS[2]),
    SampleTask("（十九）完善药品耗材使用政策", ("市医保局",), date(2021, 12, 31), None, 10, LIGHTS[4]),
)
COUNTS = (3, 8, 11, 2, 1)
STATUSES = (
    ("expected", "未开始", "已带入上季内容"),
    ("draft", "草稿", "今天10:42已保存"),
    ("submitted", "已提交", "单位审核人审签中"),
    ("signed", "已审签", "医改办审核中"),
    ("returned", "退回修改", "12月9日退回"),
    ("accepted", "已确认", "11月16日确认"),
    ("exempt", "免报", "任务已终止"),
)


def living(request: HttpRequest) -> HttpResponse:
    """Show every part of the look together, with samples and no data of the installation."""
    return render(request, "design/living.html", sample_context())


def sample_context() -> dict[str, Any]:
    """What the living page shows; fixed, so that two renderings are the same."""
    return {
        "on": SAMPLE_DAY,
        "saved_at": SAVED_AT,
        "lights": LIGHTS,
        "tasks": TASKS,
        "statuses": STATUSES,
        "form": SampleForm(
            initial={"percent": 45, "due_on": date(2021, 3, 31), "judgement": "behind"}, prefix="good"
        ),
        "wrong_form": SampleForm({"wrong-percent": "120", "wrong-judgement": ""}, prefix="wrong"),
        "filter_form": SampleFilter(),
        "tabs": [{"label": "全部", "url": "?", "count": 25, "current": True, "light": ""}, *_light_tabs()],
        "page": Paginator(range(64), 25).page(2),
    }


def _light_tabs() -> list[dict[str, Any]]:
    return [
        {"label": light.word, "url": f"?light={light.colour}", "count": count, "light": light.colour}
        for light, count in zip(LIGHTS, COUNTS, strict=False)  # nothing is terminated in the sample
    ]
