"""Who is near by the map isn't always near by road: the recommendation knows the ways."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from gongzhi.analysis.travel import Way, build
from gongzhi.base.places.coordinates import Point
from gongzhi.config.home import Home
from gongzhi.work.dispatch.actions import use_network
from gongzhi.work.dispatch.selectors.units import unit_rows, units_with_tasks
from tests.work.dispatch.county import HERE, SYSTEM, car, go_on_duty, incident, recommended

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
LAT, LON = HERE
AROUND = [(LON, LAT), (LON, LAT - 0.05), (LON + 0.01, LAT - 0.05), (LON + 0.01, LAT)]
"""Down one side of an inlet and up the other: 12 km for what is 1 km by the beeline."""
STRAIGHT = [(LON, LAT), (LON - 0.03, LAT)]


@pytest.fixture(autouse=True)
def network(tmp_path: Path, settings: Any, django_capture_on_commit_callbacks: Any) -> None:
    settings.HOME = Home(tmp_path)
    with django_capture_on_commit_callbacks(execute=True):
        ways = [Way(AROUND, "main"), Way(STRAIGHT, "main")]
        use_network(SYSTEM, build(ways), settings.HOME.network)


def test_a_broken_file_leaves_the_desk_its_estimates(
    settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.HOME.network.write_bytes(b"not a network")
    unit = car("1")
    assert [one.unit_id for one in recommended(units_with_tasks(), incident())] == [unit.pk]
    assert "travel times are estimated" in caplog.text


def test_the_unit_across_the_inlet_comes_after_the_one_along_the_road() -> None:
    across, along = car("1", on_duty=False), car("2", on_duty=False)
    go_on_duty(SYSTEM, across, point=Point(LAT, LON + 0.01))
    go_on_duty(SYSTEM, along, point=Point(LAT, LON - 0.03))
    matter = incident()
    found = recommended(units_with_tasks(), matter)
    assert [one.unit_id for one in found] == [along.pk, across.pk]
    assert found[1].metres > 10_000
    rows = {row.id: row for row in unit_rows(units_with_tasks(), matter)}
    assert rows[across.pk].eta == found[1].eta
