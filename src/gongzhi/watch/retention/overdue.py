"""Of each limit of `catalogue/keeping`: how many rows are older than it allows, by which job they
go, and by which event the log tells so. Asked of the rows themselves, not of the jobs: a job that
failed, or was never written, shows here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from gongzhi.base.reach.models import Proof
from gongzhi.watch.notices.models import Notice
from gongzhi.work.appointments.models import Appointment
from gongzhi.work.crews.models import Receipt
from gongzhi.work.dispatch.models import ResponseUnit
from gongzhi.work.patrol.plans.models import Stop
from gongzhi.work.personal.selectors.due import held, over
from gongzhi.work.volunteering.selectors.sweeping import over as volunteers_over
from gongzhi.work.workforce.care.models import Slot
from gongzhi.work.workforce.officers.models import Leave

Count = Callable[[datetime], int]


@dataclass(frozen=True)
class Limit:
    """How one limit is watched. ``overdue`` counts what is older than that moment."""

    overdue: Count
    job: str
    kinds: tuple[str, ...] = ()
    """Events that tell of what went; none where only the job tells."""
    uncounted: bool = False
    """Of what is sensitive not even a number is told, only whether there is any."""


LIMITS: dict[str, Limit] = {
    "contacts": Limit(
        lambda _at: over().count() - held().count(), "personal.keeping",
        ("personal.contacts_let_go",),
    ),
    "appointments": Limit(
        lambda at: Appointment.objects.filter(
            day__lt=timezone.localdate(at), erased_at=None
        ).count(),
        "appointments.keeping", ("appointments.contact_erased",),
    ),
    "volunteers": Limit(
        lambda _at: volunteers_over().count(), "volunteering.keeping",
        ("volunteering.contact_erased",),
    ),
    "proofs": Limit(
        lambda at: Proof.objects.filter(asked_at__lt=at).count(), "reach.keeping",
        ("reach.proofs_erased",),
    ),
    "notices": Limit(lambda at: Notice.objects.filter(made_at__lt=at).count(), "notices.forget"),
    "crew_reports": Limit(
        lambda at: Receipt.objects.filter(told_at__lt=at).count(), "crews.keeping",
        ("crews.receipts_dropped",),
    ),
    "unit_positions": Limit(
        lambda at: ResponseUnit.objects.filter(seen_at__lt=at).count(), "crews.keeping",
        ("dispatch.position_dropped",),
    ),
    "patrol_units": Limit(
        lambda at: Stop.objects.filter(plan__ends_at__lt=at, crew__isnull=False).count(),
        "plans.keeping", ("plans.units_forgotten",),
    ),
    "leave_words": Limit(
        lambda at: Leave.objects.filter(
            erased_at=None, last_day__lt=timezone.localdate(at)
        ).count(),
        "officers.keeping", ("officers.leave_words_erased",),
    ),
    "care_talks": Limit(
        lambda at: Slot.objects.filter(starts_at__lt=at).count(), "care.keeping",
        uncounted=True,
    ),
}  # fmt: skip
"""By code; a test allows no limit of the catalogue without its line here."""
