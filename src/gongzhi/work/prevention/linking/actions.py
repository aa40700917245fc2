"""Proposing what looks linked, and what a person says of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from math import log2
from typing import cast

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from gongzhi.analysis.linkage import Series as Found
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.models import Matter
from gongzhi.base.ui.errors import Refused
from gongzhi.work.prevention.linking import events
from gongzhi.work.prevention.linking.models import Member, Series, Verdict
from gongzhi.work.prevention.linking.permissions import judge_of
from gongzhi.work.prevention.linking.states import (
    CONFIRMING,
    MAY_FOLLOW,
    REJECTING,
    UNDOING,
    Standing,
)

SMALLEST = 2
"""Members that a series has at least."""
Known = Mapping[int, tuple[Series, set[int]]]


@action
def propose_series(by: Actor, found: Sequence[Found], *, topic: bool, since: datetime) -> int:
    """Bring what is proposed up to what was found; how many series changed.

    A proposal follows what was found, and lapses when it isn't found any more. A confirmed one
    only grows, by members that are marked as new. What was rejected is not proposed again.
    """
    known = _known(topic, since)
    matters = _matters(found)
    changed, again = 0, set()
    for one in found:
        keys = [key for key in one.keys if key in matters]
        before = _same(set(keys), known)
        if before is None and len(keys) > 1:
            _open(one, [matters[key] for key in keys], topic=topic)
            changed += 1
        elif before is not None:
            again.add(before.pk)
            changed += _follow(before, known[before.pk][1], one, keys, matters)
    return changed + _lapse([one for one, _keys in known.values() if one.pk not in again])


def _known(topic: bool, since: datetime) -> dict[int, tuple[Series, set[int]]]:
    rows = Series.objects.select_for_update().filter(topic=topic, last_at__gte=since)
    series = {one.pk: (one, set[int]()) for one in rows.exclude(state=Series.State.LAPSED)}
    members = Member.objects.filter(series__in=list(series)).values_list("series_id", "matter_id")
    for pk, matter in members:
        series[pk][1].add(matter)
    return series


def _matters(found: Sequence[Found]) -> dict[int, Matter]:
    keys = [key for one in found for key in one.keys]
    return {one.pk: one for one in Matter.objects.filter(pk__in=keys, merged_into=None)}


def _same(keys: set[int], known: Known) -> Series | None:
    """The series that shares at least half of the smaller of both; of several the largest share."""
    shares = [
        (len(keys & held) / max(1, min(len(keys), len(held))), -one.pk, one)
        for one, held in known.values()
    ]
    best = max(shares, default=(0.0, 0, None), key=lambda share: share[:2])
    return best[2] if best[0] >= 0.5 else None


def _open(found: Found, matters: Sequence[Matter], *, topic: bool) -> None:
    series = Series(topic=topic, opened_at=now())
    _tell(series, found, matters)
    series.save()
    _put(series, [one.pk for one in matters])
    strong = sorted(found.parts.items(), key=lambda part: -part[1])
    record(
        events.PROPOSED, series, topic=topic, category=series.category, town=series.town or None,
        members=series.size, weight=series.weight,
        reasons=[code for code, bits in strong if bits > 0],
    )  # fmt: skip


def _follow(
    series: Series, held: set[int], found: Found, keys: Sequence[int], matters: Mapping[int, Matter]
) -> bool:
    """Whether anything changed."""
    fresh = [key for key in keys if key not in held]
    confirmed = series.state == Series.State.CONFIRMED
    out = set(_left_out(series))
    gone = set() if confirmed else held - set(keys) - out
    if series.state == Series.State.REJECTED or not (fresh or gone):
        return False
    Member.objects.filter(series=series, matter__in=gone).delete()
    _put(series, fresh, fresh=confirmed)
    now_in = (held - gone - out) | set(fresh)
    rows = Matter.objects.filter(pk__in=now_in - set(matters))
    _tell(series, found, [*rows, *(matters[key] for key in now_in & set(matters))])
    series.save()
    record(events.CHANGED, series, members=series.size, added=len(fresh), removed=len(gone))
    return True


def _left_out(series: Series) -> QuerySet[Member, int]:
    rows = Member.objects.filter(series=series).exclude(left_out="")
    return rows.values_list("matter_id", flat=True)


def _tell(series: Series, found: Found, matters: Sequence[Matter]) -> None:
    """What the series says of itself, from its members and the comparison."""
    _count(series, matters)
    series.parts = found.parts
    series.weight = round(found.above + log2(max(2, len(matters)) / 2), 2)


def _count(series: Series, matters: Sequence[Matter]) -> None:
    series.category = Counter(one.category for one in matters).most_common(1)[0][0]
    series.town = Counter(one.town for one in matters).most_common(1)[0][0]
    series.first_at = min(one.opened_at for one in matters)
    series.last_at = max(one.opened_at for one in matters)
    series.size = len(matters)


def _put(series: Series, keys: Sequence[int], *, fresh: bool = False) -> None:
    Member.objects.bulk_create([Member(series=series, matter_id=key, fresh=fresh) for key in keys])


def _lapse(gone: Sequence[Series]) -> int:
    lapsed = [one for one in gone if one.state == Series.State.PROPOSED]
    for series in lapsed:
        series.state = Series.State.LAPSED
        series.save(update_fields=["state"])
        record(events.LAPSED, series, members=series.size)
    return len(lapsed)


@action
def confirm_series(by: Actor, series: Series, *, reason: str) -> Series:
    """Say that they belong together, and why (a code of `states.CONFIRMING`)."""
    held = _judged(by, series, Series.State.CONFIRMED, reason, CONFIRMING)
    Member.objects.filter(series=held).update(fresh=False)
    record(events.CONFIRMED, held, reason=reason, members=held.size)
    return held


@action
def reject_series(by: Actor, series: Series, *, reason: str) -> Series:
    """Say that they don't, and why (a code of `states.REJECTING`). It is not proposed again."""
    held = _judged(by, series, Series.State.REJECTED, reason, REJECTING)
    record(events.REJECTED, held, reason=reason, members=held.size)
    return held


