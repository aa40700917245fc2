"""What can be done with plans."""

from gongzhi.work.patrol.plans.actions.editing import move_stop, pin_stop, put_back, take_out
from gongzhi.work.patrol.plans.actions.forgetting import forget_units
from gongzhi.work.patrol.plans.actions.proposing import propose_plan
from gongzhi.work.patrol.plans.actions.publishing import publish_plan, withdraw_plan
from gongzhi.work.patrol.plans.actions.repairing import repair_plan
from gongzhi.work.patrol.plans.actions.telling import leave_stop, reach_stop, skip_stop

__all__ = [
    "forget_units", "leave_stop", "move_stop", "pin_stop", "propose_plan", "publish_plan",
    "put_back", "reach_stop", "repair_plan", "skip_stop", "take_out", "withdraw_plan",
]  # fmt: skip
