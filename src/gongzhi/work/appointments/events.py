"""What the log says of visits to counters: which office, what for and when; never who comes."""

from django.utils.translation import gettext_lazy as _

from gongzhi.base.log.events import Code, Codes, Flag, Id, When, Whole, event

_TIME = {"office": Id, "counter": Code, "at": When}
BOOKED = event("appointments.time_booked", _("约了窗口"), **_TIME, services=Codes, minutes=Whole)
MOVED = event("appointments.time_moved", _("改了预约时间"), **_TIME)
CANCELLED = event("appointments.booking_cancelled", _("取消了预约"), office=Id)
MISSED = event("appointments.booking_missed", _("过时没来，时间让出来"), office=Id)
WISHED = event("appointments.day_wished", _("约满了，排队等空位"), office=Id, services=Codes)
OFFERED = event("appointments.time_offered", _("把空出来的时间留给排在前面的人"), **_TIME)
TAKEN = event("appointments.offer_taken", _("要了空出来的时间"), office=Id)
LAPSED = event("appointments.wish_lapsed", _("等空位到期"), office=Id)
REOPENED = event("appointments.time_reopened", _("空出来的时间重新放号"), office=Id, steps=Whole)
ERASED = event("appointments.contact_erased", _("清除了预约人的称呼和电话"), reason=Code)
CONTACT_READ = event(
    "appointments.contact_read", _("查看了预约人的联系方式"), unit=Id, purpose=Code
)
ARRIVED = event("appointments.visitor_arrived", _("预约的人到了"), office=Id, ticket=Id)
TICKET_TAKEN = event(
    "appointments.ticket_taken", _("取了号"), office=Id, services=Codes, booked=Flag
)
CALLED = event("appointments.ticket_called", _("叫号"), office=Id, counter=Code, waited=Whole)
"""``waited``: seconds since the number was taken, or since the booked time where that is later."""
HANDED = event("appointments.ticket_handed_on", _("转到别的窗口"), office=Id, counter=Code)
SERVED = event("appointments.ticket_served", _("办完了"), office=Id, counter=Code, took=Whole)
"""``took``: seconds since it was called."""
LEFT = event("appointments.ticket_left", _("叫了没有人"), office=Id)
