"""What the log says of rosters: which unit's, which month, how many shifts; never why somebody
can't come."""

from django.utils.translation import gettext_lazy as _

from gongzhi.base.log.events import Code, Flag, Id, Whole, event

ROSTER_ASKED = event("rosters.roster_asked", _("开始排班"), unit=Id, month=Code)
ROSTER_MADE = event("rosters.roster_made", _("排好了班"), unit=Id, shifts=Whole, cost=Whole)
ROSTER_FAILED = event("rosters.roster_failed", _("班排不出来"), unit=Id, conflicts=Whole)
ROSTER_STOPPED = event("rosters.roster_stopped", _("停下排班"), unit=Id)
ROSTER_PUBLISHED = event("rosters.roster_published", _("发布班表"), unit=Id, version=Whole)
DUTY_SET = event("rosters.duty_set", _("改了一格班"), unit=Id, on=Code, pinned=Flag)
WISH_TOLD = event("rosters.wish_told", _("提出排班的愿望"), on=Code)
ABSENCE_TOLD = event("rosters.absence_told", _("报告不能上班"), unit=Id, changes=Whole)
REPAIR_DECIDED = event("rosters.repair_decided", _("决定补班方案"), unit=Id, accepted=Flag)
OFFER_MADE = event("rosters.offer_made", _("请人换班"), unit=Id, on=Code)
OFFER_TAKEN = event("rosters.offer_taken", _("接了换班"), unit=Id)
OFFER_DECIDED = event("rosters.offer_decided", _("决定换班"), unit=Id, granted=Flag)
OFFER_WITHDRAWN = event("rosters.offer_withdrawn", _("撤回换班"), unit=Id)
FORECAST_TAKEN = event("rosters.forecast_taken", _("按预测定人数"), unit=Id, made_on=Code)
FORECAST_DROPPED = event("rosters.forecast_dropped", _("不按预测定人数"), unit=Id)
STRENGTH_CHANGED = event("rosters.strength_changed", _("改了要的人数"), unit=Id, officers=Whole)
STRENGTH_RESTORED = event("rosters.strength_restored", _("撤回人数的改动"), unit=Id)
REPAIR_UNDONE = event("rosters.repair_undone", _("人又能来，班换回去"), unit=Id)
FEED_OPENED = event("rosters.feed_opened", _("给了排班日历的新地址"))
FEED_CLOSED = event("rosters.feed_closed", _("停用排班日历"))
