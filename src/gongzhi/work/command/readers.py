"""What happens to a lane by itself: the words of an incident were erased, and its own follow."""

from __future__ import annotations

from gongzhi.base.log.actor import Actor
from gongzhi.base.log.models import Entry
from gongzhi.base.log.readers import reader
from gongzhi.work.command import actions
from gongzhi.work.command.models import Lane

ERASED = "matters.told_erased"


@reader("command.erasing")
def follow_erasing(entry: Entry) -> None:
    """Erase what was written in the lanes of an incident whose words were erased."""
    if entry.kind != ERASED:
        return
    name, _colon, number = entry.subject.rpartition(":")
    if name == "matters.matter" and number.isdecimal():
        for lane in Lane.objects.filter(incidents__matter=int(number)).order_by("pk"):
            actions.erase_words(Actor.system("command"), lane)
