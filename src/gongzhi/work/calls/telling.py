"""How calls read on an incident's timeline."""

from __future__ import annotations

from datetime import datetime

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongzhi.base.matters.models import Matter
from gongzhi.base.matters.timeline import Fields, Line, tells
from gongzhi.base.ui.spans import moment

_PAPER_TIMES = {
    "received_at": gettext_lazy("来电"),
    "answered_at": gettext_lazy("接听"),
    "dispatched_at": gettext_lazy("派警"),
    "on_scene_at": gettext_lazy("到场"),
    "cleared_at": gettext_lazy("处置完"),
}
"""The times that a paper slip tells, in their order."""


@tells("calls.call_received")
def _received(matter: Matter, fields: Fields) -> Line:
    if not fields["joined"]:
        return Line(_("接到报警"), "phone", "note")
    words = _said(matter, fields["call"])
    return Line(_("第 %(nth)s 通来电") % {"nth": fields["nth"]}, "phone", "note", words)


@tells("calls.paper_entered")
def _paper(matter: Matter, fields: Fields) -> Line:
    told = [
        f"{words} {moment(datetime.fromisoformat(fields[name]))}"
        for name, words in _PAPER_TIMES.items()
        if fields.get(name)
    ]
    return Line(_("纸质接警单补录"), "file", "note", _("，").join(told))


@tells("calls.return_asked")
def _return_asked(matter: Matter, fields: Fields) -> Line:
    return Line(_("指挥中心请部门退回"), "undo", "warn")


@tells("calls.here_asked")
def _here_asked(matter: Matter, fields: Fields) -> Line:
    return Line(_("请报警人发位置"), "pin")


@tells("calls.here_sent")
def _here_sent(matter: Matter, fields: Fields) -> Line:
    told = _("误差约 %(m)s 米") % {"m": fields["accuracy"]}
    return Line(_("报警人发来位置"), "pin", "note", told)


@tells("calls.here_taken")
def _here_taken(matter: Matter, fields: Fields) -> Line:
    return Line(_("采用了报警人发来的位置"), "pin")


@tells("calls.here_left")
def _here_left(matter: Matter, fields: Fields) -> Line:
    return Line(_("没有采用报警人发来的位置，已清除"), "pin")


@tells("calls.here_ended")
def _here_ended(matter: Matter, fields: Fields) -> Line:
    return Line(_("位置链接已失效"), "clock")


@tells("calls.words_erased")
def _erased(matter: Matter, fields: Fields) -> Line:
    return Line(_("来电里的话已清除"), "trash")


@tells("calls.call_moved_away")
def _moved_away(matter: Matter, fields: Fields) -> Line:
    return Line(_("一通来电移到另一起警情"), "phone")


@tells("calls.call_moved_here")
def _moved_here(matter: Matter, fields: Fields) -> Line:
    words = _said(matter, fields["call"])
    return Line(_("移来一通来电"), "phone", words=words)


def _said(matter: Matter, call: int) -> str:
    """The words of one of its calls; all of them are read once, however many there are."""
    if "calls" not in getattr(matter, "_prefetched_objects_cache", {}):
        prefetch_related_objects([matter], "calls")
    return next((one.words for one in matter.calls.all() if one.pk == call), "")
