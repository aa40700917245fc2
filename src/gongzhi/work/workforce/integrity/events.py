"""What the log says of integrity: that something was declared and settled; never what."""

from django.utils.translation import gettext_lazy as _

from gongzhi.base.log.events import Code, Flag, Id, Whole, event

DECLARED = event("integrity.interest_declared", _("申报礼品或者利益"), unit=Id)
SETTLED = event("integrity.declaration_settled", _("处理礼品、利益申报"), outcome=Code)
RECUSAL_ASKED = event("integrity.recusal_asked", _("提出回避"), matter=Id, unit=Id)
RECUSAL_DECIDED = event("integrity.recusal_decided", _("决定回避"), matter=Id, granted=Flag)
REPORTED = event("integrity.report_made", _("登记做过年度报告"), report=Code, year=Whole)
REPORT_DUE = event(
    "integrity.report_due", _("提醒本人做年度报告"), account=Id, report=Code, due_on=Code
)
ROTATION_DUE = event("integrity.rotation_due", _("提醒敏感岗位该轮岗"), post=Id, unit=Id)
REGISTER_READ = event("integrity.register_read", _("查看了礼品和利益登记"))
