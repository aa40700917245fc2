"""Who may write a warning, and who may publish which."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongzhi.base.access.permissions import may, require
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused
from gongzhi.work.prevention.warnings.models import GRAVITY, Draft

WRITE = "prevention.write_warning"
PUBLISH = "prevention.publish_warning"
GRAVE = 3
"""From this severity (Severe) on, a second person publishes."""


def writer_of(by: Actor) -> Account:
    """The account that writes. Refuses everybody without the permission, and programs."""
    require(by, WRITE)
    if not isinstance(by.source, Account):
        raise Refused(_("只有登录的工作人员能起草预警。"), code="no_account", status=403)
    return by.source


def needs_second(draft: Draft) -> bool:
    """Whether one person alone may not publish it: what is grave, or takes back what was.

    An exercise reaches no resident, so it needs nobody else.
    """
    current = draft.warning.current
    before = GRAVITY.get(current.severity, 0) if current else 0
    return not draft.warning.exercise and max(draft.gravity, before) >= GRAVE


def may_publish(account: Account, draft: Draft) -> bool:
    """Whether this account may publish it as it stands (no emergency)."""
    if not needs_second(draft):
        return may(account, WRITE)
    return draft.state == "waiting" and account.pk != draft.by_id and may(account, PUBLISH)


def require_publisher(by: Actor, draft: Draft, *, emergency: bool) -> Account:
    """The account that publishes. In an emergency its writer may; that is on the log."""
    account = writer_of(by) if emergency or not needs_second(draft) else _second(by)
    if emergency or may_publish(account, draft):
        return account
    if account.pk == draft.by_id:
        words = _(
            "橙色、红色预警要由另一个人审过再发布；您刚改过这份草稿。危及生命来不及的，用紧急发布。"
        )
        raise Refused(words, code="own_draft", status=403)
    raise Refused(_("先送审，再由第二个人发布。"), code="not_submitted", status=409)


def _second(by: Actor) -> Account:
    require(by, PUBLISH)
    if not isinstance(by.source, Account):
        raise Refused(_("只有登录的工作人员能发布预警。"), code="no_account", status=403)
    return by.source
