"""What waits for somebody who may sign: a grave draft, and what one published alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import ngettext

from gongzhi.base.access.permissions import may
from gongzhi.base.people.models import Account
from gongzhi.base.ui.waiting import Waiting
from gongzhi.work.prevention.warnings.models import Draft, Message
from gongzhi.work.prevention.warnings.permissions import PUBLISH
from gongzhi.work.prevention.warnings.selectors.lists import drafts, hasty


def waiting(request: HttpRequest) -> Iterable[Waiting]:
    """For whoever may publish, but for what they wrote or published themselves. Two queries."""
    who = request.user
    if not isinstance(who, Account) or not may(who, PUBLISH):
        return
    submitted = list(drafts().filter(state="waiting").exclude(by=who))
    if submitted:
        words = ngettext("%(n)s 条预警等您审", "%(n)s 条预警等您审", len(submitted))
        yield Waiting("sign", len(submitted), words % {"n": len(submitted)}, _to(submitted))
    published = list(hasty().exclude(publisher=who))
    if published:
        words = ngettext(
            "%(n)s 条紧急发布的预警等您确认", "%(n)s 条紧急发布的预警等您确认", len(published)
        )
        yield Waiting("endorse", len(published), words % {"n": len(published)}, _to(published))


def _to(found: Sequence[Draft] | Sequence[Message]) -> str:
    """To the one warning, or to the desk where they all are."""
    if len(found) > 1:
        return reverse("warnings:desk")
    return reverse("warnings:warning", args=[found[0].warning_id])
