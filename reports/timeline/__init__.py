"""办理经过: everything that happened to a task, as far as the person who looks may know it."""

from reports.timeline.event import Event, Kind
from reports.timeline.whole import timeline

__all__ = ["Event", "Kind", "timeline"]
