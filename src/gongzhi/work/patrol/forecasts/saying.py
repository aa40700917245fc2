"""What the pages say of verdicts, ranges and audits, in plain words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from gongzhi.base.catalogue.load import catalogue
from gongzhi.work.patrol.forecasts.counting import CALLS
from gongzhi.work.patrol.forecasts.county import SHIFTS, series
from gongzhi.work.patrol.forecasts.models import Judgement
from gongzhi.work.patrol.forecasts.naming import NAMES, called, in_words
from gongzhi.work.patrol.forecasts.selectors.shown import Record, Stop
from gongzhi.work.patrol.forecasts.verdicts import Json

SOON = 0.75
"""Calls expected in a shift from which a number says more than how often one comes."""


@dataclass(frozen=True)
class Said:
    """One kind: what is used and why, and its scores as a table has them."""

    code: str
    name: str
    adopted: bool
    used: bool
    words: str
    plain: str
    """For residents."""
    calls: int
    row: tuple[str, ...]


def verdicts(judgement: Judgement) -> list[Said]:
    """Of every kind; those with a model first, those of which nothing can be said last."""
    weeks = weeks_of(judgement)
    found = [_said(code, one, weeks) for code, one in _allowed(judgement)]
    return sorted(found, key=lambda one: (not one.adopted, not one.used, one.name))


def _allowed(judgement: Judgement) -> list[tuple[str, Json]]:
    """What the county's list allows now, whatever was judged before."""
    allowed = set(series().values())
    return [(code, one) for code, one in judgement.categories.items() if code in allowed]


def weeks_of(judgement: Judgement) -> int:
    """How many weeks were held back."""
    if judgement.held_from is None:
        return 0
    return ((judgement.last_day - judgement.held_from).days + 1) // 7


def _said(code: str, one: Json, weeks: int) -> Said:
    return Said(
        code, called(code), one["adopted"], bool(one["used"]), _verdict(one, weeks), _held(one),
        one["calls"], _row(one) if one["used"] else (),
    )  # fmt: skip


def _verdict(one: Json, weeks: int) -> str:
    if not one["used"]:
        return in_words(one["why_code"], one["why_facts"])
    if one["adopted"]:
        said = _(
            "采用%(model)s。在它没见过的 %(weeks)s 周里，它的误差比每一个简单办法都小；"
            "比其中最好的（%(simple)s）小 %(skill)s（把握 95%%：小 %(low)s 到 %(high)s）。"
        )
    elif (one["skill_high"] or 0) < 0:
        said = _(
            "用简单办法：%(simple)s。在没见过的 %(weeks)s 周里，"
            "最好的模型（%(model)s）误差反而大 %(more)s。"
        )
    else:
        said = _(
            "用简单办法：%(simple)s。在没见过的 %(weeks)s 周里，最好的模型（%(model)s）没有稳稳胜过"
            "每一个简单办法：误差相差 %(less)s（把握 95%%：%(best)s 到 %(worst)s），"
            "分不清是本事还是碰巧。"
        )
    return said % _told(one, weeks)


def _told(one: Json, weeks: int) -> dict[str, object]:
    skill, low, high = (one[key] for key in ("skill", "skill_low", "skill_high"))
    return {
        "model": NAMES[one["model"]], "simple": NAMES[one["best_baseline"]], "weeks": weeks,
        "skill": percent(skill), "low": percent(low), "high": percent(high),
        "more": percent(_minus(skill)), "less": percent(_minus(skill), sign=True),
        "best": percent(_minus(high), sign=True), "worst": percent(_minus(low), sign=True),
    }  # fmt: skip


def _minus(part: float | None) -> float | None:
    return None if part is None else -part


def percent(part: float | None, *, sign: bool = False) -> str:
    """To a tenth of a per cent; a dash where nothing can be said."""
    if part is None:
        return "—"
    shown = f"{100 * part:{'+' if sign else ''}.1f}%"
    return shown.lstrip("+-") if shown.strip("+-") == "0.0%" else shown


def _plain(part: float | None) -> str:
    return "—" if part is None else f"{100 * part:.0f}%"


