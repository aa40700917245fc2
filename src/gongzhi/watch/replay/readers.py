"""When an incident's words are erased, so are the lessons that were written about it."""

from __future__ import annotations

from gongzhi.base.log.actor import Actor
from gongzhi.base.log.models import Entry
from gongzhi.base.log.readers import reader
from gongzhi.watch.replay.actions import erase_lesson
from gongzhi.watch.replay.models import Lesson

REPLAY = Actor.system("replay")


@reader("replay.forgetting")
def forget(entry: Entry) -> None:
    """Erase the lessons about an incident whose words were erased, and those of its parts."""
    if entry.kind != "calls.words_erased":
        return
    key = int(entry.subject.rpartition(":")[2])
    found = Lesson.objects.filter(erased_at=None)
    for lesson in found.filter(matter=key) | found.filter(matter__merged_into=key):
        erase_lesson(REPLAY, lesson)
