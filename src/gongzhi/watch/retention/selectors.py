"""The proof of retention, and the record of processing: both read from what is there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max
from django.utils.translation import ngettext

from gongzhi.base.catalogue.kinds.dataset import Dataset, Sensitivity
from gongzhi.base.catalogue.kinds.keeping import Keeping
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import now
from gongzhi.base.log.limits import limits as watched
from gongzhi.base.log.models import Entry, Job
from gongzhi.watch.exchange.datasets.selectors import Told, everything
from gongzhi.work.dossier.models import LegalHold
from gongzhi.work.personal.models import StewardFile

PERSONAL = (Sensitivity.PERSONAL, Sensitivity.SENSITIVE)


@dataclass(frozen=True)
class Line:
    """One limit: how long, what is past it now, and what the log says went."""

    keeping: Keeping
    datasets: tuple[Dataset, ...]
    overdue: int | None
    """How many rows are past it and still there; None where not even that is told."""
    any_overdue: bool
    deeds: int
    """How often the log tells that some went."""
    last: datetime | None
    ran_at: datetime | None
    """When the job that does it last ended."""
    failures: int

    @property
    def kept_words(self) -> str:
        """How long, in words."""
        hours = int(self.keeping.keep.total_seconds()) // 3600
        days = hours // 24
        if days:
            return ngettext("%(n)s 天", "%(n)s 天", days) % {"n": days}
        return ngettext("%(n)s 小时", "%(n)s 小时", hours) % {"n": hours}


def limits() -> list[Line]:
    """Every limit of the catalogue. As many queries whatever the number of rows."""
    told = _told_by_log({kind for one in watched().values() for kind in one.kinds})
    jobs = {
        one.name: one
        for one in Job.objects.filter(name__in=[one.job for one in watched().values()])
    }
    return [_line(one, told, jobs) for one in catalogue().keeping.values()]


def _line(
    keeping: Keeping, told: dict[str, tuple[int, datetime]], jobs: dict[str, Job]
) -> Line:  # fmt: skip
    limit = watched()[keeping.code]
    rows = limit.overdue(now() - keeping.keep)
    went = [told[kind] for kind in limit.kinds if kind in told]
    job = jobs.get(limit.job)
    sets = tuple(one for one in catalogue().datasets.values() if keeping.code in one.keepings)
    return Line(
        keeping, sets, None if limit.uncounted else rows, rows > 0, sum(n for n, _at in went),
        max((at for _n, at in went), default=None),
        job.ended_at if job else None, job.failures if job else 0,
    )  # fmt: skip


def _told_by_log(kinds: Iterable[str]) -> dict[str, tuple[int, datetime]]:
    found = Entry.objects.filter(kind__in=set(kinds)).values("kind")
    rows = found.annotate(n=Count("seq"), last=Max("at")).order_by()
    return {row["kind"]: (row["n"], row["last"]) for row in rows}


def holds() -> list[LegalHold]:
    """What a law keeps beyond its time, the oldest first."""
    found = LegalHold.objects.filter(lifted_at=None).select_related("matter", "set_by")
    return list(found.order_by("set_at"))


def by_person() -> list[tuple[str, int, datetime]]:
    """What was erased one by one, as people decided: event, how often, when last."""
    found = _told_by_log(DECIDED)
    return [(kind, *found[kind]) for kind in DECIDED if kind in found]


DECIDED = (
    "people.person_erased", "participation.words_erased", "complaints.words_erased",
    "calls.words_erased", "public_services.words_erased", "proposals.words_erased",
    "personal.words_erased", "dossier.case_erased", "files.file_erased", "files.key_destroyed",
)  # fmt: skip
"""Events by which somebody decided that something be forgotten, in the page's order."""


def without_limit() -> list[Dataset]:
    """Personal data that no time erases by itself: each says when it goes instead."""
    sets = catalogue().datasets.values()
    return [one for one in sets if one.sensitivity in PERSONAL and not one.keepings]


def processing() -> list[Told]:
    """Every dataset with personal data, for the record of processing."""
    return [one for one in everything() if one.dataset.sensitivity in PERSONAL]


def assessed() -> dict[str, StewardFile]:
    """Dataset → its latest assessment that was approved."""
    found = StewardFile.objects.filter(sort=StewardFile.Sort.ASSESSMENT, matter__step="approved")
    return {one.dataset: one for one in found.select_related("matter").order_by("pk")}


def unassessed() -> list[Dataset]:
    """Sensitive personal data that is processed without an assessment (PIPL art. 55)."""
    done, sets = assessed(), catalogue().datasets.values()
    return [
        one for one in sets
        if one.sensitivity == Sensitivity.SENSITIVE and one.code not in done
    ]  # fmt: skip
