"""Figures in words: how long, how often, how much sooner, and how sure that is."""

from __future__ import annotations

from math import isfinite
from typing import Literal

from django.utils.translation import gettext as _

from gongzhi.analysis.simulation import Comparison, Estimate, Outcome

NOTHING = "—"


def minutes(one: Estimate) -> str:
    """Minutes with their interval, such as ``8.2 [7.9–8.5]``."""
    if not one.known:
        return NOTHING
    return f"{one.value / 60:.1f} [{_bound(one.low / 60)}–{_bound(one.high / 60)}]"


def part(one: Estimate) -> str:
    """Per cent with their interval."""
    if not one.known:
        return NOTHING
    low, high = max(100 * one.low, 0.0), min(100 * one.high, 100.0)
    return f"{100 * one.value:.1f}% [{_bound(low)}–{_bound(high)}]"


def difference(one: Estimate, of: Literal["time", "part"]) -> str:
    """What a change does, in words; whether that is clear."""
    if not one.known:
        return NOTHING
    if not one.clear:
        return _("看不出差别")
    if of == "time":
        size = _sizes(one, 1 / 60)
        words = _("早 %(by)s 分钟（%(low)s–%(high)s）"), _("晚 %(by)s 分钟（%(low)s–%(high)s）")
    else:
        size = _sizes(one, 100)
        words = (
            _("少 %(by)s 个百分点（%(low)s–%(high)s）"),
            _("多 %(by)s 个百分点（%(low)s–%(high)s）"),
        )
    return words[one.value > 0] % size


def shortly(one: Estimate, of: Literal["time", "part"]) -> str:
    """The same for a table: a sign, and the bounds."""
    if not one.known:
        return NOTHING
    if not one.clear:
        return "≈"
    times = 1 / 60 if of == "time" else 100
    return f"{times * one.value:+.1f} [{times * one.low:+.1f}–{times * one.high:+.1f}]"


def _sizes(one: Estimate, times: float) -> dict[str, str]:
    """Without their sign, the smaller bound first."""
    bounds = sorted([abs(one.low), abs(one.high)])
    low, high = (_bound(times * size) for size in bounds)
    return {"by": _bound(times * abs(one.value)), "low": low, "high": high}


def said(base: Outcome, both: Comparison | None) -> list[str]:
    """In sentences: what waits, and what patrols lose."""
    lines = []
    waited = base.of("waited")
    if waited.known:
        lines.append(_("没有空闲单位、要等的来电占 %(part)s。") % {"part": part(waited)})
    never = base.of("never")
    if never.known and never.value > 0:
        lines.append(_("没有单位能到的来电占 %(part)s。") % {"part": part(never)})
    lost = base.said(base.each_lost())
    if lost.known:
        lines.append(_("计划的巡逻时间被出警占去 %(part)s。") % {"part": part(lost)})
    if both is not None:
        told = {
            "p90": difference(both.of("p90"), "time"),
            "within": difference(both.of("within"), "part"),
        }
        lines.append(_("改动之后，全县九成的来电：%(p90)s；按承诺到达的：%(within)s。") % told)
    return lines


def _bound(number: float) -> str:
    return f"{number:.1f}" if isfinite(number) else "?"
