"""Applications that are past when the platform hears of them: what was applied for, each visit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from gongzhi.base.log.actions import action, recalling, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.models import Matter
from gongzhi.work.participation.codes import code_for, hashed
from gongzhi.work.participation.models import Receipt
from gongzhi.work.public_services.events import FILED, VISITED
from gongzhi.work.public_services.models import Application, FilledInBy
from gongzhi.work.public_services.selectors.services import service_named

_ROWS = 2000


@dataclass(frozen=True)
class PastVisit:
    """Somebody came to a counter, and what for."""

    at: datetime
    why: str
    by: Actor


@dataclass(frozen=True)
class PastApplication:
    """The applicant's part in a past application. The matter itself stands already."""

    matter: Matter
    service: str
    idempotency_key: str
    visits: Sequence[PastVisit] = ()
    filled_by: str = FilledInBy.SELF
    told: Mapping[str, str] = field(default_factory=dict)


@action
def record_past_applications(by: Actor, past: Sequence[PastApplication]) -> int:
    """Write applications that are over, in bulk, with the entries of `file_application` and
    `count_visit`; how many. Refuses services that the county doesn't have."""
    Application.objects.bulk_create((_application(one) for one in past), batch_size=_ROWS)
    receipts = [_receipt(one) for one in past]
    Receipt.objects.bulk_create(receipts, batch_size=_ROWS)
    told = [it for one, receipt in zip(past, receipts, strict=True) for it in _tell(one, receipt)]
    for at, whose, one, fields in sorted(told, key=lambda each: each[0]):
        with recalling(whose, at):
            record(VISITED if "why" in fields else FILED, one.matter, **fields)
    return len(past)


def _application(one: PastApplication) -> Application:
    return Application(
        matter=one.matter, service=one.service, version=service_named(one.service).version,
        told=dict(one.told), filled_by=one.filled_by, visits=len(one.visits),
    )  # fmt: skip


def _receipt(one: PastApplication) -> Receipt:
    return Receipt(
        matter=one.matter, code_hash=hashed(code_for(one.idempotency_key)),
        made_at=one.matter.opened_at, idempotency_key=one.idempotency_key,
    )  # fmt: skip


def _tell(
    one: PastApplication, receipt: Receipt
) -> Iterator[tuple[datetime, Actor, PastApplication, dict[str, object]]]:
    service = service_named(one.service)
    asked = [it for it in service.materials if it.is_asked_for]
    yield one.matter.opened_at, Actor.resident(), one, {
        "receipt": receipt.pk, "service": service.code, "version": service.version,
        "filled_by": str(one.filled_by), "channel": one.matter.channel,
        "asked": len(service.fields) + len(asked), "held": len(service.materials) - len(asked),
    }  # fmt: skip
    for number, visit in enumerate(one.visits, 1):
        yield visit.at, visit.by, one, {
            "service": service.code, "number": number, "why": visit.why,
        }  # fmt: skip
