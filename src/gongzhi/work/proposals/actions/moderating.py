"""Taking a text out of public view, by a published rule; and looking at it again, once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.ui.errors import Refused
from gongzhi.work.proposals import events
from gongzhi.work.proposals.models import Comment, Flag, Proposal, Removal
from gongzhi.work.proposals.permissions import require_moderator
from gongzhi.work.proposals.texts import checked_text

Text = Comment | Proposal
LONGEST_NOTE = 200


@action
def flag_text(by: Actor, text: Text) -> None:
    """Ask that a text be looked at. It stays as it is until somebody has."""
    Flag.objects.get_or_create(**_one(text))
    Flag.objects.filter(**_one(text)).update(many=F("many") + 1)
    record(events.TEXT_FLAGGED, _proposal(text).matter)


@action
def leave_text(by: Actor, text: Text) -> None:
    """Looked at, and left: no rule is broken."""
    require_moderator(by)
    flag = Flag.objects.filter(**_one(text)).first()
    if flag is None:
        raise Refused(_("没有人提出过这一条。"), code="no_flag", status=404)
    flag.many, flag.looked_at = 0, now()
    flag.save(update_fields=["many", "looked_at"])
    record(events.TEXT_LEFT, _proposal(text).matter)


@action
def remove_text(by: Actor, text: Text, rule: str, note: str = "") -> Removal:
    """Take it out of view by this rule, which the author is told. There is no removal without one;
    official answers and what was put back on appeal stay."""
    account = require_moderator(by)
    if rule not in catalogue().moderation:
        wrong = _("请选一条规则。没有违反规则的不能撤下。")
        raise Refused(wrong, code="rule", status=422, fields={"rule": wrong})
    if isinstance(text, Comment) and text.unit_id is not None:
        raise Refused(_("这是单位的正式答复，不能撤下。"), code="official", status=409)
    if Removal.objects.filter(**_one(text)).exists():
        raise Refused(_("这一条已经处理过了。"), code="removed_before", status=409)
    removal = Removal.objects.create(
        **_one(text), rule=rule, note=checked_text(note, "note", LONGEST_NOTE), at=now(),
        by=account,
    )  # fmt: skip
    Flag.objects.filter(**_one(text)).update(many=0, looked_at=now())
    record(events.TEXT_REMOVED, _proposal(text).matter, removal=removal.pk, rule=rule)
    return removal


@action
def appeal(by: Actor, removal: Removal, words: str) -> Removal:
    """The author asks once that somebody else look at it."""
    held = Removal.objects.select_for_update().get(pk=removal.pk)
    if held.appealed_at is not None:
        raise Refused(_("已经申诉过一次了。"), code="appealed_before", status=409)
    held.appeal = checked_text(words, "words", needed=True)
    held.appealed_at = now()
    held.save(update_fields=["appeal", "appealed_at"])
    record(events.APPEALED, _of(held).matter, removal=held.pk)
    return held


@action
def decide_appeal(by: Actor, removal: Removal, *, restored: bool, why: str) -> Removal:
    """Put it back or leave it out, with reasons: by somebody else than who removed it."""
    account = require_moderator(by)
    held = Removal.objects.select_for_update().get(pk=removal.pk)
    if not held.waits:
        raise Refused(_("没有等着决定的申诉。"), code="no_appeal", status=409)
    if held.by_id == account.pk:
        raise Refused(_("撤下这一条的是您自己，申诉要由别人决定。"), code="own_removal", status=403)
    held.why = checked_text(why, "why", needed=True)
    held.restored, held.decided_at, held.decided_by = restored, now(), account
    held.save(update_fields=["why", "restored", "decided_at", "decided_by"])
    record(events.APPEAL_DECIDED, _of(held).matter, removal=held.pk, restored=restored)
    return held


@action
def forget_removed(by: Actor, keys: Sequence[int]) -> int:
    """Erase the words of these comments, which stayed out of view; how many."""
    rows = Comment.objects.select_related("proposal__matter").filter(pk__in=keys).order_by("pk")
    for one in rows:
        Comment.objects.filter(pk=one.pk).update(words="")
        record(events.COMMENT_ERASED, one.proposal.matter, comment=one.pk)
    return len(rows)


def _one(text: Text) -> dict[str, Any]:
    return {"comment" if isinstance(text, Comment) else "proposal": text}


def _proposal(text: Text) -> Proposal:
    return text.proposal if isinstance(text, Comment) else text


def _of(removal: Removal) -> Proposal:
    text = removal.comment or removal.proposal
    assert text is not None  # noqa: S101  (a constraint of the table)
    return _proposal(text)
