"""The rules follow the log, and time passes for what has not followed."""

from __future__ import annotations

from collections.abc import Sequence

from gongzhi.base.log.actions import now
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.jobs import every
from gongzhi.base.log.models import Entry
from gongzhi.base.log.readers import Together, reader
from gongzhi.base.log.turns import in_turn
from gongzhi.watch.supervision.actions import miss_answers, raise_findings
from gongzhi.watch.supervision.models import Finding
from gongzhi.watch.supervision.remembering import NAME, judge, periods_over, too_late, unread

SUPERVISION = Actor.system("supervision")
SWEEP_SECONDS = 20.0
MOST = 200


def read_together(entries: Sequence[Entry]) -> None:
    """Judge these entries; what they show becomes findings in the same transaction."""
    if found := judge(entries):
        raise_findings(SUPERVISION, found)


reader(NAME)(Together(read_together))


@every(SWEEP_SECONDS, "supervision.sweep")
def sweep() -> int:
    """Raise what has not followed in time and what full periods show; tell of late answers.

    Nothing while entries are unread: what is missing may stand in one of them.
    """
    at = now()
    with in_turn():
        if unread():
            return 0
        found = [*too_late(at), *periods_over(at)]
        if found:
            raise_findings(SUPERVISION, found)
    late = Finding.objects.filter(due_at__lt=at, missed_at=None, closed_at=None)
    late = late.exclude(state="answered")
    if missed := list(late.order_by("due_at").values_list("pk", flat=True)[:MOST]):
        miss_answers(SUPERVISION, missed)
    return len(found)
