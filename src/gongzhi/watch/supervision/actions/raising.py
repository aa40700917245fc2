"""Findings come to be, and their answers come too late."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Unit
from gongzhi.watch.supervision.dues import answer_due
from gongzhi.watch.supervision.events import ANSWER_MISSED, RAISED
from gongzhi.watch.supervision.judging.bench import Found
from gongzhi.watch.supervision.models import Finding


@action
def raise_findings(by: Actor, found: Sequence[Found]) -> list[Finding]:
    """Keep what was found, and tell the log which unit must answer by when."""
    units = Unit.objects.select_related("parent").in_bulk({one.unit for one in found})
    raised = [_raised(one, units) for one in found if one.unit in units]
    for finding in raised:
        finding.save()
        record(
            RAISED, finding, rule=finding.rule, severity=finding.severity, unit=finding.unit_id,
            answerer=finding.answerer_id, matter=finding.matter_id,
            happened_at=finding.happened_at, due_at=finding.due_at,
        )  # fmt: skip
    return raised


def _raised(found: Found, units: Mapping[int, Unit]) -> Finding:
    rule, unit = found.rule, units[found.unit]
    answerer = unit.parent if rule.answered_by == "above" and unit.parent else unit
    return Finding(
        rule=rule.code,
        severity=rule.severity,
        key=found.key,
        unit=unit,
        answerer=answerer,
        matter_id=found.matter,
        happened_at=found.happened_at,
        raised_at=now(),
        entries=list(found.entries),
        facts=dict(found.facts),
        basis_zh=rule.basis.said_in("zh-hans"),
        basis_en=rule.basis.said_in("en"),
        due_at=answer_due(rule, now()),
    )


@action
def miss_answers(by: Actor, findings: Sequence[int]) -> int:
    """Tell the log of which of these the answer is late; how many."""
    late = Finding.objects.select_for_update().filter(
        pk__in=findings, due_at__lt=now(), missed_at=None, closed_at=None
    )
    missed = list(late)
    for finding in missed:
        finding.missed_at = now()
        finding.save(update_fields=["missed_at"])
        record(ANSWER_MISSED, finding, unit=finding.answerer_id, due_at=finding.due_at)
    return len(missed)
