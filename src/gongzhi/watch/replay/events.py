"""What the log says of reviews: that a lesson was noted, and of which moment; never its words."""

from django.utils.translation import gettext_lazy as _

from gongzhi.base.log.events import Id, When, event

LESSON_NOTED = event(
    "replay.lesson_noted", _("记下了复盘要点"), lesson=Id, moment=When, matter=Id, county=Id
)
LESSON_ERASED = event("replay.lesson_erased", _("清除了复盘要点"), lesson=Id)
