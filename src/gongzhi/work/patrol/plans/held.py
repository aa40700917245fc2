"""A plan and a stop while they are changed: the plan is locked before anything in it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongzhi.base.ui.errors import Refused
from gongzhi.work.patrol.plans.models import Plan, Rest, Stop
from gongzhi.work.patrol.plans.routing import Misfit
from gongzhi.work.patrol.plans.selectors.sheet import Sheet, Timings
from gongzhi.work.patrol.plans.states import OPEN


def held_plan(plan: Plan) -> Plan:
    """The plan, locked."""
    return Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)


def open_stop(sheet: Sheet, stop: Stop) -> Stop:
    """The stop as the sheet has it. Refuses one that somebody has been to, or skipped."""
    held = sheet.stop(stop.pk)
    if held is None or held.state not in OPEN:
        raise Refused(
            _("这一处已经去过或者跳过了，不能再改。"), code="stop_over", status=409
        )  # fmt: skip
    return held


def write_timings(timings: Timings) -> None:
    """Keep when each stop is made, in which order, and when breaks are."""
    for one in timings.stops:
        one.stop.place, one.stop.arrives_at, one.stop.leaves_at = one.place, one.arrives, one.leaves
    fields = ["place", "arrives_at", "leaves_at"]
    Stop.objects.bulk_update([one.stop for one in timings.stops], fields)
    for rest, begins in timings.rests:
        rest.begins_at = begins
    Rest.objects.bulk_update([rest for rest, _begins in timings.rests], ["begins_at"])


def unfit(sheet: Sheet, misfit: Misfit, wanted: Stop) -> Refused:
    """Why the change can't be, in words."""
    stop = sheet.stop(misfit.visit.key) if misfit.visit else None
    told = {"node": (stop or wanted).node, "wanted": wanted.node}
    said = {
        "unreachable": _("这个单位去不了%(node)s：没有路，也没有船。"),
        "late": _("这样排，赶不上%(node)s的时段。"),
        "near": _("这样排，%(node)s两次停留隔得太近。"),
        "rest": _("加上%(wanted)s，这个单位就没有时间吃饭休息了。"),
        "home": _("加上%(wanted)s，这个单位下班前回不来。"),
    }[misfit.why]
    return Refused(said % told, code=f"unfit_{misfit.why}", status=409)
