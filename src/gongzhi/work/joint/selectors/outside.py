"""Whether a link that was sent outside still opens."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongzhi.base.log.actions import now
from gongzhi.base.ui.errors import Refused
from gongzhi.work.joint.models import AskedOutside


def require_open_link(asked: AskedOutside) -> None:
    """Refuse (410) a link that was taken back, has run out, or whose matter has ended."""
    over = asked.ended_at is not None or now() >= asked.link_until
    if over or asked.matter.closed_at is not None:
        raise Refused(_("这个链接已经失效，请联系发链接的单位。"), code="link_over", status=410)
    if asked.answered_at is not None:
        raise Refused(_("已经收到您的答复，谢谢。"), code="answered_already", status=409)
