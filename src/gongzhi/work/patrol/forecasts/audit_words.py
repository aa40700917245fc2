"""What the pages say of the audits: areas against each other, and whether presence feeds calls."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from gongzhi.base.places.cell_names import names_of
from gongzhi.base.places.cells import from_text
from gongzhi.base.places.models import Area
from gongzhi.work.patrol.forecasts.saying import percent

SMALL = 5
"""Counts below which no number is told of an area."""


def areas(audit: Mapping[str, Any]) -> list[dict[str, Any]]:
    """A row for each area: parts of the county's calls, of what was foreseen and of attention."""
    rows = audit.get("areas") or []
    names = _areas_called([one["area"] for one in rows])
    return [
        {
            "name": names[one["area"]], "over": one["over"], "under": one["under"],
            "calls": str(one["calls"]) if one["calls"] >= SMALL else _("少于 5"),
            "seen": percent(one["seen"]), "low": percent(one["low"]), "high": percent(one["high"]),
            "foretold": percent(one["foretold"]), "first": percent(one["first"]),
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
