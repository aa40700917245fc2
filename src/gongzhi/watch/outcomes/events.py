"""What the log says of outcomes: which days were counted. Numbers of persons are in none of it."""

from django.utils.translation import gettext_lazy as _

from gongzhi.base.log.events import Code, Number, When, Whole, event

COUNTED = event(
    "outcomes.figures_counted", _("统计了成效指标"),
    since=Code, until=Code, measures=Whole, figures=Whole,
)  # fmt: skip
EXPORTED = event("outcomes.figures_exported", _("导出了成效数字"), measure=Code, figures=Whole)
DRAWN = event(
    "outcomes.survey_drawn", _("抽签问一部分居民"),
    since=Code, until=Code, seed=Whole, frame=Whole, drawn=Whole, closes_at=When,
)  # fmt: skip
BRIEF_MAILED = event("outcomes.brief_mailed", _("发出一周简报"), week=Code, many=Whole)
ANSWERED = event("outcomes.survey_answered", _("有居民答了抽样调查"))
INVITED = event("outcomes.survey_invited", _("告诉抽中的居民"), many=Whole)
TARGET_SET = event("outcomes.target_set", _("定了成效目标"), measure=Code, value=Number, since=Code)
TARGET_ENDED = event("outcomes.target_ended", _("撤了成效目标"), measure=Code)
