"""Publishing: from here on the text never changes."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.ui.errors import Refused
from gongzhi.work.prevention.warnings import events
from gongzhi.work.prevention.warnings.content import copy_of
from gongzhi.work.prevention.warnings.held import held_draft, require_whole
from gongzhi.work.prevention.warnings.issuing import issue
from gongzhi.work.prevention.warnings.models import Draft, Message
from gongzhi.work.prevention.warnings.permissions import needs_second, require_publisher

KINDS = {
    "Alert": events.WARNING_PUBLISHED,
    "Update": events.WARNING_UPDATED,
    "Cancel": events.WARNING_CANCELLED,
}


@action
def publish_draft(by: Actor, draft: Draft, *, seen: str, emergency: bool = False) -> Message:
    """Publish what stands in the draft, once it is whole and `by` may.

    ``seen`` is the draft's `seen` as it was read: another text than that is refused (409).
    ``emergency``: its writer alone, because lives are at risk; somebody else endorses it after.
    """
    held = held_draft(draft.warning_id)
    emergency = emergency and needs_second(held)
    account = require_publisher(by, held, emergency=emergency)
    require_whole(held)
    if seen != held.seen:
        words = _("草稿刚刚被人改过，请重新看一遍再发布。")
        raise Refused(words, code="changed", status=409)
    said: dict[str, Any] = {"writer": held.by, "publisher": account, "emergency": emergency}
    message = _published(held, said)
    record(
        KINDS[message.msg_type], message.warning, about=message.warning.about,
        severity=message.severity.lower(), message=message.pk,
        exercise=message.warning.exercise, emergency=emergency, expires=message.expires,
    )  # fmt: skip
    return message


def _published(draft: Draft, hands: dict[str, Any]) -> Message:
    content, warning, msg_type = copy_of(draft), draft.warning, draft.msg_type
    draft.delete()
    return issue(warning, content, msg_type, now(), **hands)
