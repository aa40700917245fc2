"""What the log says of joint handling. Each is recorded about its matter."""

from django.utils.translation import gettext_lazy as _

from gongzhi.base.log.events import Code, Flag, Id, When, Whole, event

OUTSIDE_ASKED = event(
    "joint.outside_asked", _("问外单位"), asked=Id, kind=Code, until=When, message=Id
)
OUTSIDE_ANSWERED = event(
    "joint.outside_answered", _("外单位答复了"), asked=Id, message=Id, files=Whole, late=Flag
)
LINK_ENDED = event("joint.link_ended", _("收回了外单位的链接"), asked=Id)
ESCALATED = event(
    "joint.escalated", _("升级提醒"), escalation=Id, clock=Code, rung=Whole, tells=Code, unit=Id
)
ESCALATION_SEEN = event("joint.escalation_seen", _("看过升级提醒"), escalation=Id)
SAME_FOUND = event("joint.same_found", _("很多人说同一件事"), groups=Whole, requests=Whole)
SAME_APART = event("joint.same_apart", _("不是同一件事"), same=Id, requests=Whole)
JOIN_WENT_ON = event("joint.join_went_on", _("正在合并"), run=Id, gone=Whole, total=Whole)
JOIN_ENDED = event("joint.join_ended", _("合并完了"), run=Id, joined=Whole)
HANDED_TO_110 = event("joint.handed_to_dispatch", _("转给 110"), incident=Id)
CAME_FROM_REQUEST = event("joint.came_from_request", _("从居民诉求转来"), request=Id)
