"""The measures of the catalogue: each says how it is counted, how it is gamed and what guards."""

from __future__ import annotations

import re

import pytest

from gongzhi.base.catalogue.kinds.measure import AIMS, LEVERS, Measure, unfit_measures
from gongzhi.base.catalogue.kinds.measure_sources import SOURCES
from gongzhi.base.catalogue.kinds.residents import living_in
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.events import declared_events
from gongzhi.watch.outcomes.sources import FACTS
from tests.house.test_events import events

QUOTA = re.compile(r"arrest|fine|detain|拘留数|罚款|抓获|处罚数|人均")


def told(**more: object) -> Measure:
    words = {"zh": "数", "en": "count"}
    given = {
        "code": "xx", "serves": "stability", "name": words, "meaning": words, "counted": words,
        "formula": "share", "source": "clocks", "games": [{"how": words, "guard": words}],
        "examples": [{"facts": [{"hit": True}, {"hit": False}], "gives": 0.5}], **more,
    }  # fmt: skip
    return Measure.model_validate(given)


def test_all_four_aims_and_levers_have_something_if_only_that_it_is_not_measured() -> None:
    assert {one.serves for one in catalogue().measures.values()} == {*AIMS, *LEVERS}


def test_every_source_is_counted_somewhere_and_comes_from_events_that_there_are() -> None:
    events()
    assert set(FACTS) == set(SOURCES)
    for source in SOURCES.values():
        assert set(source.comes_from) <= set(declared_events())


def test_nothing_is_a_quota_or_by_person() -> None:
    for one in catalogue().measures.values():
        if one.measured:
            assert not QUOTA.search(f"{one.code} {one.name.zh} {one.counted}"), one.code
    for source in SOURCES.values():
        assert not source.facts & {"account", "officer", "person", "by", "unit"}


def test_what_is_not_measured_says_why_and_has_no_formula() -> None:
    why = {"zh": "没有问过", "en": "Nobody was asked"}
    with pytest.raises(ValueError, match="no formula"):
        told(not_measured=why)
    assert catalogue().measures["officers"].not_measured


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ({"formula": "best"}, "expected one of"),
        ({"source": "gossip"}, "expected one of"),
        ({"formula": "median"}, "of clocks expected one of"),
        ({"where": {"colour": ("red",)}}, "tells no 'colour'"),
        ({"where": {"category": ("nonsense",)}}, "there is no category 'nonsense'"),
        ({"examples": [{"facts": [{"hit": True}], "gives": 0.5}]}, "gives 1.0, not 0.5"),
    ],
)
def test_a_wrong_file_says_what_was_expected(given: dict[str, object], fault: str) -> None:
    said = unfit_measures([told(**given)], catalogue().categories)
    assert all(one.startswith("measures/xx.toml: ") for one in said)
    assert any(fault in one for one in said)


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ({"games": []}, "games"), ({"counted": None}, "counted"), ({"examples": []}, "examples"),
        ({"formula": "within", "source": "arrivals"}, "limit"),
        ({"audience": "public", "least": 5}, "as everybody sees it"),
    ],
)  # fmt: skip
def test_what_is_measured_lacks_nothing(given: dict[str, object], fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        told(**given)


def test_the_shipped_county_knows_how_many_live_in_each_town() -> None:
    from gongzhi.config.demo.geography.plan import TOWNS

    assert living_in(catalogue().residents.values()) == {town.code: town.people for town in TOWNS}
