"""常用退回意见: what the office and heads write again and again, one press away and then edited."""

from __future__ import annotations

from typing import Any

from django import forms

# key: what the button says, what it writes
USUAL = {
    "vague": ("材料空泛", "进展内容比较笼统，请补充具体做法、完成数量和时间节点。"),
    "numbers": ("数文不符", "填报的完成进度与文字内容不符，请核对后修改。"),
    "unanswered": ("未回应意见", "上次的审核意见没有逐条回应，请对照补充。"),
    "lagging": ("滞后未说明", "进度滞后，没有写明原因和整改措施，请补充原因、措施和完成时间。"),
    "copied": (
        "内容未更新",
        "内容与上次基本相同，请写明本季新进展；确无进展的，勾选“本季无变化”并选择原因。",
    ),
    "form": ("格式口径", "格式或者数据口径不符合要求，请调整后再报。"),
}


class ReturningForm(forms.Form):
    """What every form that returns a report offers: a usual reason, which alone suffices as the opinion.

    A script writes the reason into the opinion at once; without one the chosen reason is set before it.
    """

    usual = forms.ChoiceField(
        label="常用退回意见",
        required=False,
        choices=[("", "不使用"), *((key, label) for key, (label, _) in USUAL.items())],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.chosen():
            self.fields["note"].required = False

    def chosen(self) -> str:
        """The usual reason that was chosen in the list, in words; "" without one."""
        return USUAL.get(self.data.get("usual", ""), ("", ""))[1]

    def clean_note(self) -> str:
        """The opinion, with the chosen reason before it unless it holds it already."""
        note, reason = self.cleaned_data["note"], self.chosen()
        return note if reason in note else f"{reason}{note}"

    @property
    def reasons(self) -> list[tuple[str, str]]:
        """Label and sentence of each usual reason, for the buttons."""
        return list(USUAL.values())
