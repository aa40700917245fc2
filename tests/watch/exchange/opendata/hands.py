"""What tests of open data do by hand: facts that were, applications over, versions let out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from gongzhi.base.log.actions import moment, now
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.actions import NewMatter, record_past
from gongzhi.base.matters.past import PastMatter, PastStep
from gongzhi.base.people.models import Account, Unit
from gongzhi.watch.exchange.opendata import actions
from gongzhi.watch.exchange.opendata.models import Version
from gongzhi.work.public_services.past import PastApplication, record_past_applications

ZONE = ZoneInfo("Asia/Shanghai")
SYSTEM = Actor.system("test")
_number = count(1)


def on(day: str, hour: int = 12) -> datetime:
    """This hour of a day of the county's calendar."""
    return datetime.combine(date.fromisoformat(day), time(hour), ZONE)


def finish(service: str, times: Iterable[datetime]) -> None:
    """An application of the service that ended at each of these times."""
    office, _new = Unit.objects.get_or_create(code="office", defaults={"name_zh": "窗口"})
    every, ends = [], list(times)
    for at in ends:
        key = f"open-data-{next(_number):08d}-key"
        began = at - timedelta(minutes=9)
        course = [
            PastStep(began + timedelta(minutes=1), "accepted", SYSTEM),
            PastStep(began + timedelta(minutes=2), "ready", SYSTEM,
                     {"collect": "counter", "result": "好了。"}),
            PastStep(at, "collected", SYSTEM),
        ]  # fmt: skip
        new = NewMatter(procedure="service_application", category="public_service", words="x",
                        owner=office, idempotency_key=key)  # fmt: skip
        every.append((PastMatter(new, began, Actor.resident(), course), key))
    latest = max([now(), *ends])
    with moment(latest):
        matters = record_past(SYSTEM, [one for one, _key in every])
        past = [
            PastApplication(matter, service, key, [])
            for matter, (_one, key) in zip(matters, every, strict=True)
        ]
        record_past_applications(SYSTEM, past)


def somebody(name: str, role: str) -> Actor:
    """Somebody of staff with this role."""
    unit, _new = Unit.objects.get_or_create(code="bureau", defaults={"name_zh": "局"})
    found, _new = Account.objects.get_or_create(
        username=name, defaults={"unit": unit, "roles": [role]}
    )
    return Actor.account(found)


def steward() -> Actor:
    """Whoever prepares versions."""
    return somebody("steward", "data_steward")


def leader() -> Actor:
    """Whoever lets them out."""
    return somebody("leader", "bureau_leader")


def publish(code: str, at: datetime, change: str = "又过了一期。", **more: object) -> Version:
    """Prepare a version and let it out, both at this time."""
    with moment(at):
        made = actions.propose_version(steward(), code, change, **more)  # type: ignore[arg-type]
        return actions.confirm_version(leader(), made)
