"""Questions that were asked of a person: until when they are answered, and whether they were."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from gongzhi.base.calendar.sentences import in_words
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import now
from gongzhi.base.matters.models import ClockRun, Matter

QUESTION, ANSWER = "question", "request_answer"


@dataclass(frozen=True)
class Asked:
    """Questions to persons since a day: how many, and of how many the clock ran out."""

    asked: int
    answered: int
    late: int
    """Answered too late, or unanswered and too late already."""

    @property
    def waiting(self) -> int:
        """Without an answer so far."""
        return self.asked - self.answered


def promised() -> str:
    """Within which time somebody answers, in words; "" where the county promises none."""
    clock = catalogue().clocks.get(ANSWER)
    return in_words(clock.limit) if clock else ""


def asked_since(since: datetime) -> Asked:
    """Counts alone: neither questions nor who asked. Two queries."""
    found = Matter.objects.filter(
        category=QUESTION, procedure="resident_request", county__isnull=True, opened_at__gte=since
    ).exclude(step__in=("withdrawn", "merged"))
    runs = ClockRun.objects.filter(matter__in=found, clock=ANSWER)
    late = {
        run.matter_id for run in runs
        if run.missed_at or (run.due_at and run.due_at < (run.stopped_at or now()))
    }  # fmt: skip
    steps = list(found.values_list("step", flat=True))
    return Asked(
        len(steps), sum(one in ("answered", "closed", "lapsed") for one in steps), len(late)
    )
