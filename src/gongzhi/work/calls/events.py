"""What the log says of calls. Each is recorded about the incident, as all of a matter is."""

from django.utils.translation import gettext_lazy as _

from gongzhi.base.log.events import Code, Flag, Id, When, Whole, event

CALL_RECEIVED = event(
    "calls.call_received", _("来电"),
    call=Id, channel=Code, joined=Flag, nth=Whole, manner=Code,
)  # fmt: skip
WORDS_ERASED = event("calls.words_erased", _("清除了来电内容"), reason=Code, calls=Whole)
CALL_MOVED_AWAY = event("calls.call_moved_away", _("来电移到另一起警情"), call=Id, to=Id)
CALL_MOVED_HERE = event("calls.call_moved_here", _("从另一起警情移来来电"), call=Id, source=Id)
CALL_RANG = event("calls.call_rang", _("电话打进来"), line=Code)
RING_CLAIMED = event("calls.ring_claimed", _("接起来电"), waited=Whole)
RING_ENDED = event("calls.ring_ended", _("来电挂断"), answered=Flag)
RING_TAKEN = event("calls.ring_taken", _("来电已登记"), call=Id)
RING_LEFT = event("calls.ring_left", _("来电放入回拨"), manner=Code, back_by=When)
NUMBER_SEEN = event("calls.number_seen", _("查看号码准备回拨"), purpose=Code)
CALLED_BACK = event("calls.called_back", _("回拨"), result=Code, nth=Whole)
RING_CLOSED = event("calls.ring_closed", _("来电了结"), outcome=Code, tries=Whole)
PAPER_ENTERED = event(
    "calls.paper_entered", _("纸质接警单补录"),
    call=Id, received_at=When, answered_at=When, dispatched_at=When, on_scene_at=When,
    cleared_at=When,
)  # fmt: skip
RETURN_ASKED = event("calls.return_asked", _("请部门退回转办的事"))
HERE_ASKED = event("calls.here_asked", _("请报警人发位置"), until=When)
HERE_SENT = event("calls.here_sent", _("报警人发来位置"), nth=Whole, accuracy=Whole)
HERE_TAKEN = event("calls.here_taken", _("采用报警人发来的位置"))
HERE_LEFT = event("calls.here_left", _("没有采用报警人发来的位置"))
HERE_ENDED = event("calls.here_ended", _("位置链接失效"), why=Code)
PREMISE_NOTED = event("calls.premise_noted", _("登记处所提示"), until=When)
PREMISE_NOTE_REMOVED = event("calls.premise_note_removed", _("撤下处所提示"))
