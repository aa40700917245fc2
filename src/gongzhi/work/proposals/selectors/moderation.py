"""What was taken out of view, for everybody; and what somebody should look at."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.base.catalogue.kinds.moderation import ModerationRule
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import now
from gongzhi.base.ui.errors import Refused
from gongzhi.work.participation.codes import hashed
from gongzhi.work.proposals.models import Comment, Flag, Proposal, Removal

KEPT = timedelta(days=30)
"""So long the author can appeal; then the words of what stayed out are erased."""


class Removed(NamedTuple):
    """A line of the public log: no words, no author."""

    on: date
    rule: str
    kind: str
    outcome: str


def rules() -> list[ModerationRule]:
    """The rules, in their order."""
    return list(catalogue().moderation.values())


def removals() -> QuerySet[Removal]:
    """All, the newest first, with their texts."""
    rows = Removal.objects.select_related("comment__proposal", "proposal", "by__unit")
    return rows.order_by("-at", "-pk")


def public_log(most: int = 200) -> list[Removed]:
    """What was removed: the day, the rule, the kind of text, and how an appeal ended."""
    names = {one.code: str(one.name) for one in rules()}
    return [
        Removed(timezone.localdate(one.at), names.get(one.rule, one.rule), _kind(one), _ended(one))
        for one in removals()[:most]
    ]


def waiting_appeals() -> QuerySet[Removal]:
    """Appeals that wait for a decision, the oldest first."""
    found = removals().filter(appealed_at__isnull=False, decided_at=None)
    return found.order_by("appealed_at", "pk")


def flagged() -> QuerySet[Flag]:
    """Texts that people asked to look at and that are in view."""
    rows = Flag.objects.filter(many__gt=0).select_related("comment__proposal", "proposal")
    return rows.order_by("-many", "pk")


def text_of(kind: str, key: int) -> Comment | Proposal:
    """The comment or proposal; refused (404) where there is none."""
    model: type[Comment] | type[Proposal] | None = {"comment": Comment, "proposal": Proposal}.get(
        kind
    )  # type: ignore[assignment]
    found = model.objects.filter(pk=key).first() if model else None
    if found is None:
        raise Refused(_("没有这段文字。"), code="no_such_text", status=404)
    return found


def removal_of(key: int) -> Removal:
    """The removal; refused (404) where there is none."""
    found = removals().filter(pk=key).first()
    if found is None:
        raise Refused(_("没有这条记录。"), code="no_such_removal", status=404)
    return found


def comment_by(code: str) -> Comment:
    """The comment whose code this is; refused (404) where there is none."""
    rows = Comment.objects.filter(code_hash=hashed(code), unit=None)
    found = rows.select_related("proposal__matter", "removal").first()
    if found is None:
        raise Refused(
            _("没有这个码。请核对一下；清除了的意见，码也没有了。"), code="no_such_code", status=404
        )
    return found


def to_forget() -> list[int]:
    """Removals of comments that stayed out of view, whose time to appeal is over."""
    rows = Removal.objects.filter(at__lt=now() - KEPT, comment__isnull=False)
    done = rows.exclude(restored=True).exclude(appealed_at__isnull=False, decided_at=None)
    return list(done.exclude(comment__words="").order_by("pk").values_list("comment", flat=True))


def _kind(one: Removal) -> str:
    return _("意见") if one.comment_id else _("建议")


def _ended(one: Removal) -> str:
    if one.waits:
        return _("作者申诉了，另一个人正在看")
    if one.decided_at is None:
        return _("没有申诉")
    return _("申诉成立，放回去了") if one.restored else _("申诉不成立")
