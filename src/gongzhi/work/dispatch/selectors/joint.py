"""Several waiting incidents at once: who should go where, against sending one after the other.

Each gets what its run card wants, as far as there is somebody for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.analysis.dispatching import Cover, cover_weight, joint
from gongzhi.analysis.filling import Role
from gongzhi.base.catalogue.kinds.run_card import Plan
from gongzhi.base.matters.models import Matter
from gongzhi.base.people.models import Account
from gongzhi.base.places.areas import areas_of
from gongzhi.work.dispatch.abilities import ability_words
from gongzhi.work.dispatch.board import JointRow, JointUnit
from gongzhi.work.dispatch.models import Alarm, ResponseUnit
from gongzhi.work.dispatch.network import router
from gongzhi.work.dispatch.pace import there_in
from gongzhi.work.dispatch.selectors.card import anything, places_of, plan_of, roles_of
from gongzhi.work.dispatch.selectors.landing import landing_of
from gongzhi.work.dispatch.selectors.linking import to_ask
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
    than one by one, weighed by urgency; ``more``: roles that are filled more than so;
    ``unplaced``: incidents that nobody has put on the map."""

    rows: tuple[JointRow, ...]
    sooner: int
    more: int
    unplaced: int


def waiting_matters() -> list[Matter]:
    """The county's incidents without a unit, the most urgent first."""
    found = incidents().filter(step__in=WAITING, closed_at__isnull=True)
    return list(found.select_related("narrative").order_by("priority", "opened_at")[:MOST])


def proposal(units: Iterable[ResponseUnit], cover: Cover | None, who: Account) -> Proposal:
    """The best joint assignment of what waits to those that are free, for this person to send."""
    matters = waiting_matters()
    placed = [one for one in matters if one.point is not None]
    free = [one for one in units if one.status == Status.FREE and one.point]
    plans = _plans(placed)
    found = joint.solve(
        joint.Problem(
            incidents=tuple(_incidents(placed, plans)),
            options=tuple(options_of(free, None)),
            hour=timezone.localtime().hour,
            router=router(),
            keep=_keep(cover),
        )
    )
    told = _Told(found, {one.pk: str(one) for one in free})
    more = len(found.pairs) - len(found.greedy)
    sooner = 0 if more else round((found.greedy_weight - found.weight) / 60)
    asks = to_ask([(one, plans[one.pk]) for one in placed], who)
    rows = tuple(replace(told.row(one, plans[one.pk]), asks=asks.get(one.pk, ())) for one in placed)
    return Proposal(rows, sooner, more, len(matters) - len(placed))


def _plans(matters: Sequence[Matter]) -> dict[int, Plan]:
    """What the card wants of each; one query."""
    raised = Alarm.objects.filter(matter__in=[one.pk for one in matters])
    levels = dict(raised.values_list("matter_id", "level"))
    return {one.pk: plan_of(one, levels.get(one.pk, 1)) for one in matters}


def _asks(matter: Matter, plan: Plan) -> tuple[joint.Ask, ...]:
    """Unit by unit; anybody where the county has no card for it."""
    roles = roles_of(plan) or [Role("", modes=anything(plan))]
    landings = {place: landing_of(matter, place) for place in places_of(plan)}
    spots = {place: spots_of([one.point])[0] for place, one in landings.items() if one}
    return tuple(joint.Ask(role, spots.get(role.place)) for role in roles)


def _incidents(matters: Sequence[Matter], plans: Mapping[int, Plan]) -> list[joint.Incident]:
    points = [point for one in matters if (point := one.point)]
    spots, areas = spots_of(points), areas_of(points, "station_area")
    at = timezone.now()
    return [
        joint.Incident(
            key=one.pk,
            spot=spot,
            priority=one.priority,
            asks=_asks(one, plans[one.pk]),
            waited=(at - one.opened_at).total_seconds(),
            area=area.code if area else "",
        )
        for one, spot, area in zip(matters, spots, areas, strict=True)
    ]


def _keep(cover: Cover | None) -> dict[tuple[int, int], float]:
    if cover is None or len(cover.units) > COVERED:
        return {}
    return {
        (key, priority): cover_weight(priority, cover.loss(key))
        for key in cover.units
        for priority in (2, 3, 4)
    }


class _Told:
    """What was found, in words."""

    def __init__(self, found: joint.Result, names: Mapping[int, str]) -> None:
        self.found, self.names = found, names
        self.alone = {(one.incident, one.ask): one for one in found.greedy}

    def row(self, matter: Matter, plan: Plan) -> JointRow:
        """One incident with its units and what it lacks, in the order of its card."""
        roles = [role.code for role in roles_of(plan)] or [""]
        words = {want.code: str(want.role) for want in plan.wants}
        pairs = [one for one in self.found.pairs if one.incident == matter.pk]
        missing = [one for one in self.found.missing if one.incident == matter.pk]
        return JointRow(
            incident_id=matter.pk,
            title=matter.title,
            priority=matter.priority,
            place=place_of(matter),
            received_at=matter.opened_at,
            units=[
                self._unit(matter, one, roles[one.ask], words)
                for one in sorted(pairs, key=lambda one: one.ask)
            ],
            missing=[
                (words.get(roles[one.ask], ""), _why(one.why))
                for one in sorted(missing, key=lambda one: one.ask)
            ],
        )

    def _unit(
        self, matter: Matter, pair: joint.Pair, role: str, words: Mapping[str, str]
    ) -> JointUnit:
        eta = there_in(pair.seconds, matter.priority)
        other = self.alone.get((pair.incident, pair.ask))
        other = other if other and other.unit != pair.unit else None
        sent_as = "" if pair.instead else role
        return JointUnit(
            value=f"{matter.pk}:{pair.unit}:{eta}:{sent_as}",
            unit=self.names[pair.unit],
            eta=eta,
            role=words.get(role, ""),
            lacks=_lacks(pair) if pair.instead else "",
            alone=self.names[other.unit] if other else "",
            alone_eta=there_in(other.seconds, matter.priority) if other else 0,
        )


def _lacks(pair: joint.Pair) -> str:
    skills = _("、").join(ability_words(code) for code in pair.lacking)
    return _("缺%(skills)s") % {"skills": skills} if skills else _("人数或者装备不够")


def _why(code: str) -> str:
    words = {
        "nobody": _("没有合适的空闲单位"),
        "far": _("合适的单位一个半小时内到不了"),
        "taken": _("合适的单位要先去别处"),
    }
    return words[code]
