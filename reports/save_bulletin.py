"""修改通报: what the coordinator writes into a draft, guarded against a second writer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from audit.record import record
from departments.afresh import afresh
from departments.models import User
from departments.permissions import require
from reports.bulletin_text import BLOCKS
from reports.draft_bulletin import refreshed
from reports.models import Bulletin
from reports.permissions import edit_bulletin

FIELDS = ("title", "number", "addressees", "copies_to", "dated")


class Conflict(Exception):
    """Somebody else saved the draft in the meantime; `current` is what stands."""

    def __init__(self, current: Bulletin) -> None:
        super().__init__(f"bulletin {current.pk} was saved by somebody else")
        self.current = current


@dataclass(frozen=True)
class BulletinContent:
    """What the page sends: the elements of the paper and the texts by block."""

    title: str
    number: str
    addressees: str
    copies_to: str
    dated: date
    texts: dict[str, str]


@transaction.atomic
def save_bulletin(
    bulletin: Bulletin, content: BulletinContent, *, revision: int, by: User, restore: str = ""
) -> Bulletin:
    """Write the draft; `restore` names a block that goes back to the text made from the ledger.

    Raises Conflict when `revision` is not the one that stands, Refused when the draft was issued.
    """
    current = _locked(bulletin, revision, by)
    before = {name: str(getattr(current, name)) for name in FIELDS}
    for name in FIELDS:
        setattr(current, name, getattr(content, name))
    texts = {key: content.texts[key] for key in BLOCKS}
    if restore in BLOCKS:
        texts[restore] = current.content["generated"].get(restore, "")
    changed = [key for key in BLOCKS if texts[key] != current.content["texts"].get(key, "")]
    current.content = {**current.content, "texts": texts}
    _write(current, "bulletin.save", by, before, {"blocks": changed})
    return current


@transaction.atomic
def refresh_bulletin(bulletin: Bulletin, *, revision: int, by: User, on: date) -> Bulletin:
    """Take the figures anew, as of a day; texts that were rewritten stay. Raises as `save_bulletin`."""
    current = refreshed(_locked(bulletin, revision, by), on)
    _write(current, "bulletin.refresh", by, {"as_of": bulletin.as_of.isoformat()}, {})
    return current


def _locked(bulletin: Bulletin, revision: int, by: User) -> Bulletin:
    rows = Bulletin.objects.select_for_update(of=("self",)).select_related(
        "ledger__document", "ledger__jurisdiction", "jurisdiction", "period"
    )
    current = rows.get(pk=bulletin.pk)
    require(edit_bulletin(afresh(by), current))
    if current.content["revision"] != revision:
        raise Conflict(current)
    return current


def _write(
    current: Bulletin, act: str, by: User, before: dict[str, str], extra: dict[str, list[str]]
) -> None:
    current.content["revision"] += 1
    current.save(update_fields=[*FIELDS, "content", "figures", "as_of"])
    after = {name: str(getattr(current, name)) for name in (*FIELDS, "as_of")}
    changed = {name: text for name, text in after.items() if before.get(name) != text}
    record(
        act,
        actor=by,
        target=current,
        jurisdiction_id=current.jurisdiction_id,
        before={name: before[name] for name in changed if name in before},
        after={**changed, **extra},
    )
