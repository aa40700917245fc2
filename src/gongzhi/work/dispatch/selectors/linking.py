"""The console's piece about partners: whom to ask, who was asked, and how that stands."""

from __future__ import annotations

from collections.abc import Sequence

from gongzhi.base.access.permissions import may
from gongzhi.base.catalogue.kinds.run_card import Plan
from gongzhi.base.matters.models import Matter
from gongzhi.base.people.models import Account, Unit
from gongzhi.work.dispatch.board import Linking
from gongzhi.work.dispatch.selectors.card import plan_of
from gongzhi.work.linked.permissions import ASK
from gongzhi.work.linked.selectors import (
    Suggestion,
    all_partners,
    asked_of,
    carded_partners,
    requests_of,
    suggested_partners,
)
from gongzhi.work.linked.states import Reason


def linking_of(matter: Matter, who: Account) -> Linking:
    """Partners of this incident, as this person may ask them."""
    going_on = matter.county_id is None and matter.closed_at is None
    asks = going_on and matter.procedure == "incident" and may(who, ASK)
    gives = going_on and may(who, "matters.hand_over")
    asked = requests_of(matter)
    busy = {one.code for one in asked}
    wanted = suggested_partners(matter.category, plan_of(matter).partners) if asks else ()
    return Linking(
        asked=asked,
        suggested=[one for one in wanted if one.code not in busy],
        partners=all_partners() if asks else (),
        units=departments() if gives else (),
        reasons=[(code, str(words)) for code, words in Reason.choices],
        contact=asks and matter.parties.exists(),
        photos=asks and matter.attachments.exists(),
        may_ask=asks,
        may_hand_over=gives,
        may_command=asks and may(who, "command.run_lane"),
    )


def to_ask(matters: Sequence[tuple[Matter, Plan]], who: Account) -> dict[int, list[Suggestion]]:
    """By incident, the partners that its card names and nobody has asked yet, as far as this
    person may ask them; one query."""
    if not may(who, ASK):
        return {}
    asked = asked_of([matter.pk for matter, _ in matters])
    return {
        matter.pk: [
            one for one in carded_partners(plan.partners) if (matter.pk, one.code) not in asked
        ]
        for matter, plan in matters
        if matter.procedure == "incident" and matter.county_id is None and not matter.closed_at
    }


def departments() -> list[tuple[str, str]]:
    """Units that can be given an incident: code and name."""
    units = Unit.objects.exclude(kind__in=(Unit.Kind.COMMUNITY, Unit.Kind.BUREAU))
    return [(unit.code, str(unit)) for unit in units.order_by("kind", "pk")
            if not unit.code.startswith("town_")]  # fmt: skip
