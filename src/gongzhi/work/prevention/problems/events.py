"""What the log says of rises and problems: categories, places, counts and stages; no words."""

from django.utils.translation import gettext_lazy as _

from gongzhi.base.log.events import Code, Codes, Flag, Id, Number, Whole, event

LOOKED = event(
    "problems.rises_looked_for", _("查看各类警情有没有异常上升"),
    day=Code, categories=Whole, found=Whole,
)  # fmt: skip
_SEEN = {
    "about": Code, "cells": Codes, "town": Code, "days": Whole, "seen": Whole, "expected": Number,
    "chance": Number,
}  # fmt: skip
RISE_FOUND = event("problems.rise_found", _("发现异常上升"), **_SEEN)
RISE_WENT_ON = event("problems.rise_went_on", _("异常上升还在持续"), **_SEEN)
RISE_ENDED = event("problems.rise_ended", _("异常上升已回落"), about=Code)
RISE_CONFIRMED = event("problems.rise_confirmed", _("确认异常上升"), about=Code, problem=Id)
RISE_DISMISSED = event("problems.rise_dismissed", _("排除异常上升"), about=Code, reason=Code)
OPENED = event(
    "problems.problem_opened",
    _("立防范问题"),
    about=Code,
    rise=Id,
    series=Id,
    unit=Id,
    cells=Codes,
)
TAKEN_ON = event("problems.problem_taken_on", _("专人负责防范问题"), account=Id, unit=Id)
HANDED_OVER = event("problems.problem_handed_over", _("移交防范问题"), unit=Id, to=Id)
STAGE_REACHED = event("problems.stage_reached", _("防范问题进入下一步"), stage=Code)
STAGE_REOPENED = event("problems.stage_reopened", _("防范问题退回上一步"), stage=Code)
STAGE_NOTED = event("problems.stage_noted", _("记防范问题的情况"), stage=Code)
WORDS_ERASED = event("problems.words_erased", _("清除防范问题里的一段话"), row=Id)
# What is called an intervention now was a measure when these kinds were declared; kinds stay.
INTERVENTION_PLANNED = event(
    "problems.measure_planned", _("安排防范措施"), measure=Code, row=Id, unit=Id, since=Code
)
INTERVENTION_SETTLED = event(
    "problems.measure_settled", _("登记防范措施有没有落实"), measure=Code, row=Id, done=Flag
)
COMPARISON_CHOSEN = event(
    "problems.comparison_chosen", _("选定对照区域"), middles=Codes, ring=Whole, around=Whole
)
OPEN_WORDS_WRITTEN = event(
    "problems.open_words_written", _("起草给居民看的防范问题"), row=Id, many=Whole
)
OPENED_TO_RESIDENTS = event(
    "problems.opened_to_residents", _("向居民公开防范问题"), row=Id, first=Flag
)
CLOSED_TO_RESIDENTS = event("problems.closed_to_residents", _("收回防范问题的公开页面"))
CONTRIBUTED = event("problems.resident_contributed", _("居民对防范问题说了话"), row=Id, sort=Code)
CONTRIBUTION_LOOKED_AT = event(
    "problems.contribution_looked_at", _("看过居民的话"), row=Id, shown=Flag
)
CONTRIBUTION_ANSWERED = event("problems.contribution_answered", _("回复居民的话"), row=Id)
CONTRIBUTION_TAKEN_BACK = event("problems.contribution_taken_back", _("居民收回自己的话"), row=Id)
RESULT_PUBLISHED = event("problems.result_published", _("公布了防范问题的结果"), row=Id, many=Whole)
"""``row``: the published words; ``many``: how many contributions have the result on their page."""
