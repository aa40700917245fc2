"""What the log says of crews. What concerns an incident is recorded about the incident, the rest
about the unit; never where somebody was."""

from django.utils.translation import gettext_lazy as _

from gongzhi.base.log.events import Code, Flag, Id, When, Whole, event

REPORT_TAKEN = event(
    "crews.report_taken", _("出警终端的报告"),
    unit=Id, assignment=Id, what=Code, state=Code, happened_at=When, told_at=When, uncertain=Flag,
)  # fmt: skip
RECEIPTS_DROPPED = event("crews.receipts_dropped", _("清除了过期的回执"), receipts=Whole)
SCENE_PHOTO_KEPT = event("crews.scene_photo_kept", _("存了现场照片"), unit=Id, file=Id, placed=Flag)

CHECK_IN_SET = event(
    "crews.check_in_set", _("开始定时报平安"),
    unit=Id, assignment=Id, rule=Code, seconds=Whole, due_at=When,
)  # fmt: skip
CHECKED_IN = event(
    "crews.checked_in", _("报平安"), unit=Id, assignment=Id, by_radio=Flag, late=Flag, due_at=When
)
CHECK_IN_LATE = event(
    "crews.check_in_late", _("没有按时报平安"),
    unit=Id, assignment=Id, severity=Code, due_at=When,
)  # fmt: skip

EMERGENCY_RAISED = event(
    "crews.emergency_raised", _("紧急求助"), unit=Id, emergency=Id, uncertain=Flag
)
EMERGENCY_UNANSWERED = event(
    "crews.emergency_unanswered", _("紧急求助没有人确认"), unit=Id, emergency=Id
)
EMERGENCY_ACKNOWLEDGED = event(
    "crews.emergency_acknowledged", _("确认了紧急求助"), unit=Id, emergency=Id
)
EMERGENCY_STOOD_DOWN = event(
    "crews.emergency_stood_down", _("解除了紧急求助"), unit=Id, emergency=Id, reason=Code
)
