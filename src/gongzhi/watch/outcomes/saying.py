"""Measures in words: their numbers, and what is said of a change."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongzhi.base.catalogue.kinds.measure import Measure
from gongzhi.base.ui.spans import span
from gongzhi.watch.outcomes.selectors.comparing import Beside
from gongzhi.watch.outcomes.selectors.stories import Story

NONE = "—"


def number(measure: Measure, value: float | None) -> str:
    """A value as people read it: 87 %, 6 分 20 秒, 1.3."""
    if value is None:
        return NONE
    if measure.formula in ("share", "within"):
        edge = 0 < value < 0.01 or 0.99 < value < 1
        return f"{value * 100:.{1 if edge else 0}f}%"
    if measure.shown == "seconds":
        return span(value)
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 1 else f"{value:.2f}"


def bounds(measure: Measure, low: float | None, high: float | None) -> str:
    """``84% 到 90%``; empty where there are none."""
    if low is None or high is None:
        return ""
    return _("%(low)s 到 %(high)s") % {"low": number(measure, low), "high": number(measure, high)}


def unit_of(measure: Measure) -> str:
    """What a rate is told for; empty for what says so itself."""
    if measure.formula == "per_thousand":
        return _("起，每千人每周")
    if measure.formula == "number":
        return _("次，每周")
    return _("趟") if measure.shown == "times" else ""


def verdict(story: Story) -> str:
    """“和平常一样”, or since when it isn't. A change is told only when a rule says so."""
    if not story.measure.measured:
        return _("还没有统计")
    if not story.chart.judged:
        return _("周数还少，先不下判断")
    signal = story.signal
    if signal is None:
        return _("和平常一样")
    above = signal.side == "above"
    if signal.rule == "point":
        return _("这一周高于往常") if above else _("这一周低于往常")
    since = short_day(story.weeks[signal.since])
    words = _("自%(day)s那周起高于往常") if above else _("自%(day)s那周起低于往常")
    return words % {"day": since}


def side_of(story: Story) -> str:
    """Whether that is to the good, in words; empty where nothing is to be said."""
    if story.good is None:
        return ""
    return _("在变好") if story.good else _("在变差")


def reached(stood: str) -> str:
    """Whether a target is reached, where the bounds let anybody say so."""
    return {
        "reached": _("够到了"), "missed": _("还没到"),
        "unsure": _("误差范围跨着目标，说不准"), "": "",
    }[stood]  # fmt: skip


def better(measure: Measure) -> str:
    """Which way is good."""
    return {
        "up": _("越高越好"), "down": _("越低越好"), "neither": _("高低都不必然是好事"),
    }[measure.better]  # fmt: skip


def stands(one: Beside) -> str:
    """How one of many stands to what is expected of its own mix of cases."""
    if one.compared is None:
        return ""
    return {
        "": _("与全县没有明显差别"), "above": _("高于预期"), "below": _("低于预期"),
    }[one.compared.stands]  # fmt: skip


def serves() -> dict[str, str]:
    """The four aims and the four levers by their codes."""
    return {
        "stability": _("社会稳定"), "approval": _("党政认可"), "residents": _("群众满意"),
        "officers": _("民警幸福"), "fewer_calls": _("降警情"), "fewer_crimes": _("控发案"),
        "solved": _("多破案"), "well_handled": _("办好案"),
    }  # fmt: skip


def formula_of(measure: Measure) -> str:
    """The formula's name."""
    return {
        "per_thousand": _("起数 ÷ 居民数 × 1000"), "number": _("次数"),
        "share": _("占比：是的 ÷ 全部"),
        "within": _("占比：不超过限度的 ÷ 全部"), "median": _("中位数"), "mean": _("平均数"),
    }.get(measure.formula, "")  # fmt: skip


def short_day(day: date) -> str:
    """11月2日 / 2 Nov."""
    chinese = (get_language() or "").startswith("zh")
    return date_format(day, "n月j日" if chinese else "j M")
