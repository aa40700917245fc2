"""What the log says of taking part: never who, never what somebody chose or wrote."""

from django.utils.translation import gettext_lazy as _

from gongzhi.base.log.events import Code, Flag, Id, Whole, event

VOTE_PLANNED = event("proposals.vote_planned", _("定下一次投票"), options=Whole)
VOTE_OPENED = event("proposals.vote_opened", _("投票开始"), key=Code)
BALLOT_SIGNED = event("proposals.ballot_signed", _("签发一张选票"), again=Flag)
RIGHT_GIVEN = event("proposals.right_given", _("在窗口给了一个投票号"))
BALLOT_CAST = event("proposals.ballot_cast", _("投出一张选票"))
VOTE_COUNTED = event("proposals.vote_counted", _("投票计票"), signed=Whole, cast=Whole)
VOTE_STOPPED = event("proposals.vote_stopped", _("投票停止"))
PROPOSED = event("proposals.proposal_made", _("提出建议"), receipt=Id)
SUPPORTED = event("proposals.proposal_supported", _("附议"))
COMMENTED = event("proposals.comment_made", _("发表意见"), comment=Id, official=Flag)
COMMENT_ERASED = event("proposals.comment_erased", _("清除自己的意见"), comment=Id)
WORDS_ERASED = event("proposals.words_erased", _("清除建议的内容"), files=Whole)
PROMISED = event("proposals.promise_made", _("答应做一件事"), promise=Id, due=Code)
PROMISE_ENDED = event("proposals.promise_ended", _("说明答应的做到没有"), promise=Id, kept=Flag)
PROMISE_MISSED = event("proposals.promise_missed", _("答应的日子过了"), promise=Id)
TEXT_FLAGGED = event("proposals.text_flagged", _("有人请看一看一段文字"))
TEXT_LEFT = event("proposals.text_left", _("看过一段文字，没有违反规则"))
TEXT_REMOVED = event("proposals.text_removed", _("按规则撤下一段文字"), removal=Id, rule=Code)
APPEALED = event("proposals.removal_appealed", _("对撤下提出申诉"), removal=Id)
APPEAL_DECIDED = event("proposals.appeal_decided", _("决定了申诉"), removal=Id, restored=Flag)
CONSULTATION_OPENED = event("proposals.consultation_opened", _("开始征求意见"), options=Whole)
CONSULTATION_ANSWERED = event("proposals.consultation_answered", _("收到一份意见"))
CONSULTATION_DECIDED = event("proposals.consultation_decided", _("公布征求意见后的决定"))
