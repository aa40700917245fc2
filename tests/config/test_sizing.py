"""How large a machine: reckoned from what was measured, and from nothing else."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from gongzhi.config.sizing import figures, levels, need


def test_a_county_fits_into_one_process_and_a_nation_is_its_counties() -> None:
    measured, assumed = figures()
    county = need(450_000, measured, assumed)
    nation = need(1_400_000_000, measured, assumed)
    assert {450_000, 1_400_000_000} <= set(levels().values())
    assert county.counties == 1
    assert county.embedded
    assert nation.counties == pytest.approx(3111, abs=1)
    assert nation.matters == pytest.approx(county.matters * 1_400_000 / 450)
    assert nation.web_processes == nation.counties * county.web_processes


def test_by_hand() -> None:
    """A million people, a hundred matters of each a year, all of them evenly spread."""
    measured, assumed = figures()
    flat = replace(
        assumed, calls_per_1000=100_000, requests_per_1000=0, applications_per_1000=0,
        busiest_hour=1, storm=1, people_per_county=1_000_000, most_of_capacity=0.5,
    )  # fmt: skip
    found = need(1_000_000, replace(measured, sqlite_requests_per_second=10), flat)
    assert found.storm == pytest.approx(1e8 / (365 * 86400))
    assert found.of_sqlite == pytest.approx(found.storm / 5)
    assert found.database_gb == pytest.approx(1e8 * 10 * measured.bytes_per_matter / 1e9)


def test_one_s_own_figures_take_the_place_of_ours(tmp_path: Path) -> None:
    own = {
        "sqlite": {"requests_per_second": 7},
        "postgresql": {"requests_per_second": 8, "two_workers_per_second": 9},
        "machine": {"cores": 64},
    }
    (tmp_path / "intake.json").write_text(json.dumps(own), "utf-8")
    ours, _ = figures()
    mine = ours.with_bench(tmp_path)
    assert (mine.sqlite_requests_per_second, mine.machine) == (7, "cores 64")
    assert mine.publish_entries_per_second == ours.publish_entries_per_second
    with pytest.raises(ValueError, match="make bench"):
        ours.with_bench(tmp_path / "nowhere")


def test_nobody_is_no_county() -> None:
    with pytest.raises(ValueError, match="above 0"):
        need(0, *figures())
