"""What an evaluation says, as tables for people."""

from __future__ import annotations

from django.utils.translation import gettext as _
from rich.box import SIMPLE_HEAD
from rich.table import Table

from gongzhi.analysis.forecast import MODELS
from gongzhi.work.patrol.forecasts.naming import NAMES
from gongzhi.work.patrol.forecasts.verdicts import Json

EARNED = "★"


def verdicts(categories: dict[str, Json]) -> Table:
    """A line for each category that could be judged: what is used, and how sure that is."""
    table = Table(box=SIMPLE_HEAD)
    table.add_column(str(_("类别")), no_wrap=True)
    table.add_column(str(_("次数")), justify="right")
    table.add_column(str(_("采用的办法")))
    for heading in (_("优势，%"), _("区间实含，%"), _("前 10% 含")):
        table.add_column(str(heading), justify="right", no_wrap=True)
    for code, one in categories.items():
        if one["used"] is not None:
            table.add_row(code, str(one["calls"]), *_cells(one))
    return table


def _cells(one: Json) -> list[str]:
    low, high = (_part(one[key], 2) for key in ("skill_low", "skill_high"))
    used = str(NAMES[one["used"]])
    return [
        f"{EARNED} {used}" if one["adopted"] else used,
        f"{_part(one['skill'], 2)} [{low}, {high}]",
        *(_part(one["scores"][key], 1) for key in ("coverage_90", "hit_rate_10")),
    ]


def _part(value: float | None, digits: int) -> str:
    return "—" if value is None else f"{100 * value:.{digits}f}"


DETAILS = {
    "CRPS": ("crps", 5), "log": ("log", 5), "MASE": ("mase", 2), "MASE Σ": ("mase_county", 2),
    "90 %": ("coverage_90", 3), "90 % Σ": ("coverage_90_county", 3), "PAI 1": ("pai_1", 1),
    "PAI 5": ("pai_5", 1), "PEI 5": ("pei_5", 2), "hit 10": ("hit_rate_10", 3),
}  # fmt: skip
"""Columns of what is shown of each way to forecast; Σ: of the whole county."""


def ways(code: str, one: Json) -> Table:
    """A line for each way to forecast one category; a star for the one that is used."""
    table = Table(box=SIMPLE_HEAD)
    table.add_column(code, no_wrap=True)
    for heading in DETAILS:
        table.add_column(heading, justify="right", no_wrap=True)
    for way, scores in one["methods"].items():
        row = (_figure(scores[key], digits) for key, digits in DETAILS.values())
        mark = " *" if way == one["used"] else ""
        table.add_row(f"{way}{mark}", *row, style="bold" if way in MODELS else None)
    return table


def _figure(value: float | None, digits: int) -> str:
    return "—" if value is None else f"{value:.{digits}f}"
