"""A storm is drawn from a county's places: the same seed, the same storm."""

from __future__ import annotations

import pytest

from gongzhi.base.catalogue.load import catalogue
from gongzhi.config.exercise.storm import CUT, INCIDENTS, KINDS, STOPPED, Spot, storm

SPOTS = [
    Spot(f"{town}{kind}{n}", kind, town, 30 + n / 100, 122 + n / 100)
    for town in ("大岛", "北岛", "南岛")
    for kind in ("road", "estate", "village", "beach", "pier", "shop", "community")
    for n in range(3 if (town, kind) != ("大岛", "road") else 30)
]


def test_the_same_seed_gives_the_same_storm_and_another_another() -> None:
    assert storm(SPOTS, 7) == storm(SPOTS, 7)
    assert storm(SPOTS, 7) != storm(SPOTS, 8)


@pytest.mark.parametrize("seed", [1, 7, 2026])
def test_sixty_incidents_come_within_the_hour_and_some_are_told_twice(seed: int) -> None:
    calls = storm(SPOTS, seed)
    echoes = [one for one in calls if one.joins is not None]
    assert [one.after for one in calls] == sorted(one.after for one in calls)
    first = [one for one in calls if "渡船" in one.words or one.joins is None]
    assert INCIDENTS <= len(first) <= len(calls)
    assert len(calls) > INCIDENTS
    assert echoes
    for one in echoes:
        assert one.joins is not None
        told = calls[one.joins]
        assert (told.place, told.category) == (one.place, one.category)
        assert told.after < one.after
        assert told.joins is None


def test_two_towns_are_cut_off_with_somebody_ill_on_each() -> None:
    calls = storm(SPOTS, 7)
    ill = {one.place[:2] for one in calls if "孕妇" in one.words}
    assert ill == {"北岛", "南岛"}
    assert any("停" in one.words and one.category == "crowd" for one in calls)


def test_what_a_storm_brings_is_in_the_catalogue() -> None:
    known = catalogue().categories
    for kind in (*KINDS, *CUT, STOPPED):
        assert "incident" in known[kind.category].kinds


def test_a_county_without_places_says_what_to_do() -> None:
    with pytest.raises(ValueError, match="import it first"):
        storm([], 7)
