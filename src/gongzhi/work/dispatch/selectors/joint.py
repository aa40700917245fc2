"""Several waiting incidents at once: who should go where, against sending one after the other.

One unit to each: the one that its run card wants first. What else a card wants, is sent from there.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.analysis.dispatching import Cover, cover_weight, joint
from gongzhi.base.matters.models import Matter
from gongzhi.base.places.areas import areas_of
from gongzhi.work.dispatch.abilities import ability_words
from gongzhi.work.dispatch.board import JointRow
from gongzhi.work.dispatch.models import ResponseUnit
from gongzhi.work.dispatch.network import router
from gongzhi.work.dispatch.pace import there_in
from gongzhi.work.dispatch.selectors.card import standing_of
from gongzhi.work.dispatch.selectors.queue import WAITING, incidents, place_of
from gongzhi.work.dispatch.selectors.units import options_of, spots_of
from gongzhi.work.dispatch.states import Status

MOST = 50
COVERED = 80
"""With more free units than that, what leaving does to the cover isn't weighed here: it would take
longer than a dispatcher waits."""


@dataclass(frozen=True)
class Proposal:
    """``rows``: the most urgent first; ``sooner``: minutes by which all together are reached sooner
    than one by one, weighed by urgency; ``unplaced``: incidents that nobody has put on the map."""

    rows: tuple[JointRow, ...]
    sooner: int
    unplaced: int


def waiting_matters() -> list[Matter]:
    """The county's incidents without a unit, the most urgent first."""
    found = incidents().filter(step__in=WAITING, closed_at__isnull=True)
    return list(found.select_related("narrative").order_by("priority", "opened_at")[:MOST])


def proposal(units: Iterable[ResponseUnit], cover: Cover | None) -> Proposal:
    """The best joint assignment of what waits to those that are free."""
    matters = waiting_matters()
    placed = [one for one in matters if one.point is not None]
    free = [one for one in units if one.status == Status.FREE and one.point]
    options = options_of(free, None)
    found = joint.solve(
        joint.Problem(
            incidents=tuple(_incidents(placed)),
            options=tuple(options),
            hour=timezone.localtime().hour,
            router=router(),
            keep=_keep(cover),
        )
    )
    names = {one.pk: str(one) for one in free}
    pairs = {one.incident: one for one in found.pairs}
    alone = {one.incident: one for one in found.greedy}
    rows = [_row(one, pairs.get(one.pk), alone.get(one.pk), names) for one in placed]
    sooner = (found.greedy_weight - found.weight) / 60
    return Proposal(
        tuple(rows), round(sooner) if sooner < 10_000 else 0, len(matters) - len(placed)
    )


def _incidents(matters: list[Matter]) -> list[joint.Incident]:
    points = [point for one in matters if (point := one.point)]
    spots, areas = spots_of(points), areas_of(points, "station_area")
    at, found = timezone.now(), []
    for one, spot, area in zip(matters, spots, areas, strict=True):
        wanted = next((role.role for role in standing_of(one).open), None)
        found.append(
            joint.Incident(
                key=one.pk,
                spot=spot,
                priority=one.priority,
                asks=(tuple(sorted(wanted.skills)) if wanted else (),),
                modes=frozenset(wanted.modes) if wanted else frozenset(),
                waited=(at - one.opened_at).total_seconds(),
                area=area.code if area else "",
            )
        )
    return found


def _keep(cover: Cover | None) -> dict[tuple[int, int], float]:
    if cover is None or len(cover.units) > COVERED:
        return {}
    return {
        (key, priority): cover_weight(priority, cover.loss(key))
        for key in cover.units
        for priority in (2, 3, 4)
    }


def _row(
    matter: Matter, pair: joint.Pair | None, alone: joint.Pair | None, names: dict[int, str]
) -> JointRow:
    other = alone if alone and (pair is None or alone.unit != pair.unit) else None
    return JointRow(
        incident_id=matter.pk,
        title=matter.title,
        priority=matter.priority,
        place=place_of(matter),
        received_at=matter.opened_at,
        unit_id=pair.unit if pair else None,
        unit=names[pair.unit] if pair else "",
        eta=there_in(pair.seconds, matter.priority) if pair else 0,
        lacks=_("、").join(ability_words(code) for code in pair.lacking) if pair else "",
        alone=names[other.unit] if other else "",
        alone_eta=there_in(other.seconds, matter.priority) if other else 0,
    )
