"""What the log says of calls. Each is recorded about the incident, as all of a matter is."""

from django.utils.translation import gettext_lazy as _

from gongzhi.base.log.events import Code, Flag, Id, Whole, event

CALL_RECEIVED = event(
    "calls.call_received", _("来电"), call=Id, channel=Code, joined=Flag, nth=Whole
)
WORDS_ERASED = event("calls.words_erased", _("清除了来电内容"), reason=Code, calls=Whole)
CALL_MOVED_AWAY = event("calls.call_moved_away", _("来电移到另一起警情"), call=Id, to=Id)
CALL_MOVED_HERE = event("calls.call_moved_here", _("从另一起警情移来来电"), call=Id, source=Id)
