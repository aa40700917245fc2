"""A plan on the map: each unit's way along the roads, its stops in order, and what is left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.analysis.travel import Mode, Spot
from gongzhi.work.dispatch.network import router
from gongzhi.work.dispatch.selectors.units import MODES, spots_of
from gongzhi.work.patrol.nodes.selectors.shown import map_content as node_features
from gongzhi.work.patrol.plans.models import Plan, PlanUnit, Stop
from gongzhi.work.patrol.plans.selectors.sheet import post_of
from gongzhi.work.patrol.plans.states import LeftOut, StopState

HUES = 8
TONES = {StopState.DONE: "done", StopState.THERE: "done", StopState.SKIPPED: "skipped"}
Feature = dict[str, Any]


def map_content(plan: Plan, stops: Sequence[Stop], *, edits: bool = False) -> dict[str, Any]:
    """GeoJSON: lines, a feature from stop to stop, numbered points, points of what is left out,
    areas that were drawn. ``edits``: for whoever may change it, which stops can be moved, those
    that were taken out, and the posts of units, to drop stops on."""
    crews = list(plan.units.select_related("unit").order_by("unit__code"))
    features: list[Feature] = []
    drawn = {one.node.pk: one.node for one in stops if one.node.cells}
    features += [
        one for one in node_features(list(drawn.values()))["features"]
        if one["geometry"]["type"] != "Point"
    ]  # fmt: skip
    for n, crew in enumerate(crews):
        own = [one for one in stops if one.crew_id == crew.pk]
        features += _way(plan, crew, own, n % HUES)
    features += _left(stops, edits=edits)
    if edits:
        features = _posts(crews) + features
        for one in features:
            about = one["properties"]
            about["moves"] = "stop" in about and about.get("tone") not in TONES.values()
    return {"type": "FeatureCollection", "features": features}


def _way(plan: Plan, crew: PlanUnit, stops: Sequence[Stop], hue: int) -> Iterable[Feature]:
    if not stops:
        return
    places = [post_of(crew), *(one.node.point for one in stops), post_of(crew)]
    spots = spots_of(places)
    hour = timezone.localtime(plan.begins_at + (plan.ends_at - plan.begins_at) / 2).hour
    told = {"unit": crew.pk, "colour": hue, "name": str(crew.unit)}
    said = _("%(n)s 处停留") % {"n": len(stops)}
    for (start, end), following in zip(pairwise(spots), [*stops, None], strict=True):
        points = _leg(MODES[crew.unit.kind], start, end, hour)
        before = {} if following is None else {"before": following.pk}
        yield _feature("LineString", points, {**told, "about": said, **before})
    for number, one in enumerate(stops, 1):
        at = f"{timezone.localtime(one.arrives_at):%H:%M} " if one.arrives_at else ""
        yield _feature("Point", [one.node.lon, one.node.lat], {
            **told, "number": number, "name": str(one.node), "stop": one.pk,
            "about": f"{at}{crew.unit}", "tone": TONES.get(StopState(one.state), ""),
            "pinned": one.pinned,
        })  # fmt: skip


def _leg(mode: Mode, start: Spot, end: Spot, hour: int) -> list[list[float]]:
    line = router().line(mode, start, end, hour=hour)
    if line is None:
        line = [(start.lat, start.lon), (end.lat, end.lon)]
    return [[round(lon, 5), round(lat, 5)] for lat, lon in line]


def _posts(crews: Sequence[PlanUnit]) -> list[Feature]:
    """Where units set out, each place once, with all of them."""
    standing: dict[tuple[float, float], list[PlanUnit]] = defaultdict(list)
    for one in crews:
        standing[one.post_lon, one.post_lat].append(one)
    return [
        _feature("Point", list(place), {
            "name": _("驻地"), "about": _("、").join(str(one.unit) for one in own), "tone": "post",
            "units": [[one.pk, str(one.unit)] for one in own],
        })
        for place, own in standing.items()
    ]  # fmt: skip


def _left(stops: Iterable[Stop], *, edits: bool) -> Iterable[Feature]:
    for one in stops:
        if one.left_out and (edits or one.left_out != LeftOut.TAKEN_OUT):
            yield _feature("Point", [one.node.lon, one.node.lat], {
                "name": str(one.node), "about": str(LeftOut(one.left_out).label), "tone": "left",
                "stop": one.pk, "out": one.left_out == LeftOut.TAKEN_OUT,
            })  # fmt: skip


def _feature(kind: str, coordinates: list[Any], properties: dict[str, Any]) -> Feature:
    geometry = {"type": kind, "coordinates": coordinates}
    return {"type": "Feature", "geometry": geometry, "properties": properties}
