"""What the log says of command lanes. Each is recorded about its lane; never a word of theirs."""

from django.utils.translation import gettext_lazy as _

from gongzhi.base.log.events import Code, Id, When, Whole, event

LANE_OPENED = event("command.lane_opened", _("成立指挥专班"), matter=Id)
INCIDENT_JOINED = event("command.incident_joined", _("纳入指挥专班"), lane=Id)
"""About the incident, so that its timeline tells it."""
LANE_CLOSED = event("command.lane_closed", _("撤销指挥专班"), lessons=Whole)
LANE_ENDED = event("command.lane_ended", _("指挥专班结束"), lane=Id)
"""About each of its incidents."""
OBJECTIVE_SET = event("command.objective_set", _("定下目标"), objective=Id)
OBJECTIVE_ENDED = event("command.objective_ended", _("目标有了结果"), objective=Id, state=Code)
POST_GIVEN = event(
    "command.post_given", _("定岗、交接岗位"), holder=Id, post=Code, account=Id, unit=Id, giver=Id
)
ROLL_STARTED = event("command.roll_started", _("开始点名"), roll=Id, due_at=When, expected=Whole)
ROLL_ANSWERED = event("command.roll_answered", _("应答点名"), roll=Id, answer=Id, said=Code)
ROLL_ENDED = event("command.roll_ended", _("结束点名"), roll=Id, missing=Whole)
RESOURCE_ASKED = event("command.resource_asked", _("要资源"), resource=Id, sort=Code, number=Whole)
RESOURCE_MOVED = event("command.resource_moved", _("资源到场或释放"), resource=Id, state=Code)
WORDS_LOGGED = event("command.words_logged", _("记入情况日志"), line=Id)
LESSON_STATED = event("command.lesson_stated", _("提出改进事项"), lesson=Id, unit=Id)
LESSON_DONE = event("command.lesson_done", _("改进事项完成"), lesson=Id)
WORDS_ERASED = event("command.words_erased", _("清除了指挥专班的内容"), lines=Whole)
