"""What only the whole catalogue shows of a service: its procedure, its clocks, its counters."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from gongzhi.base.calendar.workdays import WorkCalendar
from gongzhi.base.catalogue.kinds.clock import SHANGHAI, Clock
from gongzhi.base.catalogue.kinds.procedure import Procedure
from gongzhi.base.catalogue.kinds.service import Service
from gongzhi.base.catalogue.words import in_both

APPLICATION = "application"
"""The kind of the procedures that a service may run on."""
BEGINS = ("accepted",)
ENDS = ("ready", "refused")
"""Steps that each of those must have: from there to there the service's own clocks run."""
NO_SUCH_LAW = _("法律里没有“%(code)s”这个时限；时限只能引用 catalogue/clocks 里的")
NOT_LAW = _("“%(code)s”是承诺，不是法律规定；写到 promise 里")
NOT_PROMISE = _("“%(code)s”是法律规定，不是承诺；写到 limit 里")
TOO_LONG = _("承诺的时间比法律规定的还长")


def unfit_service(
    service: Service,
    procedures: Mapping[str, Procedure],
    clocks: Mapping[str, Clock],
    calendar: WorkCalendar,
) -> list[str]:
    """What is wrong with it beside the rest of the catalogue, a line each."""
    wrong = _unfit_procedure(service, procedures)
    law = clocks.get(service.limit) if service.limit else None
    promise = clocks.get(service.promise) if service.promise else None
    if service.limit:
        wrong += _unfit_clock("limit", service.limit, law, authority="law")
    if service.promise:
        wrong += _unfit_clock("promise", service.promise, promise, authority="promise")
    if law and promise and not wrong and _is_longer(promise, law, calendar):
        wrong.append(f"promise: {in_both(TOO_LONG)}")
    return [f"services/{service.code}.toml: {one}" for one in wrong]


def _unfit_procedure(service: Service, procedures: Mapping[str, Procedure]) -> list[str]:
    found = procedures.get(service.procedure)
    if found is None:
        return [f"procedure: there is no procedure {service.procedure!r}"]
    if found.kind != APPLICATION:
        return [f"procedure: {found.code} is none for applications"]
    needed = {*BEGINS, *ENDS}
    return [
        f"procedure: {found.code} {version.code} has no step {lost!r}"
        for version in found.versions
        for lost in sorted(needed - {one.code for one in version.steps})
    ]


def _unfit_clock(key: str, code: str, clock: Clock | None, *, authority: str) -> list[str]:
    if clock is None:
        return [f"{key}: {in_both(NO_SUCH_LAW, code=code)}"]
    if clock.authority != authority:
        words = NOT_LAW if authority == "law" else NOT_PROMISE
        return [f"{key}: {in_both(words, code=code)}"]
    if f"begin:{code}" not in clock.starts_on or f"done:{code}" not in clock.stops_on:
        return [f"{key}: {code} isn't moved by begin:{code} and done:{code}"]
    return []


def _is_longer(promise: Clock, law: Clock, calendar: WorkCalendar) -> bool:
    """Compared from a Monday in a month without holidays, as the two count in different days."""
    start = datetime(2026, 11, 2, 9, tzinfo=SHANGHAI)
    ours = promise.due(start, calendar, SHANGHAI).at
    theirs = law.due(start, calendar, SHANGHAI).at
    return ours is not None and theirs is not None and ours > theirs
