"""Founding the drill's county in its own home, by the same actions as any other's."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.actions import open_account, open_account_with_password, open_unit
from gongzhi.base.people.models import Account, Unit
from gongzhi.base.places.actions import describe_county, import_areas, import_gazetteer
from gongzhi.base.places.coordinates import Bounds, Point
from gongzhi.base.places.models import Area, County, GazetteerEntry
from gongzhi.base.places.rows import DAY_ONE, AreaRow, PlaceRow
from gongzhi.config.exercise.storm import TOLD
from gongzhi.config.home import Home
from gongzhi.work.dispatch.actions import go_on_duty, open_response_unit
from gongzhi.work.dispatch.models import ResponseUnit

BY = Actor.system("exercise")
TRAINEES = ("call_taker", "dispatcher", "commander", "officer", "supervisor")
DESK = "command_centre"
Say = Callable[[str], None]


def found(home: Home, say: Say, *, open_door: bool) -> None:
    """Found the county that was laid into this home; again, it goes on where it was.

    ``open_door``: accounts without a password, for the demo's one-click sign-in.
    """
    if not home.exercise_founding.exists():
        return
    known = json.loads(home.exercise_founding.read_text("utf-8"))
    own = _geography(known)
    bodies = _organisation(known["bodies"])
    say(f"  {len(bodies)} bodies, {_units(known['units'], bodies, own)} units on duty")
    for line in _accounts(bodies, open_door=open_door):
        say(line)
    home.exercise_founding.unlink()


def _geography(known: Mapping[str, Any]) -> County:
    told = dict(known["county"])
    box = Bounds(*(told.pop(side) for side in ("south", "west", "north", "east")))
    own = describe_county(BY, bounds=box, own=True, **told)
    import_areas(BY, own, [_area(row) for row in known["areas"]])
    import_gazetteer(BY, own, [_place(row) for row in known["places"]])
    return own


def _area(row: Mapping[str, Any], since: date = DAY_ONE) -> AreaRow:
    return AreaRow(
        row["kind"], row["code"], row["name_zh"], row["geometry"], row["name_en"], row["parent"],
        valid_from=since,
    )  # fmt: skip


def _place(row: Mapping[str, Any]) -> PlaceRow:
    told = {name: value for name, value in row.items() if name != "street__code"}
    return PlaceRow(**told, street=row["street__code"] or "")


def _organisation(rows: Iterable[Mapping[str, Any]]) -> dict[str, Unit]:
    bodies = {unit.code: unit for unit in Unit.objects.all()}
    for row in rows:
        if row["code"] not in bodies:
            told = {name: row[name] for name in ("code", "kind", "name_zh", "name_en")}
            bodies[row["code"]] = open_unit(BY, **told, parent=bodies.get(row["parent__code"]))
    return bodies


def _units(rows: Iterable[Mapping[str, Any]], bodies: Mapping[str, Unit], own: County) -> int:
    known = set(ResponseUnit.objects.values_list("code", flat=True))
    posts = _posts(bodies, own)
    for row in rows:
        if row["code"] not in known:
            told = {name: value for name, value in row.items() if name != "station__code"}
            unit = open_response_unit(BY, **told, station=bodies[row["station__code"]])
            go_on_duty(BY, unit, point=posts.get(row["station__code"]))
    return ResponseUnit.objects.count()


def _posts(bodies: Mapping[str, Unit], own: County) -> dict[str, Point]:
    """Where each station is: by its name in the gazetteer, else in the middle of its area."""
    areas = Area.objects.filter(county=own, kind=Area.Kind.STATION).defer("geometry")
    posts = {
        area.code: Point((area.south + area.north) / 2, (area.west + area.east) / 2)
        for area in areas
    }
    codes = {body.name_zh: code for code, body in bodies.items()}
    named = GazetteerEntry.objects.filter(county=own, name_zh__in=codes)
    return posts | {codes[entry.name_zh]: entry.point for entry in named}


def _accounts(bodies: Mapping[str, Unit], *, open_door: bool) -> Iterable[str]:
    """An account for each role that is trained, at the desk; a line for each password."""
    known = set(Account.objects.values_list("username", flat=True))
    station = next((body for body in bodies.values() if body.kind == Unit.Kind.STATION), None)
    desk = bodies.get(DESK) or next(iter(bodies.values()))
    for code in TRAINEES:
        role = catalogue().roles.get(code)
        if role is None or code in known:
            continue
        name, roles = TOLD["trainee"].format(role.name.zh), [code]
        unit = (station or desk) if code == "officer" else desk
        if open_door:
            open_account(BY, username=code, display_name=name, unit=unit, roles=roles)
        else:
            _account, password = open_account_with_password(
                BY, username=code, display_name=name, unit=unit, roles=roles
            )
            yield f"  {code} signs in with the password {password} (shown this once)"
