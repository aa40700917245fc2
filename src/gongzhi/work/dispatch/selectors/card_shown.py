"""The run card as the console draws it: want by want, with whom to send, and who else is near."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext as _

from gongzhi.analysis.dispatching import Ranked, asking_for
from gongzhi.base.catalogue.kinds.run_card import Want
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.catalogue.manual.run_cards import asked_of
from gongzhi.base.matters.models import Matter
from gongzhi.work.dispatch.abilities import ability_words
from gongzhi.work.dispatch.board import CardShown, Recommendation, WantRow
from gongzhi.work.dispatch.models import ResponseUnit
from gongzhi.work.dispatch.selectors.card import SCENE, Standing, plan_of, standing_of, unfilled
from gongzhi.work.dispatch.selectors.cover import cover_of
from gongzhi.work.dispatch.selectors.landing import in_reach, landing_of, ranked_by_place
from gongzhi.work.dispatch.selectors.units import recommendation
from gongzhi.work.dispatch.states import OPEN_TO_UNITS, WHY_LOWER
from gongzhi.work.linked.selectors import Suggestion

TOP_LEVEL = 3
"""Levels that every county knows; a card may go further."""
ELSE = 4
"""How many others are offered."""


def card_shown(
    matter: Matter,
    units: Iterable[ResponseUnit],
    may_assign: bool,
    asks: Sequence[Suggestion] = (),
) -> tuple[CardShown | None, list[Recommendation]]:
    """The card, and free units that it doesn't propose; nobody is proposed to whom doesn't send.
    `asks`: partners that can be asked. The ways of the units are looked for once."""
    free = {unit.pk: unit for unit in units} if may_assign else {}
    cover = cover_of(free.values()) if free else None
    ways = ranked_by_place(free.values(), matter, plan_of(matter), cover)
    standing = standing_of(matter, free.values(), in_reach(ways))
    rows = _Rows(matter, standing, free, ways)
    others = _others(matter, standing, free, ways[SCENE])
    if standing.card is None or not (standing.sent or matter.step in OPEN_TO_UNITS):
        return None, others
    named = [one for one in asks if one.code in standing.plan.partners] if may_assign else []
    return _card(standing, rows, named, may_assign=may_assign), others


def _card(
    standing: Standing, rows: _Rows, asks: Sequence[Suggestion], *, may_assign: bool
) -> CardShown:
    plan, level = standing.plan, standing.level
    partners = catalogue().partners
    highest = max(plan.highest, TOP_LEVEL)
    return CardShown(
        name=str(standing.card.name) if standing.card else "",
        level=level,
        wants=[rows.row(want) for want in plan.wants],
        sends=[f"{role}:{unit}" for role, unit in standing.proposed],
        cautions=[str(one) for one in plan.cautions],
        bring=[ability_words(code) for code in dict.fromkeys(plan.bring)],
        partners=[
            str(partners[code].name) if code in partners else code
            for code in plan.partners
        ],
        asks=asks,
        raises=[str(one) for one in plan.raises],
        next_level=level + 1 if may_assign and level < highest else None,
        lower=[(code, str(words)) for code, words in WHY_LOWER.items()]
        if may_assign and level > 1 else (),
    )  # fmt: skip


class _Rows:
    """The wants, each with its units."""

    def __init__(
        self,
        matter: Matter,
        standing: Standing,
        free: Mapping[int, ResponseUnit],
        ways: Mapping[str, Sequence[Ranked]],
    ) -> None:
        self.matter, self.free = matter, free
        self.filled = standing.roles
        self.names = {one.unit_id: str(one.unit) for one in standing.sent}
        self.near = in_reach(ways)

    def row(self, want: Want) -> WantRow:
        """One want."""
        filled = [one for one in self.filled if one.role.code == want.code]
        units = [one.unit for one in filled if one.unit]
        place = filled[0].role.place if filled else SCENE
        landing = landing_of(self.matter, place)
        return WantRow(
            role=str(want.role),
            count=want.count,
            asked=asked_of(want, catalogue()),
            sent=[self.names[unit.key] for unit in units if unit.sent],
            proposed=[
                recommendation(
                    self.near[place][unit.key], self.free[unit.key], self.matter.priority
                )
                for unit in units
                if not unit.sent
            ],
            place=(landing.name or _("最近的岸边")) if landing else "",
        )


def _others(
    matter: Matter,
    standing: Standing,
    free: Mapping[int, ResponseUnit],
    order: Sequence[Ranked],
) -> list[Recommendation]:
    """Free units that aren't proposed, the best for what is missing most first."""
    proposed = {key for _, key in standing.proposed}
    missing: Sequence[Want] = unfilled(standing)
    skills = missing[0].skills if missing else ()
    able = {key: frozenset(unit.skills) for key, unit in free.items()}
    left = [one for one in order if one.key not in proposed]
    found = asking_for(left, skills, able, matter.priority)[:ELSE]
    return [recommendation(one, free[one.key], matter.priority) for one in found]
