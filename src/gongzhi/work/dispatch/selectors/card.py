"""What the run card wants at an incident, what of it is there, and who could fill the rest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import inf

from django.utils import timezone

from gongzhi.analysis import filling
from gongzhi.analysis.dispatching import Ranked
from gongzhi.analysis.filling import Candidate, Filled, Role
from gongzhi.base.catalogue.kinds.run_card import Facts, Plan, RunCard, Want
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.matters.models import Matter
from gongzhi.work.dispatch.lands import lands_of
from gongzhi.work.dispatch.models import ACTIVE, Alarm, Assignment, ResponseUnit

NOTHING = Plan(())
SCENE, PIER = "", "pier"
"""Places to which units are sent, as `landing` knows them: to the incident itself, or elsewhere."""
AFLOAT = frozenset({ResponseUnit.Kind.BOAT.value})
ASHORE = frozenset(ResponseUnit.Kind.values) - AFLOAT
"""What goes where a want names no vehicle."""


@dataclass(frozen=True)
class Standing:
    """How an incident stands with its card. `roles`: every unit wanted, and who fills it, sent
    already or proposed; `card` is None where the county has none."""

    card: RunCard | None
    level: int
    plan: Plan = NOTHING
    roles: Sequence[Filled] = ()
    sent: Sequence[Assignment] = field(default=())

    @property
    def open(self) -> list[Filled]:
        """What nobody has been sent for yet, the most important first."""
        return [one for one in self.roles if one.unit is None or not one.unit.sent]

    @property
    def proposed(self) -> list[tuple[str, int]]:
        """Whom to send for what: code of the want, key of the unit."""
        return [(one.role.code, one.unit.key) for one in self.open if one.unit is not None]


def level_of(matter: Matter) -> int:
    """The alarm level; 1 as long as nobody has raised it."""
    found = Alarm.objects.filter(matter=matter).values_list("level", flat=True).first()
    return found or 1


def card_of(matter: Matter) -> RunCard | None:
    """The run card for its kind of incident."""
    return catalogue().run_card_of(matter.category)


def plan_of(matter: Matter, level: int | None = None) -> Plan:
    """What the card wants, asks and says, as the incident stands now."""
    card = card_of(matter)
    if card is None:
        return NOTHING
    day = timezone.localdate(matter.opened_at)
    return card.on(day).plan(_facts(matter, level or level_of(matter)))


def standing_of(
    matter: Matter,
    free: Iterable[ResponseUnit] = (),
    ranked: Mapping[str, Mapping[int, Ranked]] | None = None,
) -> Standing:
    """Who fills which role: those who were sent, and of `free` units the best by their weights
    (`ranked`, by place and key; one that isn't there can't get there)."""
    card, level = card_of(matter), level_of(matter)
    plan, sent = plan_of(matter, level), _sent(matter)
    candidates = [_candidate(one.unit, sent=True, role=one.role) for one in sent]
    candidates += [_weighed(unit, ranked or {}) for unit in free]
    return Standing(card, level, plan, filling.solve(roles_of(plan), candidates), sent)


def role_for(matter: Matter, unit: ResponseUnit) -> str:
    """For which want the unit goes, beside those that are there; empty: as one more."""
    others = [_candidate(one.unit, sent=True, role=one.role) for one in _sent(matter)]
    filled = filling.solve(roles_of(plan_of(matter)), [*others, _candidate(unit)])
    return next((one.role.code for one in filled if one.unit and one.unit.key == unit.pk), "")


def roles_of(plan: Plan) -> list[Role]:
    """Every unit that is wanted, one by one."""
    return [_role(want, plan) for want in plan.wants for _ in range(want.count)]


def places_of(plan: Plan) -> list[str]:
    """Where the card sends units beside the scene."""
    return sorted({_place(want, at_sea=plan.at_sea) for want in plan.wants} - {SCENE})


def place_of_role(matter: Matter, code: str) -> str:
    """Where a unit that was sent as this goes; empty: to the scene."""
    want = _want(matter, code)
    return _place(want, at_sea=_at_sea(matter)) if want else SCENE


def anything(plan: Plan) -> frozenset[str]:
    """What may go where a want names no vehicle."""
    return AFLOAT if plan.at_sea else ASHORE


def role_words(matter: Matter, code: str) -> str:
    """What somebody was sent for, in words; a want that is no more says nothing."""
    want = _want(matter, code)
    return str(want.role) if want else ""


def unfilled(standing: Standing) -> list[Want]:
    """The wants of which something is missing, in their order."""
    codes = {one.role.code for one in standing.open}
    return [want for want in standing.plan.wants if want.code in codes]


def _sent(matter: Matter) -> list[Assignment]:
    active = Assignment.objects.filter(ACTIVE, matter=matter)
    return list(active.select_related("unit__station").order_by("assigned_at", "pk"))


def _want(matter: Matter, code: str) -> Want | None:
    """The want of this code, on the card as it was when the incident was opened."""
    card = card_of(matter) if code else None
    wants = card.on(timezone.localdate(matter.opened_at)).wants if card else ()
    return next((want for want in wants if want.code == code), None)


def _place(want: Want, *, at_sea: bool) -> str:
    """On land the shore is the scene itself."""
    return SCENE if want.where == "scene" or (want.where == "shore" and not at_sea) else want.where


def _role(want: Want, plan: Plan) -> Role:
    place = _place(want, at_sea=plan.at_sea)
    usual = ASHORE if place else anything(plan)
    return Role(
        code=want.code,
        skills=frozenset(want.skills),
        equipment=frozenset(want.equipment),
        modes=frozenset(want.vehicles) or usual,
        crew=want.crew,
        officers=want.officers,
        place=place,
    )


def _weighed(unit: ResponseUnit, ranked: Mapping[str, Mapping[int, Ranked]]) -> Candidate:
    """A free unit with what its ways to each place weigh."""
    weights = {place: one[unit.pk].weight for place, one in ranked.items() if unit.pk in one}
    candidate = _candidate(unit, weight=weights.pop(SCENE, inf))
    return replace(candidate, elsewhere=weights)


def _candidate(
    unit: ResponseUnit, *, weight: float = 0.0, sent: bool = False, role: str = ""
) -> Candidate:
    return Candidate(
        key=unit.pk,
        mode=unit.kind,
        skills=frozenset(unit.skills),
        equipment=frozenset(unit.equipment),
        crew=unit.people,
        officers=unit.officers,
        weight=weight,
        sent=sent,
        role=role,
    )


def _facts(matter: Matter, level: int) -> Facts:
    answers = {code: str(given) for code, given in matter.answers.items()}
    return Facts(matter.priority, level, answers, _at_sea(matter))


def _at_sea(matter: Matter) -> bool:
    return matter.point is not None and lands_of([matter.point])[0] is None
