"""Asking a source, taking over what it has, and doing so again for a delivery or a span of days."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from gongzhi.base.catalogue.kinds.connector import Connector
from gongzhi.base.catalogue.kinds.connector_sources import Database, Http, Open311
from gongzhi.base.catalogue.load import read_one
from gongzhi.base.log.actions import now
from gongzhi.base.log.actor import Actor
from gongzhi.base.ui.errors import Refused
from gongzhi.watch.exchange.outside import LineFailed
from gongzhi.watch.exchange.receiving import actions
from gongzhi.watch.exchange.receiving.feeding import feed
from gongzhi.watch.exchange.receiving.judging import Judged, judge
from gongzhi.watch.exchange.receiving.lines import deliveries
from gongzhi.watch.exchange.receiving.lines.asking import Asked
from gongzhi.watch.exchange.receiving.models import Batch, Line
from gongzhi.watch.exchange.receiving.shelves import drop_staged, staged_files
from gongzhi.watch.exchange.receiving.staging import Delivery, Piece, stage
from gongzhi.watch.exchange.receiving.standing import line_of, note

RUNNER = Actor.system("receiving")
LEASE = timedelta(minutes=10)
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
Watch = Callable[[Batch], None]
"""Told after each piece."""


class Stopped(Exception):
    """Somebody wanted it to stop."""


def connector_of(code: str) -> Connector:
    """The connector as its file says now. Raises CatalogueError."""
    return read_one("connectors", code, Connector)


def run(connector: Connector, watch: Watch = lambda batch: None) -> list[Batch]:
    """Go on with what was interrupted, then take over what is new. Raises LineFailed, after it has
    been noted; Refused while another process is at it."""
    with _alone(connector) as line:
        done = [_again(connector, one, watch) for one in _interrupted(connector)]
        return done + _fresh(connector, line, watch)


def backfill(
    connector: Connector, since: datetime, until: datetime, step: timedelta,
    watch: Watch = lambda batch: None,
) -> list[Batch]:  # fmt: skip
    """Take over a span of the past again, in steps, each a delivery of its own: one that breaks
    leaves the others, and the same span twice changes nothing. Refuses a source that can't."""
    if not takes_span(connector):
        words = _("这个来源不能按日期补取：查询或者参数里没有 since、until，文件名里没有日子。")
        raise Refused(words, code="no_span", status=422)
    done: list[Batch] = []
    with _alone(connector):
        at = since
        while at < until:
            asked = Asked(since=at, until=min(at + step, until), again=True)
            done += _taken_over(connector, asked, watch, backfill=True)
            at += step
    return done


def replay(connector: Connector, batch: Batch, watch: Watch = lambda batch: None) -> Batch:
    """Hold what was received to the contract as it is now. Where nothing lies there any more, or
    a column was missing, the source is asked again. Refuses what can't be had."""
    if batch.state == Batch.State.TURNED_AWAY:
        raise Refused(_("这一批没有收，原样已经清掉。"), code="turned_away", status=409)
    with _alone(connector):
        if not staged_files(batch):
            return _asked_again(connector, batch, watch)
        return _settle(connector, batch)


def release(by: Actor, connector: Connector, batch: Batch) -> Batch:
    """Take over the good rows of a delivery that was held."""
    loaded = actions.release_batch(by, batch)
    feed(connector, loaded)
    return loaded


def takes_span(connector: Connector) -> bool:
    """Whether the source can be asked for a span of days."""
    source = connector.source
    if isinstance(source, Http):
        return any("{since}" in one for one in source.parameters.values())
    if isinstance(source, Database):
        return ":since" in source.query
    return isinstance(source, Open311) or bool(getattr(source, "day_in_name", None))


def _fresh(connector: Connector, line: Line, watch: Watch) -> list[Batch]:
    asked = Asked(etag=line.etag, modified=line.modified)
    if takes_span(connector) and not hasattr(connector.source, "files"):
        asked = replace(asked, since=line.reached or BEGINNING, until=now())
    try:
        done = _taken_over(connector, asked, watch, backfill=False)
    except LineFailed as failed:
        if line.failure != failed.code:
            actions.mark_failing(RUNNER, connector, failed.code)
        raise
    if line.failure:
        actions.mark_back(RUNNER, connector)
    stopped = any(one.state == Batch.State.STOPPED for one in done)
    note(connector.code, answered_at=now(), **({} if stopped else {"reached": asked.until}))
    return done


def _taken_over(connector: Connector, asked: Asked, watch: Watch, *, backfill: bool) -> list[Batch]:
    done = []
    for delivery in deliveries(connector, asked):
        batch = _received(connector, delivery, asked, watch, backfill=backfill)
        if batch is None:
            continue
        done.append(batch)
        if batch.state == Batch.State.STOPPED:
            break
        delivery.taken()
        if delivery.etag or delivery.modified:
            note(connector.code, etag=delivery.etag, modified=delivery.modified)
    return done


