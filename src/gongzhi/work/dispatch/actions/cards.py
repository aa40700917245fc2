"""Sending all that a run card wants at once, and asking the partners that it names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from gongzhi.base.access.permissions import require
from gongzhi.base.log.actions import action, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.models import Matter
from gongzhi.base.ui.errors import Refused
from gongzhi.work.dispatch.actions.assigning import Offer, assign_unit
from gongzhi.work.dispatch.events import CARD_SENT
from gongzhi.work.dispatch.models import Assignment, ResponseUnit
from gongzhi.work.dispatch.permissions import ASSIGN
from gongzhi.work.dispatch.rows import held_incident, held_unit, require_open
from gongzhi.work.dispatch.selectors.card import Standing, standing_of
from gongzhi.work.linked.actions import ask_partner, make_link
from gongzhi.work.linked.selectors import asked_of
from gongzhi.work.linked.states import Via


@action
def send_card(
    by: Actor,
    matter: Matter,
    sends: Sequence[tuple[str, ResponseUnit]],
    *,
    offers: Mapping[int, Offer] | None = None,
    partners: Sequence[str] = (),
) -> list[Assignment]:
    """Send these units, each for its want of the run card, and ask these partners of it: all of
    them, or nobody. An empty want: as one that isn't all that the card asks for. `offers`: what
    was proposed, by unit. A partner that another desk has asked meanwhile isn't asked twice.

    All units are locked first, in one order, so two desks that want some of the same ones wait for
    each other and never block each other. Whoever comes second is told who was quicker, also where
    somebody has filled the card meanwhile with other units.
    """
    require(by, ASSIGN)
    held = held_incident(matter)
    require_open(held)
    units = {unit.pk: unit for _role, unit in sends}
    if not (sends or partners) or len(units) < len(sends):
        said = _("方案里没有可以派的单位，请刷新后再看。")
        raise Refused(said, code="nothing_to_send", status=409)
    locked = {key: held_unit(units[key]) for key in sorted(units)}
    standing = standing_of(held)
    _require_wanted(standing, Counter(role for role, _unit in sends if role))
    proposed = offers or {}
    sent = [
        assign_unit(by, held, locked[unit.pk], role=role or None, offer=proposed.get(unit.pk))
        for role, unit in sends
    ]
    if any(role for role, _unit in sends):
        record(
            CARD_SENT, held,
            card=standing.card.code if standing.card else None, level=standing.level,
            units=len(sent), missing=len(standing.open) - sum(bool(role) for role, _unit in sends),
        )  # fmt: skip
    asked = _ask(by, held, standing, partners)
    if not (sent or asked):
        said = _("方案里的联动单位已经请求过了，请刷新后再看。")
        raise Refused(said, code="asked_already", status=409)
    return sent


def _ask(by: Actor, matter: Matter, standing: Standing, partners: Sequence[str]) -> int:
    """Ask each for what the card names; by link, the link is made at once. How many were."""
    asked, many = asked_of([matter.pk]), 0
    for code in dict.fromkeys(partners):
        if code not in standing.plan.partners:
            said = _("警情变了，方案也变了，请看新的方案再派。")
            raise Refused(said, code="card_moved_on", status=409)
        if (matter.pk, code) in asked:
            continue
        made = ask_partner(by, matter, code, offers=standing.plan.partners[code])
        if made.way == Via.LINK:
            make_link(by, made)
        many += 1
    return many


def _require_wanted(standing: Standing, sends: Counter[str]) -> None:
    """Refuse what the card wants no more: another desk sent it, or the incident has changed."""
    wanted = Counter(one.role.code for one in standing.open)
    if sends <= wanted:
        return
    last = standing.sent[-1] if standing.sent else None
    if last is None:
        said = _("警情变了，方案也变了，请看新的方案再派。")
    elif last.assigned_by is None:
        said = _("刚派出了%(units)s，方案里缺的变了，请看新的方案再派。")
    else:
        said = _("%(who)s刚派出了%(units)s，方案里缺的变了，请看新的方案再派。")
    names = _("、").join(str(one.unit) for one in standing.sent)
    told = {"who": last.assigned_by if last else "", "units": names}
    raise Refused(said % told, code="card_moved_on", status=409)
