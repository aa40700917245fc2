"""A bureau with two stations, who answers in them and who oversees them."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from gongzhi.base.log import readers
from gongzhi.base.log.actions import moment
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.actions import NewMatter, open_matter
from gongzhi.base.matters.models import Matter
from gongzhi.base.people.actions import open_account, open_unit
from gongzhi.base.people.models import Account, Unit
from gongzhi.watch.supervision.models import Finding
from gongzhi.watch.supervision.readers import sweep
from gongzhi.watch.supervision.remembering import NAME

SYSTEM = Actor.system("test")


def unit(code: str = "tandong", kind: str = "station", parent: Unit | None = None) -> Unit:
    """One unit of the county, under the bureau."""
    found = Unit.objects.filter(code=code).first()
    if found:
        return found
    if parent is None and kind == "station":
        parent = unit("bureau", "bureau")
    return open_unit(
        SYSTEM, code=code, kind=kind, name_zh=f"{code}所", name_en=code.title(), parent=parent
    )


def somebody(name: str, role: str, where: Unit | None = None) -> Account:
    """A member of staff."""
    return open_account(
        SYSTEM, username=name, display_name="海小某", unit=where or unit(), roles=[role]
    )


def incident(at: datetime, *, priority: int = 1, owner: Unit | None = None) -> Matter:
    """An incident that came in at `at`."""
    with moment(at):
        return open_matter(
            SYSTEM,
            NewMatter("incident", "theft", owner or unit(), "包被偷了", priority=priority),
        )


def read_all() -> None:
    """Let the rules read the log to its end."""
    while readers.advance(NAME, readers.registered()[NAME]):
        pass


def watch(at: datetime | None = None) -> list[Finding]:
    """Read, let time pass, and everything that has been found so far."""
    with moment(at or timezone.now()):
        read_all()
        sweep()
        read_all()
    return list(Finding.objects.order_by("pk"))


def a_finding() -> Finding:
    """An urgent incident to which nobody was sent."""
    incident(timezone.now() - timedelta(hours=2))
    found = watch()
    return next(one for one in found if one.rule == "incident_not_dispatched")
