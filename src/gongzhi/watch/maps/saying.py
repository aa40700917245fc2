"""What the page says of figures: sentences, the strip of a week, and what its script draws."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gongzhi.watch.maps.asked import Asked
from gongzhi.watch.maps.selectors.happened import Change, Compared, Happened

RANKS = 5
HIGH = 1.6
Row = tuple[str, int, int]


@dataclass(frozen=True)
class Hour:
    """One hour of the week on the strip."""

    number: int
    count: int
    rank: int
    picked: bool
    words: str

    @property
    def x(self) -> int:
        """Which column."""
        return self.number % 24

    @property
    def y(self) -> str:
        """Where its row begins: rows are taller than columns are wide, for fingers."""
        return f"{self.number // 24 * HIGH:.1f}"


def weekdays() -> list[str]:
    """Monday to Sunday, short."""
    return [_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日")]


def strip_of(counts: list[int], picked: frozenset[int]) -> list[tuple[str, list[Hour]]]:
    """A row for each weekday, with its 24 hours; ranks from 0 (nothing told) to 5."""
    most = max(counts, default=0)
    return [
        (name, [_hour(day * 24 + hour, counts, most, picked, name) for hour in range(24)])
        for day, name in enumerate(weekdays())
    ]


def _hour(number: int, counts: list[int], most: int, picked: frozenset[int], name: str) -> Hour:
    count = counts[number]
    rank = -(-RANKS * count // most) if most else 0
    words = _("%(day)s %(hour)s 时：%(n)s") % {
        "day": name, "hour": number % 24, "n": told(count),
    }  # fmt: skip
    return Hour(number, count, rank, number in picked, words)


def told(count: int) -> str:
    """A figure as it is shown: nothing below five is."""
    return str(count) if count else _("少于 5")


def rows_of(counts: Mapping[str, int], names: Mapping[str, str]) -> list[Row]:
    """Name, figure, and how long its bar is (of a hundred); the largest first."""
    most = max(counts.values(), default=1)
    return [
        (names.get(code, code) or _("没有定位"), n, round(100 * n / most))
        for code, n in sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    ]


def headline(asked: Asked, found: Happened, changes: Compared | None) -> list[str]:
    """What one should take away, in two or three sentences."""
    sentences = [_span(asked, found)]
    if found.hot:
        sentences.append(
            ngettext(
                "%(n)s 个网格连同周围明显比别处多。",
                "%(n)s 个网格连同周围明显比别处多。",
                len(found.hot),
            ) % {"n": len(found.hot)}
        )  # fmt: skip
    elif found.cells:
        sentences.append(_("没有哪一片明显比别处多。"))
    if changes is not None:
        sentences += _change(asked, changes)
    return sentences


def _span(asked: Asked, found: Happened) -> str:
    days = {"since": _date(asked.since), "until": _date(asked.until), "days": asked.days}
    if not found.total:
        return _("%(since)s至%(until)s（%(days)s 天）：少于 5 起，不写数字。") % days
    return _("%(since)s至%(until)s（%(days)s 天）：约 %(n)s 起。") % {**days, "n": found.total}


def _date(day: Any) -> str:
    return date_format(day, "MONTH_DAY_FORMAT")


def _change(asked: Asked, changes: Compared) -> list[str]:
    then = {"since": _date(asked.other[0]), "until": _date(asked.other[1])}
    if changes.untold:
        return [_("%(since)s至%(until)s还没有完整的记录，不能比较。") % then]
    all_ = changes.all
    clear = len(changes.more) + len(changes.fewer)
    return [
        _("%(since)s至%(until)s约 %(n)s 起。") % {**then, "n": all_.before},
        change_words(all_),
        _("逐格看：%(more)s 格明显增多，%(fewer)s 格明显减少，其余看不出变化。")
        % {"more": len(changes.more), "fewer": len(changes.fewer)}
        if clear else _("逐格看，没有一格的变化大过偶然。"),
    ]  # fmt: skip


def change_words(one: Change) -> str:
    """More, less, or nothing to be told; with the bounds."""
    if not one.clear and not (one.before and one.now):
        return _("其中一段少于 5 起，比不出来。")
    bounds = {"ratio": f"{one.ratio:.2f}", "low": f"{one.low:.2f}", "high": f"{one.high:.2f}"}
    if not one.clear:
        words = _("是之前的 %(ratio)s 倍，但 %(low)s 到 %(high)s 倍都有可能，看不出变化。")
    elif not one.before:
        words = _("明显增多：至少是之前的 %(low)s 倍。")
    elif not one.now:
        words = _("明显减少：最多是之前的 %(high)s 倍。")
    elif one.ratio > 1:
        words = _("明显增多：是之前的 %(ratio)s 倍（%(low)s 到 %(high)s 倍）。")
    else:
        words = _("明显减少：是之前的 %(ratio)s 倍（%(low)s 到 %(high)s 倍）。")
    return words % bounds


def cells_as_json(found: Happened, changes: Compared | None, asked: Asked) -> dict[str, Any]:
    """What the map draws: cells with figures by hour of the day, and how they changed."""
    told_: dict[str, Any] = {
        "cells": [[one.code, one.count, one.by_hour, one.hot] for one in found.cells],
        "query": asked.query, "changes": None,
    }  # fmt: skip
    if changes is not None and not changes.untold:
        told_["changes"] = [
            [one.code, one.before, one.now, (one.ratio > 1) - (one.ratio < 1) if one.clear else 0,
             change_words(one)]
            for one in changes.cells
        ]  # fmt: skip
    return told_


def says() -> dict[str, Any]:
    """Sentences for the page's script; ``%(name)s`` is filled in there."""
    return {
        "play": _("播放"), "pause": _("暂停"), "group": _("三张图"),
        "back": _("后退 1 小时"), "on": _("前进 1 小时"),
        "cell": _("约 %(n)s 起"), "hot": _("明显比别处多"),
        "whole": _("全天"), "hours": _("每天 %(from)s–%(to)s"), "on_duty": _("%(n)s 个单位在岗"),
        "statuses": {
            "free": _("空闲"), "enroute": _("已派、途中"), "onscene": _("到场"),
            "busy": _("暂停接派"),
        },
        "tones": {"1": _("明显增多"), "0": _("看不出变化"), "-1": _("明显减少")},
        "failed": _("没有读到，请刷新页面再试"),
        "picked": _("选了 %(n)s 个小时"), "all_hours": _("全部时段"),
        "no_picture": _("这个浏览器画不出地图，不能导出图片。"),
    }  # fmt: skip
