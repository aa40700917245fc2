"""What changes a delivery or a source: begun, loaded, held, decided, replayed, stopped; silence."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from gongzhi.base.access.permissions import require
from gongzhi.base.catalogue.kinds.connector import Connector
from gongzhi.base.catalogue.kinds.connector_fields import Received
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused
from gongzhi.watch.exchange.receiving import events
from gongzhi.watch.exchange.receiving.judging import Judged
from gongzhi.watch.exchange.receiving.lines.asking import Asked
from gongzhi.watch.exchange.receiving.models import Batch, Line, Reading
from gongzhi.watch.exchange.receiving.permissions import DECIDE
from gongzhi.watch.exchange.receiving.shelves import drop_staged
from gongzhi.watch.exchange.receiving.staging import Delivery
from gongzhi.watch.exchange.receiving.standing import line_of, note

State = Batch.State


@action
def begin_batch(
    by: Actor, connector: Connector, delivery: Delivery, asked: Asked, *, backfill: bool
) -> Batch:
    """A delivery is being read."""
    batch = Batch.objects.create(
        connector=connector.code, name=delivery.name, mark=delivery.mark, since=asked.since,
        until=asked.until, backfill=backfill, began_at=now(),
    )  # fmt: skip
    record(events.BATCH_BEGAN, batch, connector=connector.code)
    return batch


@action
def load_batch(by: Actor, batch: Batch, judged: Judged, revision: int) -> Batch:
    """Its good rows are the county's from now on, the others in quarantine."""
    held = _held(batch)
    again = held.state == State.LOADED
    _settled(held, judged, revision)
    held.state, held.reasons = State.LOADED, []
    held.save()
    kind = events.BATCH_REPLAYED if again else events.BATCH_LOADED
    record(kind, held, connector=held.connector, **judged.counts)
    _heard(held)
    return held


@action
def hold_batch(
    by: Actor, batch: Batch, connector: Connector, judged: Judged, revision: int
) -> Batch:
    """Nothing of it counts before a person has decided."""
    held = _held(batch)
    if held.state == State.LOADED:
        words = _("照现在的约定，这一批要整批停住：%(why)s。原来收下的不动。")
        why = ", ".join(judged.holds)
        raise Refused(words % {"why": why}, code="would_be_held", status=409)
    _settled(held, judged, revision)
    held.state, held.reasons = State.HELD, list(judged.holds)
    held.save()
    record(
        events.BATCH_HELD, held, connector=held.connector, unit=connector.unit,
        reasons=[one.partition(":")[0] for one in judged.holds], read=judged.read,
    )  # fmt: skip
    _heard(held)
    return held


@action
def release_batch(by: Actor, batch: Batch) -> Batch:
    """Take over its good rows although it was held. Refuses one that could not even be read."""
    held = _waiting(by, batch)
    if any(one.startswith(("columns", "unreadable")) for one in held.reasons):
        words = _("这一批缺列或者读不出来，不能照收。请对方重新交，或者改了约定再核对。")
        raise Refused(words, code="not_readable", status=409)
    held.state = State.LOADED
    _decided(by, held)
    counts = {
        "read": held.read, "kept": held.kept, "known": held.known,
        "quarantined": held.quarantined,
    }  # fmt: skip
    record(events.BATCH_RELEASED, held, connector=held.connector, **counts)
    return held


@action
def turn_away(by: Actor, batch: Batch) -> Batch:
    """Don't take it over; what was received of it is let go."""
    held = _waiting(by, batch)
    held.state, held.staged = State.TURNED_AWAY, False
    _decided(by, held)
    record(events.BATCH_TURNED_AWAY, held, connector=held.connector)
    drop_staged(held)
    return held


@action
def ask_to_stop(by: Actor, batch: Batch) -> Batch:
    """Let it stop at its next piece; what was read stays."""
    require(by, DECIDE)
    held = _held(batch)
    if held.state != State.READING:
        raise Refused(_("这一批没有在读。"), code="not_reading", status=409)
    held.stopping = True
    held.save(update_fields=["stopping"])
    record(events.BATCH_STOPPED, held, connector=held.connector, pieces=held.pieces)
    return held


