"""What can be done with units and with the incidents they go to."""

from gongzhi.work.dispatch.actions.assigning import assign_unit, recall_unit
from gongzhi.work.dispatch.actions.conditions import lift_condition, set_condition
from gongzhi.work.dispatch.actions.duty import (
    go_off_duty,
    go_on_duty,
    open_response_unit,
    pause_unit,
    report_position,
    resume_unit,
)
from gongzhi.work.dispatch.actions.incidents import (
    hand_to_department,
    merge_incident,
    move_incident,
    note_incident,
    tell_department,
)
from gongzhi.work.dispatch.actions.network import use_network
from gongzhi.work.dispatch.actions.progress import clear_unit, report_en_route, report_on_scene

__all__ = [
    "assign_unit", "clear_unit", "go_off_duty", "go_on_duty", "hand_to_department",
    "lift_condition", "merge_incident", "move_incident", "note_incident", "open_response_unit",
    "pause_unit", "recall_unit", "report_en_route", "report_on_scene", "report_position",
    "resume_unit", "set_condition", "tell_department", "use_network",
]  # fmt: skip
