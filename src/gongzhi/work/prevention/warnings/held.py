"""The rows an action is about, locked and still as they should be."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongzhi.base.log.actions import now
from gongzhi.base.ui.errors import Refused
from gongzhi.work.prevention.warnings.content import lacking
from gongzhi.work.prevention.warnings.models import Draft, Warning


def held_warning(key: int) -> Warning:
    """The warning, locked for this transaction. Refuses (404) what is not there."""
    found = Warning.objects.select_for_update().filter(pk=key).first()
    if found is None:
        raise Refused(_("没有这条预警。"), code="no_warning", status=404)
    return found


def held_draft(warning: int) -> Draft:
    """Its draft, with the warning locked. Refuses (409) when somebody has finished it meanwhile."""
    held = held_warning(warning)
    found = Draft.objects.select_related("by").filter(warning=held).first()
    if found is None:
        words = _("这份草稿已经发布或者放弃了，请刷新页面。")
        raise Refused(words, code="no_draft", status=409)
    found.warning = held
    return found


def active_warning(key: int) -> Warning:
    """A warning that holds. Refuses (409) one that has ended, or has a draft already."""
    held = held_warning(key)
    if held.state != Warning.State.ACTIVE:
        words = _("这条预警已经结束。情况又变了，请另发一条。")
        raise Refused(words, code="not_active", status=409)
    if Draft.objects.filter(warning=held).exists():
        words = _("已经有人在写这条预警的更新或者解除，请在那份草稿上接着写。")
        raise Refused(words, code="draft_there", status=409)
    return held


def require_whole(draft: Draft) -> None:
    """Refuse (422) a draft that lacks something, naming each field."""
    wrong = lacking(draft, now())
    if wrong:
        words = _("还不能发布：有 %(n)s 处没有写好。") % {"n": len(wrong)}
        raise Refused(words, code="not_whole", status=422, fields=wrong)
