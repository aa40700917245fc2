"""What the log says of movement: posts and decisions; no words, and not who applied in vain."""

from django.utils.translation import gettext_lazy as _

from gongzhi.base.log.events import Code, Flag, Id, Whole, event

VACANCY_OPENED = event(
    "movement.vacancy_opened", _("公布空缺岗位"), post=Id, unit=Id, places=Whole, until=Code
)
VACANCY_WITHDRAWN = event("movement.vacancy_withdrawn", _("撤回空缺岗位"), post=Id, unit=Id)
BID_MADE = event("movement.bid_made", _("有人报名空缺岗位"))
BID_TAKEN_BACK = event("movement.bid_taken_back", _("有人撤回报名"))
VACANCY_DECIDED = event(
    "movement.vacancy_decided", _("定了空缺岗位"), post=Id, unit=Id, chosen=Whole, bids=Whole
)
APPEALED = event("movement.decision_appealed", _("对岗位决定申诉"))
APPEAL_ANSWERED = event("movement.appeal_answered", _("答复岗位申诉"), upheld=Flag)
ROTATION_PLANNED = event("movement.rotation_planned", _("算了一次轮岗"), moves=Whole, left=Whole)
MOVE_DECIDED = event("movement.move_decided", _("定了一项轮岗"), agreed=Flag)
