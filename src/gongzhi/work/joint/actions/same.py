"""Requests that say the same: found, joined at once, or taken apart."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import timedelta

from django.utils.translation import gettext as _

from gongzhi.base.access.permissions import require
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.actions import merge_all
from gongzhi.base.matters.models import Matter
from gongzhi.base.matters.permissions import require_owner
from gongzhi.base.people.models import Account, Unit
from gongzhi.base.ui.errors import Refused
from gongzhi.work.joint.events import JOIN_ENDED, JOIN_WENT_ON, SAME_APART, SAME_FOUND
from gongzhi.work.joint.models import JoinRun, SameThing
from gongzhi.work.joint.selectors.same import Group, still_open

BATCH = 250
"""Requests that are joined in one transaction: nobody else waits longer for their turn."""
KEPT = timedelta(days=14)
"""How long the page of a group that is over still says so."""
STEP = "matters.take_step"


@action
def keep_same(by: Actor, unit: Unit, groups: Sequence[Group]) -> int:
    """Keep what was found among a unit's requests; how many groups. A group that was found before
    goes on in its own row, for somebody may have its page open; one that isn't found any more is
    over. What somebody took apart is not found again."""
    apart = [set(one.keys) for one in _rows(unit, SameThing.State.APART)]
    fresh = [one for one in groups if not any(set(one.keys) <= keys for keys in apart)]
    rows = _rows(unit, SameThing.State.FOUND, SameThing.State.OVER)
    held, over = _told_before(rows, fresh)
    pairs = zip(held, fresh, strict=True)
    changed = [(row, one) for row, one in pairs if row is None or _moved(row, one)]
    gone = [row for row in over if row.state == SameThing.State.FOUND]
    stale = [row.pk for row in over if row.state == SameThing.State.OVER and _long_over(row)]
    if not (changed or gone or stale):
        return len(fresh)
    for row, one in changed:
        _keep(row or SameThing(unit=unit), one)
    _end(gone)
    SameThing.objects.filter(pk__in=stale).delete()
    record(SAME_FOUND, unit, groups=len(fresh), requests=sum(len(one.keys) for one in fresh))
    return len(fresh)


@action
def join_all(by: Actor, same: SameThing, keys: Collection[int] = ()) -> JoinRun:
    """Begin to make the chosen requests of a group part of its oldest one, all without `keys`: the
    first ones now, the others right after, some hundred at a time."""
    require(by, STEP)
    held = _held(same)
    chosen = still_open(held)
    chosen = chosen.filter(pk__in=keys) if keys else chosen
    rows = list(chosen)
    if len(rows) < 2:
        raise Refused(_("至少要有两件还能合并的。"), code="nothing_to_join", status=409)
    into, *others = rows
    require_owner(by, into)
    assert isinstance(by.source, Account)  # noqa: S101  (`require_owner` and a page for staff)
    run = JoinRun.objects.create(
        same=held, into=into, by=by.source, keys=[one.pk for one in others], total=len(others),
        at=now(),
    )  # fmt: skip
    held.state = SameThing.State.JOINED
    held.save(update_fields=["state"])
    return go_on_joining(by, run)


@action
def go_on_joining(by: Actor, run: JoinRun) -> JoinRun:
    """The next some hundred of them."""
    held = JoinRun.objects.select_for_update(of=("self",)).select_related("into").get(pk=run.pk)
    if held.ended_at is not None:
        raise Refused(_("已经合并完了。"), code="join_ended", status=409)
    batch = held.keys[held.gone : held.gone + BATCH]
    if batch and Matter.objects.filter(pk__in=batch, closed_at=None).exists():
        held.joined += merge_all(by, batch, held.into)
    held.gone += len(batch)
    record(JOIN_WENT_ON, held.into, run=held.pk, gone=held.gone, total=held.total)
    if held.gone >= held.total:
        held.ended_at = now()
        record(JOIN_ENDED, held.into, run=held.pk, joined=held.joined)
    held.save(update_fields=["gone", "joined", "ended_at"])
    return held


@action
def take_apart(by: Actor, same: SameThing) -> SameThing:
    """Say that they are not about one thing."""
    require(by, STEP)
    held = _held(same)
    held.state = SameThing.State.APART
    held.save(update_fields=["state"])
    record(SAME_APART, held.unit, same=held.pk, requests=held.size)
    return held


def _held(same: SameThing) -> SameThing:
    rows = SameThing.objects.select_for_update(of=("self",)).select_related("unit", "into")
    held = rows.get(pk=same.pk)
    if held.state != SameThing.State.FOUND:
        raise Refused(_("这一组已经处理过了，请刷新。"), code="same_over", status=409)
    return held


def _rows(unit: Unit, *states: str) -> list[SameThing]:
    """The latest first. Held: nobody joins one while it is looked at anew."""
    rows = SameThing.objects.select_for_update().filter(unit=unit, state__in=states)
    return list(rows.order_by("-at", "-pk"))


def _told_before(
    rows: Sequence[SameThing], groups: Sequence[Group]
) -> tuple[list[SameThing | None], list[SameThing]]:
    """For each group the row in which it was told before, and the rows that are nobody's now: the
    row whose oldest request is in it, else the one it shares most requests with."""
    left, held = list(rows), list[SameThing | None]()
    for group in groups:
        keys = set(group.keys)
        shares = [one for one in left if keys & set(one.keys)]
        found = max(
            shares, key=lambda one: (one.into_id in keys, len(keys & set(one.keys))), default=None
        )
        held.append(found)
        left = [one for one in left if one is not found]
    return held, left


def _moved(row: SameThing, group: Group) -> bool:
    """Whether the row says something else than what was found."""
    return row.state != SameThing.State.FOUND or tuple(row.keys) != group.keys


def _long_over(row: SameThing) -> bool:
    return row.at < now() - KEPT


def _keep(row: SameThing, group: Group) -> None:
    row.into_id, row.keys, row.size = group.keys[0], list(group.keys), len(group.keys)
    row.category, row.town, row.at = group.category, group.town, now()
    row.state = SameThing.State.FOUND
    row.save()


def _end(rows: Sequence[SameThing]) -> None:
    for row in rows:
        row.state, row.at = SameThing.State.OVER, now()
        row.save(update_fields=["state", "at"])
