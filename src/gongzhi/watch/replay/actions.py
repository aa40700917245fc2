"""Noting what a shift teaches, and erasing it again."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from gongzhi.base.access.permissions import require
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.models import Matter
from gongzhi.base.people.models import Account
from gongzhi.base.places.models import County
from gongzhi.base.ui.errors import Refused
from gongzhi.watch.replay.events import LESSON_ERASED, LESSON_NOTED
from gongzhi.watch.replay.models import Lesson
from gongzhi.watch.replay.permissions import NOTE, may_erase

LONGEST = 1000


@action
def note_lesson(
    by: Actor, at: datetime, words: str, *, county: County | None = None,
    matter: Matter | None = None,
) -> Lesson:  # fmt: skip
    """Keep what the moment `at` of a shift teaches. Refuses no words, too many, and a moment that
    is still to come."""
    require(by, NOTE)
    said = words.strip()
    if not isinstance(by.source, Account) or not said or len(said) > LONGEST or "\x00" in said:
        wrong = _("请写 1 到 %(n)s 个字。") % {"n": LONGEST}
        raise Refused(wrong, code="words", status=422, fields={"words": wrong})
    if at > now():
        raise Refused(_("这个时刻还没有到。"), code="moment", status=422)
    lesson = Lesson.objects.create(
        at=at, county=county, matter=matter, words=said, noted_at=now(), noted_by=by.source
    )
    told = {"lesson": lesson.pk, "moment": at, "county": county.pk if county else None}
    record(LESSON_NOTED, lesson, **told, matter=matter.pk if matter else None)
    return lesson


@action
def erase_lesson(by: Actor, lesson: Lesson) -> Lesson:
    """Erase a lesson's words: by who wrote them, the data steward, or the platform itself."""
    held = Lesson.objects.select_for_update(of=("self",)).get(pk=lesson.pk)
    if by.kind != "system" and not (isinstance(by.source, Account) and may_erase(by.source, held)):
        raise Refused(_("只有写的人和数据管理员可以清除。"), code="not_permitted", status=403)
    held.words, held.erased_at = "", now()
    held.save(update_fields=["words", "erased_at"])
    record(LESSON_ERASED, held, lesson=held.pk)
    return held
