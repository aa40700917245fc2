"""Who may see a past shift, and what of it."""

from __future__ import annotations

from gongzhi.base.access.permissions import may
from gongzhi.base.people.models import Account
from gongzhi.watch.replay.models import Lesson

VIEW, NOTE = "replay.view_shift", "replay.note_lesson"


def sees_places(who: Account) -> bool:
    """Whether they see exact places: those of the console do, for everybody else a block of
    houses (an H3 cell of resolution 9) is enough."""
    return may(who, "dispatch.view_console")


def may_erase(who: Account, lesson: Lesson) -> bool:
    """Who wrote it, and the data steward."""
    mine = lesson.noted_by_id == who.pk and may(who, NOTE)
    return lesson.erased_at is None and (mine or may(who, "calls.erase_words"))