def _received(
    connector: Connector, delivery: Delivery, asked: Asked, watch: Watch, *, backfill: bool
) -> Batch | None:
    """None when there was nothing in it, or it is the same as the one before."""
    if _is_same(connector, delivery) and not backfill:
        delivery.taken()
        return None
    pieces = delivery.pieces("", 0)
    hold = tuple(f"columns:{one}" for one in delivery.missing)
    first = None
    if not hold:
        try:
            first = _first(pieces)
        except Refused as broken:
            hold = (f"unreadable:{broken.code}",)
    if first is None and not hold and not delivery.name:
        return None
    batch = actions.begin_batch(RUNNER, connector, delivery, asked, backfill=backfill)
    if first is None:
        return actions.hold_batch(RUNNER, batch, connector, Judged(holds=hold or ("empty",)), 0)
    return _read_on(connector, batch, _then(first, pieces), watch)


def _first(pieces: Iterator[Piece]) -> Piece | None:
    """The first piece with anything in it."""
    return next((one for one in pieces if one.table.num_rows or one.wrong), None)


def _is_same(connector: Connector, delivery: Delivery) -> bool:
    """Whether the last delivery that was taken over is this very one."""
    if not delivery.mark:
        return False
    loaded = Batch.objects.filter(connector=connector.code, state=Batch.State.LOADED)
    last = loaded.order_by("-pk").values_list("mark", flat=True).first()
    return last == delivery.mark


def _then(first: Piece, rest: Iterator[Piece]) -> Iterator[Piece]:
    yield first
    yield from rest


def _read_on(connector: Connector, batch: Batch, pieces: Iterator[Piece], watch: Watch) -> Batch:
    try:
        for piece in pieces:
            batch.read += stage(batch, connector.contract, piece, batch.read + 2)
            batch.pieces += 1
            batch.cursor = piece.cursor
            batch.save(update_fields=["read", "pieces", "cursor"])
            note(connector.code, held_until=now() + LEASE)
            watch(batch)
            if Batch.objects.filter(pk=batch.pk, stopping=True).exists():
                return _stop(batch)
    except Refused as broken:  # a file that broke off in the middle
        return actions.hold_batch(
            RUNNER, batch, connector, Judged(read=batch.read, holds=(f"unreadable:{broken.code}",)),
            batch.revision,
        )  # fmt: skip
    return _settle(connector, batch)


def _stop(batch: Batch) -> Batch:
    batch.state, batch.stopping = Batch.State.STOPPED, False
    batch.save(update_fields=["state", "stopping"])
    return batch


def _settle(connector: Connector, batch: Batch) -> Batch:
    """Judge what was received, and let it count as a whole, or not."""
    revision = batch.revision + 1
    judged = judge(batch, connector, revision)
    if judged.holds:
        return actions.hold_batch(RUNNER, batch, connector, judged, revision)
    loaded = actions.load_batch(RUNNER, batch, judged, revision)
    feed(connector, loaded)
    return loaded


def _interrupted(connector: Connector) -> list[Batch]:
    reading = Batch.objects.filter(connector=connector.code, state=Batch.State.READING)
    return list(reading.order_by("pk"))


def _again(connector: Connector, batch: Batch, watch: Watch) -> Batch:
    """Read an interrupted delivery on from where it was."""
    with _found_again(connector, batch) as delivery:
        if delivery is None:
            drop_staged(batch)
            return actions.hold_batch(RUNNER, batch, connector, Judged(holds=("gone",)), 0)
        done = _read_on(connector, batch, delivery.pieces(batch.cursor, batch.pieces), watch)
        if done.state != Batch.State.STOPPED:
            delivery.taken()
        return done


def _asked_again(connector: Connector, batch: Batch, watch: Watch) -> Batch:
    with _found_again(connector, batch) as delivery:
        if delivery is None:
            words = _("收到的原样已经没有了，来源那里也找不到。请对方重新交。")
            raise Refused(words, code="gone", status=409)
        if delivery.missing:
            words = _("来源里还是没有这些列：%(columns)s。")
            told = {"columns": ", ".join(delivery.missing)}
            raise Refused(words % told, code="columns", status=409)
        batch.read, batch.pieces, batch.cursor, batch.staged = 0, 0, "", True
        return _read_on(connector, batch, delivery.pieces("", 0), watch)


@contextmanager
def _found_again(connector: Connector, batch: Batch) -> Iterator[Delivery | None]:
    """The delivery at its source, as long as it is needed; None when it is gone there."""
    asked = Asked(since=batch.since, until=batch.until, name=batch.name, again=True)
    found = deliveries(connector, asked)
    yield next(found, None)  # `found` may hold a fetched file, and lives on until here


@contextmanager
def _alone(connector: Connector) -> Iterator[Line]:
    """Of two processes one is at a source. Refuses the other."""
    line = line_of(connector)
    mine = Line.objects.filter(pk=line.pk).filter(Q(held_until=None) | Q(held_until__lt=now()))
    if not mine.update(held_until=now() + LEASE, asked_at=now()):
        words = _("“%(source)s”正在接收，请等它完。") % {"source": connector.name}
        raise Refused(words, code="busy", status=409)
    try:
        yield line
    finally:
        note(connector.code, held_until=None)
