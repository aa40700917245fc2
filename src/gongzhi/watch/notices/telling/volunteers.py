"""Whoever signed up for a task is told by text message that it is cancelled, or that a place came
free: that is what they left their number for, and no other message goes to it."""

from __future__ import annotations

import json

from django.urls import reverse
from django.utils.translation import override

from gongzhi.base.log.models import Entry
from gongzhi.base.ui.spans import day_hour
from gongzhi.watch.notices.links import whole
from gongzhi.watch.notices.queue import News, tell_address
from gongzhi.work.volunteering.events import PLACE_FREE, TASK_CANCELLED
from gongzhi.work.volunteering.models import SignUp, Task
from gongzhi.work.volunteering.states import COMING, Part

KINDS = {TASK_CANCELLED.kind: "task_cancelled", PLACE_FREE.kind: "task_place"}


def tell_volunteers(entry: Entry) -> int:
    """Put in line what this entry means for those who signed up; how many messages."""
    template = KINDS.get(entry.kind)
    _name, _colon, number = entry.subject.rpartition(":")
    if template is None or not number.isdecimal():
        return 0
    parts = SignUp.objects.filter(task=int(number), volunteer__erased_at=None)
    if template == "task_place":
        parts = parts.filter(pk=json.loads(entry.text)["row"], state=Part.SIGNED)
    else:
        parts = parts.filter(state__in=COMING)
    rows = parts.select_related("volunteer", "task").order_by("pk")
    return sum(_tell(one, template, entry) for one in rows)


def _tell(part: SignUp, template: str, entry: Entry) -> bool:
    volunteer = part.volunteer
    with override(volunteer.language):
        facts = {
            "task": part.task.title, "time": day_hour(part.task.starts_at),
            "why": _why(part.task), "link": whole(reverse("volunteering:open")),
        }  # fmt: skip
    news = News(template, f"volunteering.task:{part.task_id}", f"{entry.id}:{part.pk}", facts)
    return tell_address("sms", volunteer.phone, volunteer.language, news) is not None


def _why(task: Task) -> str:
    return str(task.get_reason_display()) if task.reason else ""
