"""What is told to those who booked a counter: that it is tomorrow, and that a time came free.

They told their number for this visit; nothing was subscribed to, and with the number erased on the
booking's page nothing comes.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from gongzhi.base.log.actions import now
from gongzhi.base.reach.addresses import normal
from gongzhi.base.ui.errors import Refused
from gongzhi.base.ui.spans import day_hour
from gongzhi.watch.notices.channels.ways import way_for
from gongzhi.watch.notices.links import whole
from gongzhi.watch.notices.models import Notice
from gongzhi.watch.notices.queue import News, tell_address
from gongzhi.watch.notices.quiet import after_quiet
from gongzhi.watch.notices.states import Channel
from gongzhi.work.appointments.models import Appointment
from gongzhi.work.appointments.states import State

OFFERED = "appointments.time_offered"
LANGUAGE = "zh-hans"
"""A booking doesn't say in which language it was made."""
MOST = 500
FROM_HOUR = 10
"""Reminders go in the morning of the day before, when offices can still be reached."""


def remind_of_tomorrow() -> int:
    """Remind those who come tomorrow, once; how many."""
    at = now()
    local = timezone.localtime(at, timezone.get_default_timezone())
    if local.hour < FROM_HOUR or way_for(Channel.SMS) is None:
        return 0
    begins = local.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    rows = Appointment.objects.filter(
        state=State.BOOKED, starts_at__gte=begins, starts_at__lt=begins + timedelta(days=1)
    ).exclude(phone="")
    found = rows.select_related("office").order_by("starts_at")[:MOST]
    return sum(_told(one, "appointment_tomorrow", f"tomorrow:{one.starts_at}") for one in found)


def tell_offer(entry: UUID, subject: str) -> bool:
    """Say at once that a time came free: it is not kept for long."""
    number = subject.rpartition(":")[2]
    found = Appointment.objects.filter(pk=int(number), state=State.OFFERED).exclude(phone="")
    one = found.select_related("office").first()
    if one is None or way_for(Channel.SMS) is None:
        return False
    return _told(one, "appointment_offer", str(entry), rank=1)


def _told(one: Appointment, template: str, once: str, rank: int = 4) -> bool:
    try:
        phone = normal(Channel.SMS, one.phone)
    except Refused:  # a landline: nobody reads it there
        return False
    with override(LANGUAGE):
        facts = _facts(one)
    news = News(template, f"appointments.appointment:{one.pk}", f"{one.pk}:{once}", facts, rank)
    again_at = now() if template == "appointment_offer" else after_quiet(now(), 22, 7)
    made: Notice | None = tell_address(Channel.SMS, phone, LANGUAGE, news, again_at=again_at)
    return made is not None


def _facts(one: Appointment) -> dict[str, str]:
    return {
        "time": day_hour(one.starts_at) if one.starts_at else "",
        "until": day_hour(one.answer_by) if one.answer_by else "",
        "office": str(one.office),
        "link": whole(reverse("appointments:open")),
    }
