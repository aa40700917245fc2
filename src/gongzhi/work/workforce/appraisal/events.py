"""What the log says of appraisal: that something was opened, read, objected to or decided. Never a
number, a word or a grade: those are the officer's, and are erased with the sheet."""

from django.utils.translation import gettext_lazy as _

from gongzhi.base.log.events import Code, Flag, Id, Whole, event

FORMULA_TRIED = event(
    "appraisal.formula_tried", _("试算了考评办法"), formula=Code, mark=Code, people=Whole
)
FORMULA_ADOPTED = event(
    "appraisal.formula_adopted", _("启用了考评办法"), formula=Code, mark=Code, since=Code
)
ROUND_OPENED = event(
    "appraisal.round_opened", _("开始一轮考评"), formula=Code, mark=Code, people=Whole
)
ROUND_CLOSED = event("appraisal.round_closed", _("一轮考评结束"), people=Whole)
CONDUCT_NOTED = event("appraisal.conduct_noted", _("登记了作风纪律事项"), account=Id, sort=Code)
CONDUCT_STRUCK = event("appraisal.conduct_struck", _("撤销了作风纪律登记"), account=Id)
BACKGROUND_TOLD = event("appraisal.background_told", _("本人填了公平检查用的情况"))
BACKGROUND_ERASED = event("appraisal.background_erased", _("清除了公平检查用的情况"))
SHEET_READ = event("appraisal.sheet_read", _("看了考评表"), account=Id)
SHEET_TAKEN = event("appraisal.sheet_taken", _("本人导出了考评表"))
COMMENTED = event("appraisal.sheet_commented", _("本人写了说明"))
OBJECTED = event("appraisal.objection_made", _("对考评提出异议"), item=Code)
ANSWERED = event("appraisal.objection_answered", _("答复了考评异议"), item=Code, upheld=Flag)
COLLEAGUE_ANSWERED = event("appraisal.colleague_answered", _("同事填了互评"))
PROPOSED = event("appraisal.grade_proposed", _("提出了考评结论"))
DECIDED = event("appraisal.grade_decided", _("定了考评结论"))
