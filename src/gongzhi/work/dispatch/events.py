"""What the log says of units. What concerns an incident is recorded about the incident.

A position is never told here: it is kept with the unit while it is on duty, and nowhere else.
"""

from django.utils.translation import gettext_lazy as _

from gongzhi.base.log.events import Code, Codes, Flag, Id, Number, When, Whole, event

UNIT_OPENED = event(
    "dispatch.unit_opened", _("设立了出警单位"),
    unit=Id, code=Code, mode=Code, station=Id, skills=Codes,
)  # fmt: skip
UNIT_CHANGED = event(
    "dispatch.unit_changed", _("调整了出警单位"),
    unit=Id, code=Code, mode=Code, station=Id, skills=Codes, fields=Codes,
)  # fmt: skip
UNIT_RETIRED = event("dispatch.unit_retired", _("撤销了出警单位"), unit=Id, code=Code)
SHIFT_PLANNED = event(
    "dispatch.shift_planned", _("排了班次"),
    unit=Id, code=Code, shift=Id, begins=When, ends=When, lead=Id,
)  # fmt: skip
SHIFT_DROPPED = event("dispatch.shift_dropped", _("取消了班次"), unit=Id, code=Code, shift=Id)
UNIT_STATED = event(
    "dispatch.unit_stated", _("更新了出警单位状态"), unit=Id, code=Code, status=Code, meaning=Code
)
UNIT_ON_DUTY = event("dispatch.unit_on_duty", _("上岗"), unit=Id, members=Whole)
UNIT_OFF_DUTY = event("dispatch.unit_off_duty", _("离岗"), unit=Id)
UNIT_PAUSED = event("dispatch.unit_paused", _("暂停接派"), unit=Id, status=Code)
UNIT_RESUMED = event("dispatch.unit_resumed", _("恢复接派"), unit=Id)
POSITION_REPORTED = event("dispatch.position_reported", _("更新了位置"), unit=Id)
POSITION_DOUBTED = event("dispatch.position_doubted", _("报的位置存疑"), unit=Id, why=Code)
POSITION_DROPPED = event("dispatch.position_dropped", _("清除了过时的位置"), unit=Id)

UNIT_ASSIGNED = event(
    "dispatch.unit_assigned", _("派警"), unit=Id, code=Code, assignment=Id, first=Flag,
    role=Code, eta=Whole, recommended=Id, recommended_eta=Whole, joint=Flag,
)  # fmt: skip
"""``eta``: seconds that the unit was expected to take; ``recommended``: what stood first when it
was sent, be it the same; ``joint``: sent as part of a proposal for several incidents."""
CHOICE_EXPLAINED = event(
    "dispatch.choice_explained", _("说明了为什么另选单位"),
    assignment=Id, unit=Id, code=Code, recommended=Id, reason=Code,
)  # fmt: skip
UNIT_RECALLED = event(
    "dispatch.unit_recalled", _("撤回警力"), unit=Id, code=Code, assignment=Id, last=Flag
)
UNIT_SET_OFF = event(
    "dispatch.unit_set_off", _("出发"), unit=Id, code=Code, assignment=Id, first=Flag
)
UNIT_ARRIVED = event(
    "dispatch.unit_arrived", _("到场"), unit=Id, code=Code, assignment=Id, first=Flag
)
UNIT_CLEARED = event(
    "dispatch.unit_cleared", _("处置完毕"),
    unit=Id, code=Code, assignment=Id, disposition=Code, last=Flag,
)  # fmt: skip
CARD_SENT = event(
    "dispatch.card_sent", _("按方案派警"), card=Code, level=Whole, units=Whole, missing=Whole
)
ALARM_RAISED = event("dispatch.alarm_raised", _("提高响应级别"), level=Whole, before=Whole)
ALARM_LOWERED = event(
    "dispatch.alarm_lowered", _("降低响应级别"), level=Whole, before=Whole, why=Code
)
LIMIT_TOLD = event(
    "dispatch.limit_told", _("提醒状态时限"), unit=Id, code=Code, limit=Code, late=Flag
)
STAND_BY_ASKED = event(
    "dispatch.stand_by_asked", _("请单位移动待命"), unit=Id, code=Code, within=Number
)
"""``within``: the part of calls that would then be reached as promised."""
STAND_BY_ANSWERED = event(
    "dispatch.stand_by_answered", _("答复移动待命"), unit=Id, code=Code, accepted=Flag
)
STAND_BY_ENDED = event("dispatch.stand_by_ended", _("结束移动待命"), unit=Id, code=Code)
NETWORK_IMPORTED = event(
    "dispatch.network_imported", _("启用了新的路网"),
    nodes=Whole, arcs=Whole, ferries=Whole, sea=Whole,
)  # fmt: skip
WAY_SLOWED = event(
    "dispatch.way_slowed", _("记下了路况"), condition=Id, speed=Whole, reason=Code, until=When
)
WAY_OPENED = event("dispatch.way_opened", _("道路恢复通行"), condition=Id)
DEPARTMENT_TOLD = event("dispatch.department_told", _("通知联动单位"), department=Id, code=Code)
"""Of before partners could answer; now ``linked.partner_asked`` says it."""
