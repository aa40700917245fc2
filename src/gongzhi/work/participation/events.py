"""What the log says of residents' part in their matters."""

from django.utils.translation import gettext_lazy as _

from gongzhi.base.log.events import Code, Flag, Id, When, Whole, event

REQUEST_FILED = event("participation.request_filed", _("居民反映"), receipt=Id)
REQUEST_JOINED = event("participation.request_joined", _("又一位居民反映"), receipt=Id)
OUTCOME_JUDGED = event("participation.outcome_judged", _("居民评判"), receipt=Id, solved=Flag)
LAPSED = event("participation.request_lapsed", _("答复后无人回应，自动办结"), days=Whole)
WORDS_ERASED = event("participation.words_erased", _("按居民要求清除"), receipt=Id, files=Whole)
HANDLING_RATED = event("participation.handling_rated", _("居民评分"), receipt=Id, stars=Whole)
THANKED = event("participation.thanked", _("居民感谢"), receipt=Id, account=Id)
REMINDED = event("participation.reminded", _("催办"), resident=Flag)
SUGGESTION_JUDGED = event(
    "participation.suggestion_judged", _("类别建议有了结论"),
    suggested=Code, chosen=Code, percent=Whole, right=Flag,
)  # fmt: skip
PROMISED = event("participation.promise_made", _("答应到某日办好"), planned_at=When)
ANSWER_ALIKE = event("participation.answer_alike", _("答复与以往雷同"), unit=Id, alike=Whole)
