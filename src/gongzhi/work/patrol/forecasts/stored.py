"""A recipe as it is kept between the day it was found and those on which it is used."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from gongzhi.analysis.forecast import Recipe
from gongzhi.analysis.forecast.calibration import Calibration
from gongzhi.analysis.forecast.models import Chosen

DIGITS = 5


def as_json(recipe: Recipe) -> dict[str, Any]:
    """For the table."""
    return {
        "way": recipe.way,
        "chosen": asdict(recipe.chosen),
        "by_cell": _calibration(recipe.by_cell),
        "county": _calibration(recipe.county),
    }


def from_json(kept: dict[str, Any]) -> Recipe:
    """From the table."""
    by_cell, county = (
        Calibration(kept[of]["spread"], tuple(kept[of]["levels"])) for of in ("by_cell", "county")
    )
    return Recipe(kept["way"], Chosen(**kept["chosen"]), by_cell, county)


def _calibration(one: Calibration) -> dict[str, Any]:
    return {"spread": one.spread, "levels": [round(level, DIGITS) for level in one.levels]}
