"""What a form offers: units, kinds, places, categories; and changes in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import gettext as _

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.people.models import Unit
from gongzhi.base.places.areas import area_of
from gongzhi.base.places.coordinates import Point
from gongzhi.base.places.models import Area, GazetteerEntry
from gongzhi.work.dispatch.models import ResponseUnit
from gongzhi.work.dispatch.selectors.queue import incidents
from gongzhi.work.patrol.simulations.changes import (
    Changes,
    Duty,
    More,
    Place,
    Sends,
)
from gongzhi.work.patrol.simulations.selectors.kept import unit_names

KINDS = ("pier", "police", "hospital", "market", "scenic", "school", "town", "bus_station")
"""Of the gazetteer, where a post can be sought."""
Choices = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Offered:
    """Codes with their names."""

    units: Choices
    kinds: Choices
    stations: Choices
    towns: Choices
    places: Choices
    categories: Choices


def offered() -> Offered:
    """As the county is now. A fixed number of queries."""
    units = list(ResponseUnit.objects.select_related("station").order_by("code"))
    stations = {unit.station.code: str(unit.station) for unit in units}
    towns = Area.objects.filter(kind=Area.Kind.TOWN, valid_to=None, county__own=True)
    named = GazetteerEntry.objects.filter(county__own=True, number=None, kind__in=KINDS)
    return Offered(
        units=[(unit.code, f"{unit} · {unit.station}") for unit in units],
        kinds=[(code, str(name)) for code, name in ResponseUnit.Kind.choices if code != "other"],
        stations=list(stations.items()),
        towns=[(area.code, str(area)) for area in towns.defer("geometry").order_by("code")],
        places=[(one.code, str(one)) for one in named.order_by("kind", "code")],
        categories=_categories(),
    )


def _categories() -> Choices:
    rows = incidents().values_list("category").annotate(n=Count("pk")).order_by("-n")
    known = catalogue().categories
    return [(code, str(known[code].name)) for code, _n in rows if code in known]


@dataclass(frozen=True)
class Names:
    """What codes are called: of units, kinds of unit, places, categories."""

    units: Mapping[str, str]
    kinds: Mapping[str, str]
    places: Mapping[str, str]
    categories: Mapping[str, str]


def names_in(every: Sequence[Changes]) -> Names:
    """Of all that these changes name. A fixed number of queries."""
    where = [place for one in every for part in (one.move, one.add, one.close) for place in
             (getattr(each, "to", None) or getattr(each, "at", "") for each in part)]  # fmt: skip
    codes = {place for place in where if isinstance(place, str)}
    codes |= {code for one in every for more in one.factor for code in more.areas}
    known = catalogue().categories
    return Names(
        unit_names(), {code: str(name) for code, name in ResponseUnit.Kind.choices},
        _place_names(codes), {code: str(one.name) for code, one in known.items()},
    )  # fmt: skip


def _place_names(codes: set[str]) -> dict[str, str]:
    """What stations, areas and places are called."""
    found = {body.code: str(body) for body in Unit.objects.filter(code__in=codes)}
    rows = GazetteerEntry.objects.filter(county__own=True, code__in=codes - set(found))
    found |= {one.code: str(one) for one in rows}
    areas = Area.objects.filter(code__in=codes - set(found), valid_to=None, county__own=True)
    return found | {one.code: str(one) for one in areas.defer("geometry")}


def in_words(changes: Changes, names: Names | None = None) -> list[tuple[str, str]]:
    """Each change with its key (``move.0``), in a sentence."""
    names = names or names_in([changes])
    whole = changes.during == Duty().hours
    hours = {"hours": _hours(Duty(hours=changes.during))}
    return [
        *([] if whole else [("during", _("只推演%(hours)s的来电") % hours)]),
        *_moves(changes, names), *_fleet(changes, names), *_demand(changes, names),
        *_roads(changes, names),
    ]  # fmt: skip


def _moves(changes: Changes, names: Names) -> list[tuple[str, str]]:
    units, said = names.units, []
    for n, one in enumerate(changes.move):
        told = {"unit": units.get(one.unit, one.unit), "to": _place(one.to, names.places)}
        said.append((f"move.{n}", _("%(unit)s改驻%(to)s") % told))
    for n, shift in enumerate(changes.shift):
        told = {"unit": units.get(shift.unit, shift.unit), "hours": _hours(shift)}
        said.append((f"shift.{n}", _("%(unit)s改为%(hours)s在岗") % told))
    for n, patrol in enumerate(changes.patrol):
        told = {"unit": units.get(patrol.unit, patrol.unit), "n": str(len(patrol.stops))}
        said.append((f"patrol.{n}", _("%(unit)s没有警情时巡逻 %(n)s 处") % told))
    return said


def _fleet(changes: Changes, names: Names) -> list[tuple[str, str]]:
    units, said = names.units, []
    for n, one in enumerate(changes.add):
        told = {"n": one.count, "kind": names.kinds.get(one.kind, one.kind),
                "at": _place(one.at, names.places), "hours": _hours(one)}  # fmt: skip
        said.append((f"add.{n}", _("增加 %(n)s 个%(kind)s，驻%(at)s，%(hours)s在岗") % told))
    for n, gone in enumerate(changes.remove):
        said.append((f"remove.{n}", _("撤掉%(unit)s") % {"unit": units.get(gone.unit, gone.unit)}))
    return said


def _demand(changes: Changes, names: Names) -> list[tuple[str, str]]:
    known, said = names.categories, []
    for n, card in enumerate(changes.card):
        of = known.get(card.category, card.category) or _("所有警情")
        told = {"of": of, "p": f"P{card.priority}" if card.priority else "", "n": f"{card.more:+d}",
                "sends": _("、").join(_sends(one, names) for one in card.sends)}  # fmt: skip
        words = _("%(of)s%(p)s派出的单位数 %(n)s")
        said.append((f"card.{n}", (_("%(of)s%(p)s改派%(sends)s") if card.sends else words) % told))
    said += [(f"factor.{n}", _more(one, names)) for n, one in enumerate(changes.factor)]
    return said


def _sends(one: Sends, names: Names) -> str:
    kinds = _("或").join(names.kinds.get(kind, kind) for kind in one.kinds) or _("任何单位")
    return _("%(n)s 个%(kind)s") % {"n": one.count, "kind": kinds}


def _more(one: More, names: Names) -> str:
    """Where, when, of what, and how many times as many."""
    which = [names.categories.get(code, code) for code in one.categories]
    parts = [
        _("、").join(names.places.get(code, code) for code in one.areas),
        _("%(months)s 月") % {"months": _("、").join(map(str, one.months))} if one.months else "",
        _("、").join(which) or _("所有警情"),
    ]
    told = {"of": " ".join(part for part in parts if part), "times": f"{one.times:g}"}
    return _("%(of)s是现在的 %(times)s 倍") % told


def _roads(changes: Changes, names: Names) -> list[tuple[str, str]]:
    said = []
    for n, one in enumerate(changes.close):
        told = {"at": _place(one.at, names.places), "m": round(one.metres),
                "speed": round(100 * one.speed)}  # fmt: skip
        words = _("%(at)s周围 %(m)s 米的路不通")
        if one.ferries:
            words = _("%(at)s周围 %(m)s 米的渡船停航")
        elif one.speed:
            words = _("%(at)s周围 %(m)s 米的路只有平时 %(speed)s%% 的速度")
        said.append((f"close.{n}", words % told))
    return said


def _place(place: Place, names: Mapping[str, str]) -> str:
    if isinstance(place, str):
        return names.get(place, place)
    point = Point(*place)
    area = area_of(point, Area.Kind.VILLAGE) or area_of(point, Area.Kind.TOWN)
    told = {"area": area, "lat": f"{place[0]:.4f}", "lon": f"{place[1]:.4f}"}
    return _("%(area)s（%(lat)s, %(lon)s）") % told if area else f"{told['lat']}, {told['lon']}"


def _hours(duty: Duty) -> str:
    whole = duty.hours == "0-24"
    return _("全天") if whole else _("%(hours)s 点") % {"hours": duty.hours.replace("-", "–")}
