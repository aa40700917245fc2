"""Sending all that a run card wants at once."""

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


@action
def send_card(
    by: Actor,
    matter: Matter,
    sends: Sequence[tuple[str, ResponseUnit]],
    *,
    offers: Mapping[int, Offer] | None = None,
) -> list[Assignment]:
    """Send these units, each for its want of the run card: all of them, or nobody. An empty want:
    as one that isn't all that the card asks for. `offers`: what was proposed, by unit.

    All units are locked first, in one order, so two desks that want some of the same ones wait for
    each other and never block each other. Whoever comes second is told who was quicker, also where
    somebody has filled the card meanwhile with other units.
    """
    require(by, ASSIGN)
    held = held_incident(matter)
    require_open(held)
    units = {unit.pk: unit for _role, unit in sends}
    if not sends or len(units) < len(sends):
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
    return sent


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
