"""What each notice can tell: the fields that its occasion offers, and which of them are harmless.

A subject line stands on a locked screen and in lists that others see. It may use harmless fields
only: none of them says who somebody is, what they told, or what it is about.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Offer:
    """What a text may use; ``stops``: it must say how to end such notices."""

    fields: frozenset[str]
    harmless: frozenset[str] = frozenset()
    stops: bool = True

    @property
    def all_fields(self) -> frozenset[str]:
        """With what every notice can say."""
        return self.fields | ALWAYS | ({"stop"} if self.stops else frozenset())

    @property
    def for_subjects(self) -> frozenset[str]:
        """What a subject may say."""
        return self.harmless | ALWAYS


ALWAYS = frozenset({"county"})
LINKS = frozenset({"link", "stop"})
"""Fields that are addresses of our own pages."""
_MATTER = Offer(frozenset({"number", "link"}), frozenset({"number"}))
_WARNING = frozenset({"level", "headline", "place", "description", "instruction", "ends", "link"})
# A warning is told to everybody: nothing in it is about a person (test_nobody_is_watched).
_WARNED = Offer(_WARNING, frozenset({"level", "headline", "place"}))
# Of a unit's own matters, to its staff: a number, a clock, a time.
_OWN_CLOCK = Offer(frozenset({"number", "clock", "due", "link"}), frozenset({"number"}))

OFFERS: Mapping[str, Offer] = {
    "code": Offer(frozenset({"code", "minutes"}), frozenset({"minutes"}), stops=False),
    "subscribed": Offer(frozenset({"count"}), frozenset({"count"})),
    "matter_accepted": _MATTER,
    "matter_question": _MATTER,
    "matter_answered": Offer(frozenset({"number", "link", "day"}), frozenset({"number"})),
    "matter_reopened": _MATTER,
    "matter_closed": _MATTER,
    "matter_lapses": Offer(frozenset({"number", "link", "day"}), frozenset({"number", "day"})),
    "warning_issued": _WARNED,
    "warning_updated": _WARNED,
    "warning_over": _WARNED,
    "topic_news": Offer(
        frozenset({"topic", "area", "day", "link"}), frozenset({"topic", "area", "day"})
    ),
    "place_week": Offer(frozenset({"place", "done", "planned", "day", "link"}), frozenset({"day"})),
    "survey_asked": Offer(frozenset({"day", "link"}), frozenset({"day"})),
    "digest": Offer(frozenset({"count", "lines"}), frozenset({"count"})),
    "appointment_tomorrow": Offer(frozenset({"time", "office", "link"}), stops=False),
    "appointment_offer": Offer(frozenset({"time", "office", "until", "link"}), stops=False),
    "task_cancelled": Offer(frozenset({"task", "time", "why", "link"}), stops=False),
    "task_place": Offer(frozenset({"task", "time", "why", "link"}), stops=False),
    "own_clock_soon": _OWN_CLOCK,
    "own_clock_missed": _OWN_CLOCK,
    "own_escalated": Offer(frozenset({"number", "clock", "link"}), frozenset({"number"})),
    "own_reminded": _MATTER,
    "own_answered": _MATTER,
    "own_due": Offer(frozenset({"title", "day", "link"}), frozenset({"title", "day"})),
    "rotation": Offer(frozenset({"office", "link"})),
    "brief": Offer(
        frozenset({"title", "summary", "body", "link"}), frozenset({"title", "summary"})
    ),
    "clock_soon": Offer(
        frozenset({"number", "clock", "due", "link"}), frozenset({"number"}), stops=False
    ),
}
"""Occasion → what its text may tell. Each has one file in ``catalogue/notices``."""
