"""One node: set up, drawn, changed, ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.base.catalogue.kinds.node import NodeKind
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.places.areas import area_of
from gongzhi.base.places.cells import as_text, cell_of, cells_around
from gongzhi.base.places.coordinates import Point
from gongzhi.base.places.models import Area, GazetteerEntry
from gongzhi.base.ui.errors import Refused
from gongzhi.work.patrol.nodes import events
from gongzhi.work.patrol.nodes.held import fresh, held_node, kind_of
from gongzhi.work.patrol.nodes.models import Node
from gongzhi.work.patrol.nodes.permissions import require_person, require_planner
from gongzhi.work.patrol.nodes.states import Ended, Reason

LONGEST = timedelta(days=92)
"""A drawing holds for a quarter of a year at most; then somebody looks again."""
WIDEST = 2
"""Rings of cells around the one in the middle."""
MOST_VISITS = 6
CHANGED = ("minutes", "visits", "begins", "ends", "reason", "why", "until", "name_zh")
"""What may change of a node; its place may not: that is another node."""


@dataclass(frozen=True)
class Told:
    """What somebody says of a node. None: as its kind says. ``until``: the last day."""

    reason: str
    why: str = ""
    minutes: int | None = None
    visits: int | None = None
    begins: time | None = None
    ends: time | None = None
    until: date | None = None
    name_zh: str = ""


@action
def open_node(by: Actor, sort: str, place: GazetteerEntry, told: Told) -> Node:
    """Make a node of one place of the gazetteer. Refuses one that is a node of this kind."""
    account = require_planner(by)
    kind = kind_of(sort)
    if kind.drawn:
        raise _wrong("sort", _("这一类要在地图上画，不按地名设。"))
    if Node.objects.filter(sort=sort, place=place.code, ended_at=None).exists():
        words = _("%(place)s已经是巡逻点。") % {"place": place}
        raise Refused(words, code="node_already", status=409, fields={"place": words})
    _require_fit(kind, told, timezone.localdate(now()))
    said = {**_fields(told), "name_zh": place.name_zh, "name_en": place.name_en}
    node = fresh(
        sort=sort, place=place.code, point=place.point, town=_town(place.point), owner=account,
        **said,
    )  # fmt: skip
    return _kept(node)


@action
def draw_node(by: Actor, sort: str, point: Point, rings: int, told: Told) -> Node:
    """Draw a small area around a point: one block of houses, with 1 or 2 rings more. It has a name,
    a reason, somebody who answers for it, and a last day."""
    account = require_person(by)
    kind = kind_of(sort)
    if not kind.drawn:
        raise _wrong("sort", _("这一类按地名设，不用画。"))
    if not told.name_zh.strip():
        raise _wrong("name_zh", _("请起个名字，出警的同事要看得懂。"))
    if not 0 <= rings <= WIDEST:
        raise _wrong("rings", _("请选一个范围。"))
    if not told.why.strip():
        raise _wrong("why", _("请写一句为什么；写地方和时段，不写人。"))
    _require_fit(kind, told, timezone.localdate(now()))
    cells = [as_text(one) for one in cells_around(cell_of(point), rings)]
    node = fresh(
        sort=sort, cells=cells, point=point, town=_town(point), owner=account, **_fields(told)
    )
    return _kept(node)


@action
def change_node(by: Actor, node: Node, told: Told) -> Node:
    """Change how long, how often, when, why or until when. Refuses when nothing differs."""
    require_planner(by)
    held = held_node(node)
    _require_fit(kind_of(held.sort), told, held.since)
    said = _fields(told)
    if not held.drawn:
        said.pop("name_zh")
    elif told.until is None:
        raise _wrong("until", _("画出来的要写明到哪天为止。"))
    changed = sorted(name for name in CHANGED if name in said and getattr(held, name) != said[name])
    if not changed:
        raise Refused(_("没有改动。"), code="nothing_changed", status=409)
    for name in changed:
        setattr(held, name, said[name])
    held.save(update_fields=changed)
    record(events.NODE_CHANGED, held, fields=changed, **_recorded(held))
    return held


@action
def end_node(by: Actor, node: Node, reason: str) -> Node:
    """Nobody need come any more. What was planned and done there stays."""
    require_planner(by)
    held = held_node(node)
    if reason not in Ended.values or reason == Ended.OVER:
        raise _wrong("ended", _("请选一个原因。"))
    return _ended(held, reason)


@action
def end_those_over(by: Actor, day: date) -> int:
    """End every node whose last day has passed; how many. Records nothing, and so is refused,
    where there is none."""
    require_planner(by)
    over = Node.objects.select_for_update(of=("self",)).filter(ended_at=None, until__lt=day)
    return len([_ended(one, Ended.OVER) for one in over.order_by("pk")])


def _ended(held: Node, reason: str) -> Node:
    held.ended_at, held.ended, held.why = now(), reason, ""
    held.save(update_fields=["ended_at", "ended", "why"])
    record(events.NODE_ENDED, held, sort=held.sort, reason=reason)
    return held


def _kept(node: Node) -> Node:
    node.save(force_insert=True)
    owner = node.owner_id
    record(events.NODE_OPENED, node, reason=node.reason, owner=owner, **_recorded(node))
    return node


def _recorded(node: Node) -> Mapping[str, Any]:
    return {
        "sort": node.sort, "cells": node.cells or [as_text(node.h9)], "town": node.town or None,
        "minutes": node.stay, "visits": node.visits, "since": f"{node.since}",
        "until": f"{node.until}" if node.until else None,
    }  # fmt: skip


def _fields(told: Told) -> dict[str, Any]:
    said = {name: getattr(told, name) for name in CHANGED}
    said["why"], said["name_zh"] = told.why.strip()[:500], told.name_zh.strip()[:200]
    return said


def _require_fit(kind: NodeKind, told: Told, since: date) -> None:
    """Refuse, naming the field, what can't be or what does no good."""
    if told.reason not in Reason.values:
        raise _wrong("reason", _("请选一个原因。"))
    if told.minutes is not None and not kind.least <= told.minutes <= kind.most:
        said = _("这一类每次停留 %(least)s 到 %(most)s 分钟。")
        raise _wrong("minutes", said % {"least": kind.least, "most": kind.most})
    if told.visits is not None and not 1 <= told.visits <= MOST_VISITS:
        raise _wrong("visits", _("一个班次 1 到 %(n)s 次。") % {"n": MOST_VISITS})
    if (told.begins is None) != (told.ends is None):
        raise _wrong("ends", _("时段要写全：从几点到几点。"))
    today = timezone.localdate(now())
    if kind.drawn and told.until is None:
        raise _wrong("until", _("画出来的要写明到哪天为止。"))
    if told.until is not None and not max(today, since) <= told.until <= today + LONGEST:
        said = _("最后一天要在今天以后、%(days)s 天以内。") % {"days": LONGEST.days}
        raise _wrong("until", said)


def _town(point: Point) -> str:
    found = area_of(point, Area.Kind.TOWN)
    return found.code if found else ""


def _wrong(field: str, words: str) -> Refused:
    return Refused(words, code=field, status=422, fields={field: words})