def _held(one: Json) -> str:
    if not one["used"]:
        return ""
    held, level = (one["scores"][key] for key in ("coverage_90_county", "foretold_over_seen"))
    told = {"held": _plain(held), "level": _plain(level)}
    return _("说“十次里有九次”的范围，实际含了 %(held)s；预计的总数是实际的 %(level)s。") % told


def _row(one: Json) -> tuple[str, ...]:
    scores = one["scores"]
    return (
        str(NAMES[one["used"]]), str(one["calls"]), percent(_minus(one["skill"]), sign=True),
        _plain(scores["coverage_90"]), _plain(scores["coverage_90_county"]),
        _plain(scores["hit_rate_10"]), _number(scores["foretold_over_seen"]),
        _number(scores["mase_county"]),
    )  # fmt: skip


def _number(value: float | None) -> str:
    return "—" if value is None else f"{value:.2f}"


def hours_of(shift: int) -> str:
    """The shift by its hours."""
    until = SHIFTS[shift + 1] if shift + 1 < len(SHIFTS) else SHIFTS[0] + 24
    return f"{SHIFTS[shift]}:00–{until}:00"


def day_of(day: date) -> str:
    """The day with its weekday."""
    return date_format(day, "MONTH_DAY_FORMAT") + " " + date_format(day, "D")


def stop_in_words(stop: Stop) -> list[str]:
    """What is foreseen of the whole county in this shift; and, once it is over, what came."""
    told = {
        "day": day_of(stop.day), "hours": hours_of(stop.shift), "n": amount(stop.expected),
        "low": stop.low, "high": stop.high, "came": stop.came, "first": stop.first,
    }  # fmt: skip
    said = [
        _("%(day)s，%(hours)s：全县预计 %(n)s 起，十次里有九次在 %(low)s 到 %(high)s 起之间。")
        % told
    ]
    if stop.came is None:
        return said
    came = (
        _("实际来了 %(came)s 起，在这个范围里。") if stop.held
        else _("实际来了 %(came)s 起，比这个范围多。") if stop.came > stop.high
        else _("实际来了 %(came)s 起，比这个范围少。")
    )  # fmt: skip
    first = _("其中 %(first)s 起在排得最前的十分之一网格里。") if stop.came else ""
    return [*said, came % told, *([first % told] if first else [])]


def amount(expected: float) -> str:
    """A number of calls that is expected, with as many digits as mean something."""
    if expected >= 9.95:
        return f"{expected:.0f}"
    return f"{expected:.1f}" if expected >= 0.095 else f"{expected:.2f}"


def often(expected: float) -> str:
    """How often a call is expected in a cell, as people say it."""
    if expected >= SOON:
        return _("约 %(n)s 起") % {"n": amount(expected)}
    return _("约 %(n)s 个班次 1 起") % {"n": round(1 / expected)}


def range_of(low: int, high: int) -> str:
    """Between which numbers nine of ten counts are."""
    return _("%(low)s–%(high)s 起") % {"low": low, "high": high} if high else _("多半没有")


def record_in_words(record: Record) -> str:
    """Whether the ranges held over the past weeks."""
    if not record.shifts:
        return ""
    told = {
        "shifts": record.shifts, "held": record.held,
        "part": round(100 * record.held / record.shifts),
        "expected": f"{record.expected:.0f}", "came": record.came,
    }  # fmt: skip
    return _(
        "过去四周看下来：%(shifts)s 个班次里有 %(held)s 个（%(part)s%%）落在范围里，"
        "应当是九成左右；一共预计 %(expected)s 起，来了 %(came)s 起。"
    ) % told  # fmt: skip


def listed() -> list[dict[str, Any]]:
    """The county's list of what may be foreseen, with the reasons."""
    found = sorted(catalogue().forecasts.values(), key=lambda one: (one.order, one.code))
    return [
        {
            "name": str(one.name), "reason": str(one.reason), "harm": one.treats == "harm",
            "kinds": [called(code) for code in one.categories],
        }
        for one in found
    ]  # fmt: skip


def choices(judgement: Judgement) -> list[tuple[str, str]]:
    """Kinds that are foreseen: most calls first, other calls last."""
    usable = [(code, one) for code, one in _allowed(judgement) if one["used"]]
    usable.sort(key=lambda pair: (pair[0] == CALLS, -pair[1]["calls"], pair[0]))
    return [(code, called(code)) for code, _one in usable]
