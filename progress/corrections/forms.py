"""The two forms of a correction: one sentence what is wrong, one why it stays."""

from django import forms


class CorrectionForm(forms.Form):
    """申请更正: one sentence."""

    reason = forms.CharField(
        label="需要更正的内容",
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "请写明需要更正什么。"},
    )


class DeclineForm(forms.Form):
    """不同意更正: why."""

    reason = forms.CharField(
        label="理由",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "不同意更正的，须写明理由。"},
    )
