"""Keeping each call with the incident that it is about."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from gongzhi.base.access.permissions import require
from gongzhi.base.log.actions import action, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.actions import NewMatter, merge_into, open_matter
from gongzhi.base.matters.models import Matter
from gongzhi.base.places.coordinates import Point
from gongzhi.base.ui.errors import Refused
from gongzhi.work.calls.events import CALL_MOVED_AWAY, CALL_MOVED_HERE
from gongzhi.work.calls.models import Call, HereLink
from gongzhi.work.calls.permissions import TAKE
from gongzhi.work.calls.rows import locked_incidents, require_open
from gongzhi.work.calls.selectors import duty_desk


@action
def move_call(by: Actor, call: Call, to: Matter) -> Call:
    """Put a call, and who called, with another open incident.

    Refuses to take an incident its only call: the two are merged then (`merge_incidents`).
    """
    require(by, TAKE)
    locked = locked_incidents(call.matter_id, to.pk)
    moved = Call.objects.select_related("party").get(pk=call.pk)
    require_open(locked.get(to.pk))
    if moved.matter_id == to.pk:
        raise Refused(_("这通来电本来就在这起警情里。"), code="same_incident", status=409)
    _require_others(moved, locked)
    _move(moved, to)
    return moved


@action
def split_call(
    by: Actor, call: Call, *, category: str, words: str, place: str = "", point: Point | None = None
) -> Call:
    """Let a call that was joined wrongly open an incident of its own, with who called.

    Without another place it lies where the incident lies that it leaves. Refuses to take an
    incident its only call.
    """
    require(by, TAKE)
    locked = locked_incidents(call.matter_id)
    moved = Call.objects.select_related("party", "matter__narrative").get(pk=call.pk)
    _require_others(moved, locked)
    left = moved.matter
    elsewhere = bool(place or point)
    own = NewMatter(
        procedure="incident",
        category=category,
        owner=duty_desk(),
        words=words,
        place=place if elsewhere else left.narrative.place,
        point=point if elsewhere else left.point,
        channel=moved.channel,
    )
    _move(moved, open_matter(by, own), joined=False)
    return moved


@action
def merge_incidents(by: Actor, matter: Matter, into: Matter) -> Matter:
    """Make one incident part of another: all its calls go along. The other one, as it is now.

    The caller has checked that this actor may do so.
    """
    target = merge_into(by, matter, into)
    for call in matter.calls.select_related("party").order_by("pk"):
        _move(call, target)
    HereLink.objects.filter(matter=matter).update(matter=target)
    return target


def _require_others(call: Call, locked: Mapping[int, Matter]) -> None:
    if call.matter_id not in locked or not call.matter.calls.exclude(pk=call.pk).exists():
        raise Refused(
            _("这起警情只有这一通来电。如果两起是同一件事，请合并警情。"),
            code="only_call",
            status=409,
        )
    if call.matter.county_id is not None:
        raise Refused(_("这是导入的资料，不能改动。"), code="imported", status=409)


def _move(call: Call, to: Matter, *, joined: bool = True) -> None:
    source = call.matter_id
    call.matter, call.joined = to, joined
    call.save(update_fields=["matter", "joined"])
    if call.party is not None:
        call.party.matter = to
        call.party.save(update_fields=["matter"])
    record(CALL_MOVED_AWAY, f"matters.matter:{source}", call=call.pk, to=to.pk)
    record(CALL_MOVED_HERE, to, call=call.pk, source=source)
