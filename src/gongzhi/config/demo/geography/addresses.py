"""Street numbers: odd on the left, even on the right; villages number their houses through."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry import LineString, Point

from gongzhi.config.demo.geography import plan
from gongzhi.config.demo.geography.settlements import Settled
from gongzhi.config.demo.geography.streets import Street

FRONT = 13.0
"""Metres of street a house takes up on one side."""


@dataclass(frozen=True)
class Address:
    """A numbered front door: ``lot`` is its street's or village's code."""

    lot: str
    town: str
    settlement: str
    number: int
    name: plan.Name
    point: Point
    kind: str


def number_houses(
    settled: Settled, streets: list[Street], names: dict[str, plan.Name]
) -> list[Address]:
    """Every second or so front door of the county, with its address in full."""
    towns = {town.code: town.name for town in plan.TOWNS}
    middles = [Point(place.x, place.y) for place in settled.places]
    tree = shapely.STRtree(middles)
    found: list[Address] = []
    last: dict[str, int] = {}
    for street in streets:
        doors = [door for piece in street.pieces for door in _doors(piece)]
        homes = tree.nearest([point for point, _ in doors])
        for (point, side), home in zip(doors, homes, strict=True):
            place = settled.places[int(home)]
            lot = street.code if street.name else place.code
            number = last.get(f"{lot} {side}", side) + 2
            last[f"{lot} {side}"] = number
            name = _full(towns[street.town], street.name or names[place.code], number - 2)
            found.append(
                Address(lot, street.town, place.code, number - 2, name, point, street.kind)
            )
    return found


def _doors(piece: LineString) -> list[tuple[Point, int]]:
    """Front doors along a piece of street: where, and 1 for the left side or 2 for the right."""
    steps = np.arange(FRONT, piece.length - FRONT / 2, FRONT * 2)
    here = np.array([piece.interpolate(far).coords[0] for far in steps]).reshape(-1, 2)
    ahead = np.array([piece.interpolate(far + 1).coords[0] for far in steps]).reshape(-1, 2)
    along = ahead - here
    left = np.stack([-along[:, 1], along[:, 0]], axis=1) * 11
    doors = []
    for spot, aside in zip(here, left, strict=True):
        doors += [(Point(spot + aside), 1), (Point(spot - aside), 2)]
    return doors


def _full(town: plan.Name, street: plan.Name, number: int) -> plan.Name:
    return plan.Name(f"{town.zh}{street.zh}{number}号", f"{number} {street.en}, {town.en}")
