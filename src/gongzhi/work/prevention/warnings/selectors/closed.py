"""Where nobody can pass now, for whoever reckons travel times."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from gongzhi.work.prevention.warnings.selectors.standing import standing


@dataclass(frozen=True)
class Closed:
    """``what`` can't be used inside the GeoJSON ``geometry`` (WGS 84) until ``until``, at least
    as far as anybody knows; ``message`` names the warning that says so."""

    message: str
    what: Literal["road", "ferry"]
    geometry: dict[str, Any]
    until: datetime


def closed_areas() -> list[Closed]:
    """The stretches that standing warnings close. An all-clear opens them at once."""
    return [
        Closed(one.current.identifier, one.kind.closes, shape, one.current.ends_at)
        for one in standing()
        if one.current and one.kind.closes and (shape := one.current.shape)
    ]
