"""What is done about a problem, and where nothing is, to compare with."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import action, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Unit
from gongzhi.base.places.cells import as_text
from gongzhi.base.ui.errors import Refused
from gongzhi.work.prevention.problems import events
from gongzhi.work.prevention.problems.held import held_problem
from gongzhi.work.prevention.problems.models import ComparisonArea, Intervention, Problem
from gongzhi.work.prevention.problems.permissions import require_worker
from gongzhi.work.prevention.problems.picking import MOST_AREAS, Ground, checked
from gongzhi.work.prevention.problems.shapes import WIDEST, cells_in, numbers, reach_of


@action
def plan_intervention(
    by: Actor, problem: Problem, code: str, *, unit: Unit, since: date, until: date | None = None
) -> Intervention:
    """Plan an intervention of the catalogue, who sees to it, and from when to when."""
    held = held_problem(problem)
    require_worker(by, held)
    _require_going(held)
    if code not in catalogue().interventions:
        words = _("没有这种措施。")
        raise Refused(words, code="intervention", status=422, fields={"code": words})
    if until is not None and until < since:
        words = _("结束的日子不能早于开始的日子。")
        raise Refused(words, code="until", status=422, fields={"until": words})
    intervention = Intervention.objects.create(
        problem=held, code=code, unit=unit, since=since, until=until
    )
    record(
        events.INTERVENTION_PLANNED,
        held,
        measure=code,
        row=intervention.pk,
        unit=unit.pk,
        since=f"{since}",
    )
    return intervention


@action
def settle_intervention(by: Actor, intervention: Intervention, *, done: bool) -> Intervention:
    """Say whether it was carried out. One that wasn't is left out of before and after."""
    held = held_problem(intervention.problem)
    require_worker(by, held)
    _require_going(held)
    intervention.done = done
    intervention.save(update_fields=["done"])
    record(
        events.INTERVENTION_SETTLED, held, measure=intervention.code, row=intervention.pk, done=done
    )
    return intervention


@action
def choose_comparison(
    by: Actor, problem: Problem, middles: Sequence[str], *, ring: int | None = None,
    around: Sequence[str] | None = None,
) -> Problem:  # fmt: skip
    """Choose the areas to compare with, by their cell in the middle; they take the place of those
    chosen before. None may touch the problem's own area or what is watched around it, or each
    other. ``ring``: how many cells wide that is (1 to 3); None: as it was. ``around``: the very
    cells instead; None: all of the ring."""
    held = held_problem(problem)
    require_worker(by, held)
    _require_going(held)
    width = held.ring if ring is None else ring
    if not 1 <= width <= WIDEST:
        raise Refused(_("周边一圈只能宽一到三格。"), code="ring", status=422)
    own = frozenset(numbers(held.cells))
    watched = None if around is None else cells_in(around)
    found = checked(
        Ground(own, width, reach=reach_of(held.cells)), cells_in(middles[: MOST_AREAS + 1]), watched
    )  # fmt: skip
    held.ring, held.around = width, None if watched is None else [as_text(one) for one in watched]
    held.save(update_fields=["ring", "around"])
    held.comparison.all().delete()
    disks = [[as_text(one) for one in disk] for disk in found.chosen]
    ComparisonArea.objects.bulk_create(ComparisonArea(problem=held, cells=one) for one in disks)
    record(
        events.COMPARISON_CHOSEN, held, middles=[one[0] for one in disks], ring=width,
        around=None if watched is None else len(watched),
    )  # fmt: skip
    return held


def _require_going(held: Problem) -> None:
    if held.closed_at is not None:
        raise Refused(_("这个问题已经办结；要改先退回一步。"), code="closed", status=409)
