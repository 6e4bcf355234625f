"""The form of a circular's draft: the elements of the paper and one text for each part."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from departments.face_forms import DayField
from reports.bulletin_text import BLOCKS, LIMIT, MAY_BE_EMPTY
from reports.draft_bulletin import rewritten
from reports.models import Bulletin
from reports.save_bulletin import BulletinContent


@dataclass(frozen=True)
class BlockField:
    """One text on the page, and whether a person has changed it."""

    key: str
    field: BoundField
    rewritten: bool


class BulletinForm(forms.Form):
    """What a coordinator may change in a draft; the numbers of the tables come from the ledger."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    title = forms.CharField(label="标题", max_length=200)
    number = forms.CharField(label="发文字号", max_length=60, required=False)
    dated = DayField(label="成文日期")
    as_of = DayField(label="数据截至")
    addressees = forms.CharField(label="主送", max_length=300)
    copies_to = forms.CharField(label="抄送", max_length=300, required=False)

    def __init__(self, bulletin: Bulletin, on: date, data: Any = None) -> None:
        self.bulletin, self.on = bulletin, on
        texts = bulletin.content["texts"]
        super().__init__(data, initial={**_elements(bulletin), **texts})
        for key, label in BLOCKS.items():
            self.fields[key] = forms.CharField(
                label=label,
                max_length=LIMIT,
                required=key not in MAY_BE_EMPTY,
                widget=forms.Textarea(attrs={"rows": 3}),
            )

    def clean_as_of(self) -> date:
        """Figures cannot be taken on a day that is still to come."""
        day: date = self.cleaned_data["as_of"]
        if day > self.on:
            raise forms.ValidationError("数据截至日期不能晚于今天。")
        return day

    def clean(self) -> dict[str, Any]:
        """Refuse a body longer than circulars may be."""
        given = super().clean() or self.cleaned_data
        length = sum(len(given.get(key, "")) for key in BLOCKS)
        if length > LIMIT:
            raise forms.ValidationError(f"正文共{length}字，超过{LIMIT}字上限，请删减。")
        return given

    def blocks(self) -> list[BlockField]:
        """The texts in the order of the paper."""
        changed = rewritten(self.bulletin)
        return [BlockField(key, self[key], key in changed) for key in BLOCKS]

    def content(self) -> BulletinContent:
        """What was entered; line ends as the browser sends them are made plain."""
        given = self.cleaned_data
        return BulletinContent(
            title=given["title"],
            number=given["number"],
            addressees=given["addressees"],
            copies_to=given["copies_to"],
            dated=given["dated"],
            texts={key: given[key].replace("\r\n", "\n") for key in BLOCKS},
        )


def _elements(bulletin: Bulletin) -> dict[str, Any]:
    names = ("title", "number", "dated", "as_of", "addressees", "copies_to")
    return {"revision": bulletin.content["revision"], **{name: getattr(bulletin, name) for name in names}}
