"""What can be done with units and with the incidents they go to."""

from gongzhi.work.dispatch.actions.alarms import lower_alarm, raise_alarm
from gongzhi.work.dispatch.actions.assigning import Offer, assign_unit, explain_choice, recall_unit
from gongzhi.work.dispatch.actions.cards import send_card
from gongzhi.work.dispatch.actions.conditions import lift_condition, set_condition
from gongzhi.work.dispatch.actions.duty import (
    go_off_duty,
    go_on_duty,
    open_response_unit,
    pause_unit,
    resume_unit,
)
from gongzhi.work.dispatch.actions.fleet import (
    change_unit,
    drop_shift,
    plan_shift,
    retire_unit,
    set_status,
    state_unit,
)
from gongzhi.work.dispatch.actions.incidents import (
    hand_to_department,
    merge_incident,
    move_incident,
    note_incident,
)
from gongzhi.work.dispatch.actions.limits import tell_limits
from gongzhi.work.dispatch.actions.network import use_network
from gongzhi.work.dispatch.actions.positions import (
    doubt_position,
    drop_positions,
    report_position,
)
from gongzhi.work.dispatch.actions.progress import (
    clear_unit,
    fill_in_time,
    report_en_route,
    report_on_scene,
)
from gongzhi.work.dispatch.actions.standing_by import (
    answer_stand_by,
    ask_to_stand_by,
    end_stand_by,
)

__all__ = [
    "Offer", "answer_stand_by", "ask_to_stand_by", "assign_unit", "change_unit", "clear_unit",
    "doubt_position", "drop_positions", "drop_shift", "end_stand_by", "explain_choice",
    "fill_in_time", "go_off_duty", "go_on_duty",
    "hand_to_department", "lift_condition", "lower_alarm", "merge_incident", "move_incident",
    "note_incident", "open_response_unit", "pause_unit", "plan_shift", "raise_alarm",
    "recall_unit", "report_en_route", "report_on_scene", "report_position", "resume_unit",
    "retire_unit", "send_card", "set_condition", "set_status", "state_unit",
    "tell_limits", "use_network",
]  # fmt: skip
