"""The steps of a case, what is approved on the way, and clocks that are granted more time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from gongzhi.base.calendar.periods import Period
from gongzhi.base.log.actions import action
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.actions import approve_element, take_step
from gongzhi.base.matters.actions.lengthening import extend_clock, leave_out_journey
from gongzhi.base.matters.models import ClockRun, Matter, Party, ShownElement
from gongzhi.base.ui.errors import Refused
from gongzhi.work.cases.models import Case
from gongzhi.work.cases.permissions import require_approver, require_worker

BESIDE = frozenset({"merged"})
"""Steps that have a form of their own."""


@action
def take_case_step(
    by: Actor,
    case: Case,
    code: str,
    *,
    elements: Mapping[str, str] | None = None,
    party: Party | None = None,
) -> Matter:
    """Take the step with what it must show, about the party whom it concerns. Refuses whoever
    isn't on the case, and whatever `take_step` refuses: a step out of order, a missing element."""
    require_worker(by, case)
    if code in BESIDE:
        raise Refused(_("并案请在“并案”里办理。"), code="own_form")
    return take_step(by, case.matter, code, elements=elements, party=party)


@action
def approve_in_case(by: Actor, case: Case, code: str) -> ShownElement:
    """Approve what the next steps ask for. Refuses everybody who works on the case."""
    require_approver(by, case)
    return approve_element(by, case.matter, code)


@action
def extend_in_case(
    by: Actor,
    case: Case,
    clock: str,
    reason: str,
    length: Period | None = None,
    *,
    party: Party | None = None,
) -> ClockRun:
    """Grant one more time what the law of this clock allows, or less. Refuses who works on the
    case."""
    require_approver(by, case)
    return extend_clock(by, case.matter, clock, reason, length, party.pk if party else None)


@action
def leave_journey_out(
    by: Actor,
    case: Case,
    clock: str,
    since: datetime,
    until: datetime,
    reason: str,
    *,
    party: Party | None = None,
) -> ClockRun:
    """Leave the time that those on the case spent on the way out of a clock."""
    require_worker(by, case)
    whose = party.pk if party else None
    return leave_out_journey(by, case.matter, clock, since, until, reason, whose)
