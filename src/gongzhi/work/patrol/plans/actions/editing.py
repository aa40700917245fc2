"""What a planner changes by hand, one stop at a time; everything else stays as it is."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.ui.errors import Refused
from gongzhi.work.patrol.plans import events
from gongzhi.work.patrol.plans.held import held_plan, open_stop, unfit, write_timings
from gongzhi.work.patrol.plans.models import Plan, PlanUnit, Stop
from gongzhi.work.patrol.plans.permissions import require_editor
from gongzhi.work.patrol.plans.placing import arranged, leave_out, place_best
from gongzhi.work.patrol.plans.routing import Misfit, timed
from gongzhi.work.patrol.plans.selectors.sheet import Sheet
from gongzhi.work.patrol.plans.states import LeftOut, PlanState


@action
def move_stop(
    by: Actor, stop: Stop, crew: PlanUnit, before: Stop | None = None, *, anyway: bool = False
) -> Stop:  # fmt: skip
    """Let this unit make the stop, before another one of its stops, or where it costs the least
    way; there it stays. Refuses, in words, what can't be: hours missed, no way, back too late, no
    time for a break. ``anyway``: what has to go for it goes to others, or is left out."""
    sheet, held = _sheet(by, stop)
    taker = sheet.crew(crew.pk)
    if taker is None:
        raise Refused(_("这个单位不在这个方案里。"), code="no_such_crew", status=422)
    if not sheet.fits(taker, held):
        said = _("%(unit)s去不了这一类地方：要别的车、船，或者步巡。")
        raise Refused(said % {"unit": taker.unit}, code="unfit_kind", status=409)
    giver = sheet.crew(held.crew_id)
    found = arranged(sheet, taker, held, before, anyway=anyway)
    if isinstance(found, Misfit):
        raise unfit(sheet, found, held)
    for one in found.out:
        leave_out(one, LeftOut.LESS)
    held.crew, held.left_out, held.rather, held.pinned = taker, "", None, True
    held.save(update_fields=["crew", "left_out", "rather", "pinned"])
    write_timings(sheet.timings(found.run, found.times))
    sheet.stops.sort(key=lambda one: (one.place, one.pk))
    if giver is not None and giver.pk != taker.pk:
        _retime(sheet, giver, held)
    others = [one for one in sheet.crews if one.pk != taker.pk and not one.away]
    takers = [place_best(sheet, one, others) for one in found.out]
    for one in found.out:
        if one.crew is None:
            one.rather = held.node
            one.save(update_fields=["rather"])
    _note_edit(sheet.plan, taker, giver, *takers)
    place = next(n for n, one in enumerate(found.run.visits) if one.key == held.pk)
    record(
        events.STOP_MOVED, sheet.plan, stop=held.pk, node=held.node_id, unit=taker.unit_id,
        before=giver.unit_id if giver else None, place=place,
    )  # fmt: skip
    return held


@action
def pin_stop(by: Actor, stop: Stop, *, pinned: bool) -> Stop:
    """Keep the stop with its unit when the plan is made anew, or let it go again."""
    sheet, held = _sheet(by, stop)
    if held.crew is None:
        raise Refused(_("还没有单位去，先选一个单位。"), code="left_out", status=409)
    if held.pinned == pinned:
        raise Refused(_("没有改动。"), code="nothing_changed", status=409)
    held.pinned = pinned
    held.save(update_fields=["pinned"])
    _note_edit(sheet.plan)
    record(events.STOP_PINNED, sheet.plan, pinned=pinned, **_about(held))
    return held


@action
def take_out(by: Actor, stop: Stop) -> Stop:
    """Nobody goes there in this plan, also when it is made anew."""
    sheet, held = _sheet(by, stop)
    if held.left_out == LeftOut.TAKEN_OUT:
        raise Refused(_("没有改动。"), code="nothing_changed", status=409)
    about, giver = _about(held), sheet.crew(held.crew_id)
    leave_out(held, LeftOut.TAKEN_OUT)
    if giver is not None:
        _retime(sheet, giver, held)
    _note_edit(sheet.plan, giver)
    record(events.STOP_TAKEN_OUT, sheet.plan, **about)
    return held


@action
def put_back(by: Actor, stop: Stop) -> Stop:
    """What was taken out is wanted again: it goes to the unit for which it costs the least way, or
    stays left out because nobody has time."""
    sheet, held = _sheet(by, stop)
    if held.left_out != LeftOut.TAKEN_OUT:
        raise Refused(_("没有改动。"), code="nothing_changed", status=409)
    taker = place_best(sheet, held, sheet.crews)
    if taker is None:
        held.left_out = LeftOut.NO_TIME
        held.save(update_fields=["left_out"])
    _note_edit(sheet.plan, taker)
    record(events.STOP_PUT_BACK, sheet.plan, **_about(held))
    return held


def _sheet(by: Actor, stop: Stop) -> tuple[Sheet, Stop]:
    plan = held_plan(stop.plan)
    require_editor(by, plan)
    sheet = Sheet(plan, now())
    return sheet, open_stop(sheet, stop)


def _retime(sheet: Sheet, crew: PlanUnit, without: Stop) -> None:
    """The unit that lost a stop goes straight on; being earlier, it misses nothing."""
    run = sheet.run(crew, [without])
    times = timed(run, sheet.table(crew))
    if not isinstance(times, Misfit):  # else it is behind already: the order stays as it is
        write_timings(sheet.timings(run, times))


def _note_edit(plan: Plan, *crews: PlanUnit | None) -> None:
    plan.edits += 1
    plan.save(update_fields=["edits"])
    changed = [one.pk for one in crews if one is not None]
    if plan.state == PlanState.PUBLISHED and changed:
        PlanUnit.objects.filter(pk__in=changed).update(changed_at=now())


def _about(stop: Stop) -> dict[str, int | None]:
    unit = stop.crew.unit_id if stop.crew else None
    return {"stop": stop.pk, "node": stop.node_id, "unit": unit}
