"""A warning's time is over; and somebody looks at what was published in a hurry."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from gongzhi.base.access.permissions import require
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused
from gongzhi.work.prevention.warnings import events
from gongzhi.work.prevention.warnings.models import Draft, Endorsement, Message, Warning
from gongzhi.work.prevention.warnings.permissions import PUBLISH
from gongzhi.work.prevention.warnings.selectors import forget_standing


@action
def expire_warnings(by: Actor, keys: Iterable[int]) -> list[Warning]:
    """End those of these whose last message has run out.

    An update that is being written becomes a warning of its own, so that nobody's words are lost.
    """
    held = Warning.objects.select_for_update(of=("self",)).select_related("current")
    over = held.filter(pk__in=list(keys), state=Warning.State.ACTIVE, current__expires__lte=now())
    ended = list(over)
    for warning in ended:
        assert warning.current is not None  # noqa: S101  (an active one says something)
        warning.state, warning.ended_at = Warning.State.EXPIRED, warning.current.ends_at
        warning.save(update_fields=["state", "ended_at"])
        record(events.WARNING_EXPIRED, warning, about=warning.about)
    for draft in Draft.objects.filter(warning__in=ended).select_related("warning"):
        _set_free(draft)
    forget_standing()
    return ended


def _set_free(draft: Draft) -> None:
    """An all-clear has nothing to clear any more; what else was written begins anew."""
    if draft.msg_type == "Cancel":
        draft.delete()
        return
    before = draft.warning
    fresh = Warning.objects.create(about=before.about, exercise=before.exercise, opened_at=now())
    draft.warning, draft.msg_type, draft.state = fresh, "Alert", "writing"
    draft.save(update_fields=["warning", "msg_type", "state"])
    record(events.WARNING_BEGUN, fresh, about=fresh.about, exercise=fresh.exercise)


@action
def endorse_emergency(by: Actor, message: Message) -> Endorsement:
    """A second person has read what one published alone. Refuses the one who did."""
    require(by, PUBLISH)
    if not isinstance(by.source, Account) or by.source.pk == message.publisher_id:
        words = _("要由发布人以外的另一个人来确认。")
        raise Refused(words, code="own_message", status=403)
    if not message.emergency:
        raise Refused(_("这一条不是紧急发布的。"), code="no_emergency", status=409)
    said = {"by": by.source, "at": now()}
    found, fresh = Endorsement.objects.get_or_create(message=message, defaults=said)
    if not fresh:
        raise Refused(_("已经有人确认过了。"), code="endorsed", status=409)
    record(events.EMERGENCY_ENDORSED, message.warning, message=message.pk)
    return found
