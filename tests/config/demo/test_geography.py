"""The demo county must be a believable place: nothing afloat, nothing twice, nothing left over."""

from __future__ import annotations

import dataclasses
from collections import Counter
from pathlib import Path

import pytest
import shapely

from gongzhi.config.demo.geography import plan
from gongzhi.config.demo.geography.county import County, draw_county
from gongzhi.config.demo.geography.layers import FILES, gazetteer, write_layers
from gongzhi.config.demo.geography.names import latin, words

METRE = 1e-5  # of latitude, in degrees


def whole_land(drawn: County) -> shapely.MultiPolygon:
    """All land of the county."""
    return shapely.union_all([feature.shape for feature in drawn.land])


def test_towns_tile_the_land(drawn: County) -> None:
    land = whole_land(drawn)
    towns = [feature.shape for feature in drawn.towns]
    assert shapely.union_all(towns).symmetric_difference(land).area < 1e-4 * land.area
    assert sum(town.area for town in towns) == pytest.approx(land.area, rel=1e-4)


def test_beats_and_villages_tile_their_towns(drawn: County) -> None:
    for town in drawn.towns:
        for layer in (drawn.beats, drawn.villages):
            parts = [area.shape for area in layer if area.properties["town"] == town.code]
            assert sum(part.area for part in parts) == pytest.approx(town.shape.area, rel=1e-4)


def test_every_village_has_ground_under_its_middle(drawn: County) -> None:
    for village in drawn.villages:
        assert village.shape.covers(shapely.Point(village.properties["centre"])), village.name
        assert village.shape.area > 1.5e-5, village.name  # a sixth of a square kilometre


def test_people_add_up(drawn: County) -> None:
    total = sum(town.people for town in plan.TOWNS)
    assert total == 118_000
    assert sum(village.properties["people"] for village in drawn.villages) == total
    assert sum(beat.properties["people"] for beat in drawn.beats) == total
    assert min(village.properties["people"] for village in drawn.villages) > 50


def test_roads_stay_on_land_or_on_a_bridge(drawn: County) -> None:
    land = whole_land(drawn).buffer(2 * METRE)
    shapely.prepare(land)
    wet = [road for road in drawn.roads if not land.covers(road.shape)]
    assert {road.properties.get("over") for road in wet} == {"bridge", "causeway"}


def test_every_island_has_one_net_of_roads(drawn: County) -> None:
    net = shapely.union_all([road.shape.buffer(METRE) for road in drawn.roads])
    for village in drawn.villages:
        centre = shapely.Point(village.properties["centre"])
        assert net.distance(centre) < 250 * METRE, village.name
    assert len(shapely.get_parts(net)) <= len(plan.ISLANDS) - 2  # two islands are joined by roads


def test_ferries_keep_off_the_land(drawn: County) -> None:
    inland = whole_land(drawn).buffer(-25 * METRE)
    for route in drawn.ferries:
        if route.properties["kind"] == "route":
            assert route.shape.intersection(inland).length < 150 * METRE, route.name
            assert 10 <= route.properties["minutes"] <= 120


def test_places_and_front_doors_are_on_land(drawn: County) -> None:
    land = whole_land(drawn).buffer(METRE)
    shapely.prepare(land)
    for layer in (drawn.pois, drawn.addresses):
        assert not [spot.name.zh for spot in layer if not land.covers(spot.shape)]
    assert 850 <= len(drawn.pois) <= 1000
    assert len(drawn.addresses) > 5000


def test_no_name_stands_for_two_things(drawn: County) -> None:
    for layer in (drawn.villages, drawn.towns, drawn.beats, drawn.pois, drawn.addresses):
        again = [name for name, count in Counter(f.name.zh for f in layer).items() if count > 1]
        assert not again
        codes = [feature.code for feature in layer]
        assert len(codes) == len(set(codes))


def test_every_name_has_an_english_form(drawn: County) -> None:
    for layer in (
        drawn.villages,
        drawn.towns,
        drawn.beats,
        drawn.pois,
        drawn.ferries,
        drawn.labels,
    ):
        for feature in layer:
            assert feature.name.en, feature
            assert not any("一" <= sign <= "鿿" for sign in feature.name.en), feature.name


def test_every_character_of_the_word_lists_can_be_read() -> None:
    for lists in words("names").values():
        for names in lists.values():
            for name in names:
                latin(name)
    assert latin("里岙") == "Li'ao"


def test_layers_are_small(drawn: County, tmp_path: Path) -> None:
    sizes = write_layers(drawn, tmp_path)
    assert set(sizes) == set(FILES)
    assert sizes["land"] < 400_000
    assert sum(sizes.values()) < 2_000_000
    assert {path.stem for path in tmp_path.iterdir()} == set(FILES)


def test_it_lies_in_open_sea_and_in_wgs84(drawn: County) -> None:
    west, south, east, north = whole_land(drawn).bounds
    assert 123.6 < west < east < 124.4
    assert 28.6 < south < north < 29.2
    assert drawn.outline[0].shape.contains(whole_land(drawn))


def test_the_gazetteer_knows_what_people_ask_for(drawn: County) -> None:
    rows = list(gazetteer(drawn))
    kinds = Counter(row.kind for row in rows)
    assert {"town", "village", "community", "road", "address", "restaurant", "beach"} <= set(kinds)
    assert all(123 < row.lon < 125 and 28 < row.lat < 30 for row in rows)


@pytest.mark.slow
def test_the_same_seed_draws_the_same_county(drawn: County) -> None:
    again = draw_county(drawn.seed)
    for field in dataclasses.fields(County):
        assert getattr(drawn, field.name) == getattr(again, field.name), field.name


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_another_seed_draws_a_sound_county_too(seed: int) -> None:
    other = draw_county(seed)
    test_towns_tile_the_land(other)
    test_roads_stay_on_land_or_on_a_bridge(other)
    test_places_and_front_doors_are_on_land(other)
    test_no_name_stands_for_two_things(other)
