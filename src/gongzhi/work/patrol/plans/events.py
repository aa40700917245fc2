"""What the log says of plans: shifts, units, nodes, times and reasons; never where a unit was."""

from django.utils.translation import gettext_lazy as _

from gongzhi.base.log.events import Code, Flag, Id, When, Whole, event

_SHIFT = {"begins": When, "ends": When}
PLAN_PROPOSED = event(
    "plans.plan_proposed", _("提出巡逻方案"),
    seed=Whole, units=Whole, visits=Whole, left_out=Whole, edited=Whole, **_SHIFT,
)  # fmt: skip
PLAN_PUBLISHED = event("plans.plan_published", _("发布巡逻方案"), replaces=Id, **_SHIFT)
PLAN_WITHDRAWN = event("plans.plan_withdrawn", _("撤回巡逻方案"), **_SHIFT)
PLAN_REPAIRED = event(
    "plans.plan_repaired", _("巡逻方案自动调整"),
    unit=Id, why=Code, moved=Whole, left_out=Whole, taken_up=Whole,
)  # fmt: skip
_STOP = {"stop": Id, "node": Id, "unit": Id}
STOP_MOVED = event("plans.stop_moved", _("改派一次巡逻停留"), place=Whole, before=Id, **_STOP)
STOP_PINNED = event("plans.stop_pinned", _("固定或者放开一次巡逻停留"), pinned=Flag, **_STOP)
STOP_TAKEN_OUT = event("plans.stop_taken_out", _("从方案里去掉一次巡逻停留"), **_STOP)
STOP_PUT_BACK = event("plans.stop_put_back", _("放回一次巡逻停留"), **_STOP)
_THERE = {"stop": Id, "node": Id}
STOP_REACHED = event("plans.stop_reached", _("到达巡逻点"), late=Flag, uncertain=Flag, **_THERE)
# `cell`: the node's, of some 0.7 km², for those who ask whether presence helped there.
STOP_LEFT = event(
    "plans.stop_left", _("离开巡逻点"), minutes=Whole, uncertain=Flag, cell=Code, **_THERE
)
STOP_SKIPPED = event("plans.stop_skipped", _("跳过巡逻点"), reason=Code, **_THERE)
UNITS_FORGOTTEN = event("plans.units_forgotten", _("清除了哪个单位去过哪里"), stops=Whole)
