"""What the pages say of verdicts, ranges and audits, in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.places.cell_names import names_of
from gongzhi.base.places.cells import from_text
from gongzhi.base.places.models import Area
from gongzhi.work.patrol.forecasts.counting import CALLS
from gongzhi.work.patrol.forecasts.county import SHIFTS
from gongzhi.work.patrol.forecasts.models import Judgement
from gongzhi.work.patrol.forecasts.naming import NAMES, called, in_words
from gongzhi.work.patrol.forecasts.selectors.shown import Record, Stop
from gongzhi.work.patrol.forecasts.verdicts import Json

SMALL = 5
"""Counts below which no number is told of an area."""


@dataclass(frozen=True)
class Said:
    """One kind: what is used and why, and its scores as a table has them."""

    code: str
    name: str
    adopted: bool
    used: bool
    words: str
    reason: str
    row: tuple[str, ...]


def verdicts(judgement: Judgement) -> list[Said]:
    """Of every kind; those with a model first, those of which nothing can be said last."""
    weeks = weeks_of(judgement)
    found = [_said(code, one, weeks) for code, one in judgement.categories.items()]
    return sorted(found, key=lambda one: (not one.adopted, not one.used, one.name))


def weeks_of(judgement: Judgement) -> int:
    """How many weeks were held back."""
    if judgement.held_from is None:
        return 0
    return ((judgement.last_day - judgement.held_from).days + 1) // 7


def _said(code: str, one: Json, weeks: int) -> Said:
    return Said(
        code, called(code), one["adopted"], bool(one["used"]), _verdict(one, weeks), _reason(one),
        _row(one) if one["used"] else (),
    )  # fmt: skip


def _verdict(one: Json, weeks: int) -> str:
    if not one["used"]:
        return in_words(one["why_code"], one["why_facts"])
    told = {
        "model": NAMES[one["model"]], "simple": NAMES[one["best_baseline"]], "weeks": weeks,
        "skill": percent(one["skill"]), "low": percent(one["skill_low"]),
        "high": percent(one["skill_high"]),
    }  # fmt: skip
    if one["adopted"]:
        return _(
            "采用%(model)s。在它没见过的 %(weeks)s 周里，它比每一个简单办法都好；比其中最好的"
            "（%(simple)s）好 %(skill)s（把握 95%%：%(low)s 到 %(high)s）。"
        ) % told  # fmt: skip
    return _(
        "用简单办法：%(simple)s。最好的模型（%(model)s）在没见过的 %(weeks)s 周里没有稳稳胜过"
        "每一个简单办法：和它比是 %(skill)s（把握 95%%：%(low)s 到 %(high)s），可能只是碰巧。"
    ) % told  # fmt: skip


def percent(part: float | None, digits: int = 1) -> str:
    """With its sign; a dash where nothing can be said."""
    return "—" if part is None else f"{100 * part:+.{digits}f}%"


def _plain(part: float | None) -> str:
    return "—" if part is None else f"{100 * part:.0f}%"


def _reason(one: Json) -> str:
    reason = one.get("reason")
    if not reason:
        return _("不是危险，只用来安排接警和出警的人手。")
    language = (get_language() or "zh").split("-", maxsplit=1)[0]
    return str(reason["en" if language == "en" else "zh"])


def _row(one: Json) -> tuple[str, ...]:
    scores = one["scores"]
    return (
        str(NAMES[one["used"]]), str(one["calls"]), percent(one["skill"]),
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
    return f"{expected:.1f}" if expected >= 0.95 else f"{expected:.2f}"


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


# --- the audits -----------------------------------------------------------------------------------


def areas(audit: Mapping[str, Any]) -> list[dict[str, Any]]:
    """A row for each area: parts of the county's calls, of what was foreseen and of attention."""
    rows = audit.get("areas") or []
    names = _areas_called([one["area"] for one in rows])
    return [
        {
            "name": names[one["area"]], "over": one["over"], "under": one["under"],
            "calls": str(one["calls"]) if one["calls"] >= SMALL else _("少于 5"),
            "seen": _plain(one["seen"]), "low": _plain(one["low"]), "high": _plain(one["high"]),
            "foretold": _plain(one["foretold"]), "first": _plain(one["first"]),
        }
        for one in rows
    ]  # fmt: skip


def _areas_called(codes: list[str]) -> dict[str, str]:
    """Towns by their names, coarse cells by where they lie."""
    found = Area.objects.filter(kind=Area.Kind.TOWN, county__own=True, code__in=codes)
    towns = {one.code: str(one) for one in found.order_by("valid_from").defer("geometry")}
    cells = [code for code in codes if code not in towns and _is_cell(code)]
    names = dict(zip(cells, names_of([from_text(one) for one in cells]), strict=True))
    return dict.fromkeys(codes, _("其他地方")) | names | towns


def _is_cell(code: str) -> bool:
    try:
        return bool(from_text(code))
    except ValueError:
        return False


def areas_in_words(audit: Mapping[str, Any]) -> str:
    """Whether any area is foreseen for more than its calls."""
    rows = areas(audit)
    if not rows:
        return _("现在还说不清：要有两个以上的乡镇街道，检验期里至少 30 起来电。")
    over = [one["name"] for one in rows if one["over"]]
    under = [one["name"] for one in rows if one["under"]]
    said = []
    if over:
        said.append(_("%(areas)s：预测的比实际来的多，多得不像碰巧。看预测时请打折扣，并查原因。")
                    % {"areas": _("、").join(over)})  # fmt: skip
    if under:
        said.append(
            _("%(areas)s：预测的比实际来的少，少得不像碰巧。") % {"areas": _("、").join(under)}
        )
    return "".join(said) or _("没有哪个乡镇街道被预测得过多或者过少：差别都在碰巧的范围里。")


def feedback_in_words(audit: Mapping[str, Any]) -> str:
    """Whether police presence makes calls that call for police."""
    one = audit.get("feedback")
    if not one or one["ratio"] is None:
        return _("现在还说不清：警力到过和没到过的地方，检验期里都要至少有 30 起来电，才能比。")
    told = {"part": round(100 * (one["ratio"] - 1)), "low": _times(one["low"]),
            "high": _times(one["high"]), "calls": one["calls"]}  # fmt: skip
    if one["told"] == "more":
        return _(
            "有迹象：警力到过的地方，下一周来电是本来应有的 %(low)s 到 %(high)s 倍。"
            "这些预测可能在推着自己走，请不要照着加派，先查原因。"
        ) % told  # fmt: skip
    if one["told"] == "none":
        return _(
            "没有迹象：警力到过的地方，下一周来电是本来应有的 %(low)s 到 %(high)s 倍，"
            "多出四分之一以上可以排除。"
        ) % told  # fmt: skip
    return _(
        "现在还说不清：警力到过的地方，下一周来电是本来应有的 %(low)s 到 %(high)s 倍，"
        "范围太宽，不能说有影响，也不能说没有。"
    ) % told  # fmt: skip


def _times(value: float | None) -> str:
    return "—" if value is None else f"{value:.2f}"


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
    usable = [(code, one) for code, one in judgement.categories.items() if one["used"]]
    usable.sort(key=lambda pair: (pair[0] == CALLS, -pair[1]["calls"]))
    return [(code, called(code)) for code, _one in usable]