@action
def resume(by: Actor, batch: Batch) -> Batch:
    """Let it be read on from where it stopped, at the source's next turn."""
    require(by, DECIDE)
    held = _held(batch)
    if held.state != State.STOPPED:
        raise Refused(_("这一批没有停下。"), code="not_stopped", status=409)
    held.state, held.stopping = State.READING, False
    held.save(update_fields=["state", "stopping"])
    record(events.BATCH_RESUMED, held, connector=held.connector, pieces=held.pieces)
    return held


@action
def ask_now(by: Actor, connector: Connector) -> None:
    """Let it be asked at the next look, not only at its turn."""
    require(by, DECIDE)
    line = line_of(connector)
    line.asked_at = None
    line.save(update_fields=["asked_at"])
    record(events.SOURCE_ASKED, "source", connector=connector.code)


@action
def read_as(by: Actor, connector: Connector, field: str, said: str, means: str) -> Reading:
    """From now on this text of the source means that. Refuses what the contract has no room for."""
    account = _account(by)
    one = connector.contract.field(field)
    if one is None or one.personal:
        raise Refused(_("约定里没有这个字段。"), code="no_field", status=404)
    _require_sense(one, said, means)
    reading, _made = Reading.objects.update_or_create(
        connector=connector.code, field=field, said=said.strip(),
        defaults={"means": means.strip(), "by": account, "at": now()},
    )  # fmt: skip
    record(events.TEXT_READ_AS, reading, connector=connector.code, field=field)
    return reading


@action
def mark_failing(by: Actor, connector: Connector, why: str) -> None:
    """It can't be reached or read; told once, until it is back."""
    line = line_of(connector)
    line.failing_since = line.failing_since or now()
    line.failure = why[:40]
    line.save(update_fields=["failing_since", "failure"])
    record(events.SOURCE_FAILING, "source", connector=connector.code, unit=connector.unit, why=why)


@action
def mark_back(by: Actor, connector: Connector) -> None:
    """It answers again."""
    note(connector.code, failing_since=None, failure="")
    record(events.SOURCE_BACK, "source", connector=connector.code)


@action
def mark_silent(by: Actor, connector: Connector) -> None:
    """Nothing came for too long; told once, until something does."""
    note(connector.code, silent_since=now())
    record(events.SOURCE_SILENT, "source", connector=connector.code, unit=connector.unit)


@action
def forget_received(by: Actor, batches: list[Batch]) -> None:
    """Let go of deliveries as they were received, and of their quarantine."""
    Batch.objects.filter(pk__in=[one.pk for one in batches]).update(staged=False)
    record(events.RECEIVED_FORGOTTEN, "source", many=len(batches))


def _account(by: Actor) -> Account:
    """The member of staff who decides. Refuses others."""
    require(by, DECIDE)
    if not isinstance(by.source, Account):
        raise Refused(_("这要由登录的人决定。"), code="nobody", status=403)
    return by.source


def _require_sense(one: Received, said: str, means: str) -> None:
    if not said.strip() or len(said) > 200:
        raise Refused(_("请写来源的写法。"), code="said", status=422)
    allowed = one.one_of or tuple(one.table.values())
    if not means.strip() or (allowed and means.strip() not in allowed):
        words = _("“%(field)s”只能是：%(allowed)s。")
        told = {"field": one.says, "allowed": ", ".join(allowed) or "—"}
        raise Refused(words % told, code="means", status=422)


def _heard(batch: Batch) -> None:
    """Something came: the silence is over."""
    silent = Line.objects.filter(connector=batch.connector).exclude(silent_since=None)
    was = silent.update(silent_since=None)
    note(batch.connector, arrived_at=now())
    if was:
        record(events.SOURCE_HEARD, batch, connector=batch.connector)


def _settled(held: Batch, judged: Judged, revision: int) -> None:
    held.read, held.kept, held.known = judged.read, judged.kept, judged.known
    held.quarantined, held.newest = judged.quarantined, judged.newest
    held.revision, held.ended_at, held.stopping = revision, held.ended_at or now(), False


def _decided(by: Actor, held: Batch) -> None:
    at: datetime = now()
    held.decided_by, held.decided_at = _account(by), at
    held.save()


def _held(batch: Batch) -> Batch:
    return Batch.objects.select_for_update(of=("self",)).get(pk=batch.pk)


def _waiting(by: Actor, batch: Batch) -> Batch:
    _account(by)
    held = _held(batch)
    if held.state != State.HELD:
        raise Refused(_("这一批已经有人决定过了。请刷新页面。"), code="decided", status=409)
    return held
