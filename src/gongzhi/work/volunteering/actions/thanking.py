"""A resident's thanks, read by a person before it is passed on."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.ui.errors import Refused
from gongzhi.work.participation.receiving import require_key
from gongzhi.work.volunteering import events
from gongzhi.work.volunteering.models import Task, Thanks
from gongzhi.work.volunteering.permissions import require_runner
from gongzhi.work.volunteering.states import TaskState, Words

MOST_WORDS = 300


@action
def send_thanks(by: Actor, task: Task, *, words: str, key: str) -> Thanks:
    """Write to those of a task. The unit reads it first."""
    require_key(key)
    if task.state == TaskState.CANCELLED or task.starts_at > now():
        raise Refused(_("任务做了再写感谢。"), code="too_early", status=409)
    said = words.strip().replace("\x00", "")
    if not said or len(said) > MOST_WORDS:
        wrong = _("请写几句，最多 %(n)s 个字。") % {"n": MOST_WORDS}
        raise Refused(wrong, code="words", status=422, fields={"words": wrong})
    sent = Thanks.objects.filter(key=key).first()
    if sent is not None:
        raise Refused(_("已经收到了。"), code="sent", status=409)
    made = Thanks.objects.create(task=task, words=said, key=key, at=now())
    record(events.THANKS_SENT, task, row=made.pk)
    return made


@action
def look_at_thanks(by: Actor, thanks: Thanks, *, show: bool) -> Thanks:
    """Pass it on to those who came, or don't: then its words go."""
    held = Thanks.objects.select_for_update(of=("self",)).select_related("task__unit")
    one = held.get(pk=thanks.pk)
    require_runner(by, one.task)
    if one.state != Words.HELD:
        raise Refused(_("已经有人看过了。"), code="looked_at", status=409)
    one.state, one.looked_at = (Words.SHOWN if show else Words.REFUSED), now()
    if not show:
        one.words = ""
    one.save(update_fields=["state", "looked_at", "words"])
    record(events.THANKS_LOOKED_AT, one.task, row=one.pk, shown=show)
    return one
