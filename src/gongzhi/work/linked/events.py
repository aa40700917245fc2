"""What the log says of requests to partners. Each is recorded about its incident."""

from django.utils.translation import gettext_lazy as _

from gongzhi.base.log.events import Code, Codes, Flag, Id, When, event

PARTNER_ASKED = event(
    "linked.partner_asked", _("请求联动"),
    request=Id, partner=Code, unit=Id, offers=Codes, way=Code, due_at=When,
    contact=Flag, photos=Flag, message=Id,
)  # fmt: skip
REQUEST_ANSWERED = event(
    "linked.request_answered", _("联动单位答复"),
    request=Id, partner=Code, answer=Code, previous=Code, via=Code, reason=Code,
    late=Flag, due_at=When, message=Id,
)  # fmt: skip
ANSWER_WITHOUT_EFFECT = event(
    "linked.answer_without_effect", _("联动单位的答复晚到或重复，没有改动"),
    request=Id, partner=Code, answer=Code, state=Code, via=Code,
)  # fmt: skip
ANSWER_OVERDUE = event(
    "linked.answer_overdue", _("联动单位超时"), request=Id, partner=Code, state=Code, due_at=When
)
PARTNER_PHONED = event("linked.partner_phoned", _("电话告知联动单位"), request=Id, partner=Code)
REQUEST_CANCELLED = event(
    "linked.request_cancelled", _("取消联动请求"), request=Id, partner=Code, reason=Code
)
REQUEST_MOVED = event(
    "linked.request_moved", _("联动请求随警情合并"), request=Id, partner=Code, source=Id
)
LINK_MADE = event("linked.link_made", _("给联动单位开了链接"), request=Id, partner=Code, until=When)
CONTACT_OPENED = event(
    "linked.contact_opened", _("联动单位查看了联系方式"), request=Id, partner=Code, via=Code
)