@action
def undo_verdict(by: Actor, series: Series, *, reason: str) -> Series:
    """Take the verdict back (a code of `states.UNDOING`): it waits for one again."""
    verdict = str(series.state)
    held = _judged(by, series, Series.State.PROPOSED, reason, UNDOING)
    record(events.UNDONE, held, reason=reason, verdict=verdict)
    return held


@action
def leave_out(by: Actor, series: Series, matter: Matter, *, reason: str) -> Series:
    """Say that this one is no part of it, and why (a code of `states.REJECTING`). It isn't taken in
    again; two stay at least."""
    account, held = judge_of(by, series), _standing(series)
    _require_reason(reason, REJECTING)
    member = Member.objects.within().filter(series=held, matter=matter).first()
    if member is None:
        raise Refused(_("这一起不在这个系列里，请刷新页面。"), code="no_member", status=409)
    if held.members.within().count() <= SMALLEST:
        raise Refused(
            _("去掉以后不成系列了；都不是一回事的话，请排除整个系列。"),
            code="too_few", status=409,
        )  # fmt: skip
    member.left_out, member.left_out_by, member.left_out_at = reason, account, now()
    member.save(update_fields=["left_out", "left_out_by", "left_out_at"])
    _recount(held)
    record(events.MEMBER_LEFT_OUT, held, matter=matter.pk, reason=reason, members=held.size)
    return held


@action
def put_back(by: Actor, series: Series, matter: Matter) -> Series:
    """Take in again what somebody had left out."""
    judge_of(by, series)
    held = _standing(series)
    found = Member.objects.filter(series=held, matter=matter).exclude(left_out="")
    if not found.update(left_out="", left_out_by=None, left_out_at=None):
        raise Refused(_("这一起已经在系列里，请刷新页面。"), code="no_member", status=409)
    _recount(held)
    record(events.MEMBER_PUT_BACK, held, matter=matter.pk, members=held.size)
    return held


def _standing(series: Series) -> Series:
    held = Series.objects.select_for_update().get(pk=series.pk)
    if held.state not in (Series.State.PROPOSED, Series.State.CONFIRMED):
        words = _("刚才已经有人判断过了，请刷新页面再看。")
        raise Refused(words, code="judged", status=409)
    return held


def _recount(held: Series) -> None:
    _count(held, list(Matter.objects.filter(linked_in__in=held.members.within())))
    held.save(update_fields=["category", "town", "first_at", "last_at", "size"])


def _require_reason(reason: str, reasons: Mapping[str, object]) -> None:
    if reason not in reasons:
        words = _("请选一个理由。")
        raise Refused(words, code="reason", status=422, fields={"reason": words})


def _judged(
    by: Actor, series: Series, state: Series.State, reason: str, reasons: Mapping[str, object]
) -> Series:
    account = judge_of(by, series)
    _require_reason(reason, reasons)
    held = Series.objects.select_for_update().get(pk=series.pk)
    if state.value not in MAY_FOLLOW[cast("Standing", held.state)]:
        words = _("刚才已经有人判断过了，请刷新页面再看。")
        raise Refused(words, code="judged", status=409)
    held.state = state
    held.save(update_fields=["state"])
    Verdict.objects.create(series=held, state=state, reason=reason, by=account, at=now())
    return held
