"""What a seal and an archive are made of: each entry as one line, always the same, and a digest over lines.

Pure but for the type of an entry. The line of an entry is its canonical form: JSON with sorted keys and without
spaces, the moment in UTC with microseconds. Changing it would break every seal there is.
"""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, date
from typing import TYPE_CHECKING

from django.core.serializers.json import DjangoJSONEncoder

if TYPE_CHECKING:
    from audit.models import Entry

_PLAIN = (
    "id",
    "actor_id",
    "actor_name",
    "act",
    "jurisdiction_id",
    "target_type",
    "target_id",
    "target_label",
    "before",
    "after",
    "reason",
    "request_id",
    "address",
)


def line_of(entry: Entry) -> str:
    """The canonical line of an entry."""
    fields = {name: getattr(entry, name) for name in _PLAIN}
    fields["at"] = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    return json.dumps(
        fields, cls=DjangoJSONEncoder, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )


class Digest:
    """The digest of one day: it begins with the previous seal's, takes every line, ends with the count."""

    def __init__(self, previous: str, day: date) -> None:
        self.count = 0
        self._hash = hashlib.sha256(f"{previous}\n{day.isoformat()}\n".encode())

    def add(self, line: str) -> None:
        """Take the next entry's line."""
        self.count += 1
        self._hash.update(line.encode("utf-8", "surrogatepass") + b"\n")

    def close(self, last_id: int) -> str:
        """The digest, with the end of the range and the count in it."""
        self._hash.update(f"{last_id}\n{self.count}\n".encode())
        return self._hash.hexdigest()
