"""Asking somebody without an account, by a signed link that opens one question."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import timedelta

from django.utils.translation import gettext as _

from gongzhi.base.access.permissions import require
from gongzhi.base.files.actions import keep_photo
from gongzhi.base.files.photos import Photo
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.intake import checked_words
from gongzhi.base.matters.models import Attachment, Matter, Message
from gongzhi.base.matters.permissions import require_owner
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused
from gongzhi.work.joint.codes import code_of, hashed
from gongzhi.work.joint.events import LINK_ENDED, OUTSIDE_ANSWERED, OUTSIDE_ASKED
from gongzhi.work.joint.models import AskedOutside
from gongzhi.work.joint.permissions import ANSWER
from gongzhi.work.joint.selectors.outside import require_open_link

DAYS = (1, 3, 7)
"""How long a link may last."""
MOST = 10
"""Links of one matter that are open at a time."""
ASKED = ("resident_request", "joint_part")


@action
def ask_outside(by: Actor, matter: Matter, kind: str, words: str, *, days: int = 3) -> AskedOutside:
    """Make a link that opens these words alone, to be answered once within so many days.

    Refuses a matter that has ended, another unit's, and more links than anybody can overlook.
    """
    require(by, ANSWER)
    held = Matter.objects.select_for_update(of=("self",)).get(pk=matter.pk)
    require_owner(by, held)
    _require_sense(held, kind, days)
    at, mark = now(), secrets.token_urlsafe(16)
    question = _said(by, held, words)
    asked = AskedOutside.objects.create(
        matter=held, kind=kind, question=question, asked_by=held.owner_unit, asked_at=at,
        link_mark=mark, link_hash=hashed(code_of(mark)), link_until=at + timedelta(days=days),
    )  # fmt: skip
    record(
        OUTSIDE_ASKED, held, asked=asked.pk, kind=kind, until=asked.link_until, message=question.pk
    )
    return asked


@action
def end_link(by: Actor, asked: AskedOutside) -> AskedOutside:
    """Take the link back: it opens nothing any more."""
    require(by, ANSWER)
    held = _held(asked)
    require_owner(by, held.matter)
    if held.ended_at is not None or held.answered_at is not None:
        raise Refused(_("这个链接已经不能用了。"), code="link_over", status=409)
    held.ended_at = now()
    held.save(update_fields=["ended_at"])
    record(LINK_ENDED, held.matter, asked=held.pk)
    return held


@action
def answer_outside(
    by: Actor, asked: AskedOutside, words: str, *, photos: Sequence[Photo] = ()
) -> AskedOutside:
    """Take the answer that came by the link, once; it stands on the matter's timeline, for the
    unit alone. Refuses a link that is over."""
    held = _held(asked)
    require_open_link(held)
    files = [keep_photo(by, one) for one in photos]
    message = _said(by, held.matter, words)
    Attachment.objects.bulk_create(
        Attachment(matter=held.matter, message=message, file=file, public=False, at=now())
        for file in files
    )
    held.answer, held.answered_at = message, now()
    held.save(update_fields=["answer", "answered_at"])
    record(
        OUTSIDE_ANSWERED, held.matter, asked=held.pk, message=message.pk, files=len(files) or None
    )
    return held


def _said(by: Actor, matter: Matter, words: str) -> Message:
    """Words beside the matter, for its unit alone; the caller's event names them."""
    author = by.source if isinstance(by.source, Account) else None
    return Message.objects.create(
        matter=matter, kind=Message.Kind.NOTE, words=checked_words(words), author=author, at=now()
    )


def _require_sense(matter: Matter, kind: str, days: int) -> None:
    if matter.closed_at is not None or matter.procedure not in ASKED:
        raise Refused(_("已经办结，不能再问外单位。"), code="matter_closed", status=409)
    if kind not in AskedOutside.Kind.values:
        wrong = _("请选是哪一类单位。")
        raise Refused(wrong, code="unknown_kind", status=422, fields={"kind": wrong})
    if days not in DAYS:
        wrong = _("链接可以用 1 天、3 天或者 7 天。")
        raise Refused(wrong, code="days", status=422, fields={"days": wrong})
    waiting = matter.asked_outside.filter(answered_at=None, ended_at=None, link_until__gt=now())
    if waiting.count() >= MOST:
        wrong = _("还有 %(n)s 个链接没有答复，先等一等或者收回几个。") % {"n": MOST}
        raise Refused(wrong, code="too_many_links", status=409, fields={"kind": wrong})


def _held(asked: AskedOutside) -> AskedOutside:
    Matter.objects.select_for_update(of=("self",)).get(pk=asked.matter_id)
    rows = AskedOutside.objects.select_for_update(of=("self",))
    return rows.select_related("matter__owner_unit").get(pk=asked.pk)
