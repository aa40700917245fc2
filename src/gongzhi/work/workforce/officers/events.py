"""What the log says of the workforce: posts, skills and that leave was decided; never why somebody
is away, nor of which kind it is."""

from django.utils.translation import gettext_lazy as _

from gongzhi.base.log.events import Code, Flag, Id, Whole, event

POST_OPENED = event(
    "officers.post_opened", _("设立岗位"), unit=Id, line=Code, sensitive=Flag, places=Whole
)
POST_CHANGED = event(
    "officers.post_changed", _("调整岗位"), unit=Id, line=Code, sensitive=Flag, places=Whole
)
POST_CLOSED = event("officers.post_closed", _("撤销岗位"), unit=Id, on=Code)
POST_TAKEN = event("officers.post_taken", _("到任岗位"), post=Id, unit=Id, since=Code, share=Whole)
POST_LEFT = event("officers.post_left", _("卸任岗位"), post=Id, unit=Id, on=Code)
GRADE_GIVEN = event("officers.grade_given", _("登记警衔"), since=Code)
SERVICE_TOLD = event("officers.service_told", _("登记参加工作的时间"))
SKILL_RECORDED = event("officers.skill_recorded", _("登记技能、证书"), skill=Code, until=Code)
SKILL_ENDED = event("officers.skill_ended", _("注销技能、证书"), skill=Code)
TRAINING_RECORDED = event("officers.training_recorded", _("登记培训"), skill=Code, hours=Whole)
LIMIT_TOLD = event("officers.limit_told", _("登记排班限制"), unit=Id)
LIMIT_ENDED = event("officers.limit_ended", _("解除排班限制"), unit=Id)
LEAVE_ASKED = event("officers.leave_asked", _("申请请假"), unit=Id)
LEAVE_DECIDED = event("officers.leave_decided", _("审批请假"), unit=Id, granted=Flag)
LEAVE_WITHDRAWN = event("officers.leave_withdrawn", _("撤回请假"), unit=Id)
LEAVE_WORDS_ERASED = event("officers.leave_words_erased", _("清除请假的原因"), rows=Whole)
RECORD_READ = event("officers.record_read", _("查看了人员档案"), unit=Id, purpose=Code)
UNIT_MANNED = event("officers.unit_manned", _("登记单位人员"), people=Whole)
CHECK_PLANNED = event("officers.check_planned", _("安排体检"), unit=Id)
CHECK_DONE = event("officers.check_done", _("登记做过体检"), unit=Id)
COMMENDED = event("officers.commended", _("表扬民警"), unit=Id)
LINE_STRUCK = event("officers.line_struck", _("划掉档案里的一条"), unit=Id)
LIST_READ = event("officers.list_read", _("读入人员名单"), rows=Whole, faulty=Whole)
LIST_WRITTEN = event("officers.list_written", _("按名单登记"), rows=Whole, faulty=Whole)
LIST_DROPPED = event("officers.list_dropped", _("放弃读入的名单"), rows=Whole)
