"""Every open dataset of the catalogue does what its examples say; what may not be told can't be."""

from __future__ import annotations

import tomllib
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from gongzhi.base.catalogue.kinds.open_dataset import (
    Column,
    Example,
    OpenDataset,
    Source,
    open_categories,
    unfit_open_data,
)
from gongzhi.base.catalogue.load import catalogue, shipped
from gongzhi.base.log.actions import moment
from gongzhi.watch.exchange.opendata.columns import columns_of
from gongzhi.watch.exchange.opendata.drafting import drafted, due
from gongzhi.watch.exchange.opendata.periods import bounds_of, closed, period_of
from tests.watch.exchange.opendata.hands import finish
from tests.watch.maps.facts import put

ZONE = ZoneInfo("Asia/Shanghai")
EXAMPLES = [
    pytest.param(recipe, example, id=f"{recipe.code}-{n}")
    for recipe in catalogue().open_data.values()
    for n, example in enumerate(recipe.examples)
]


@pytest.mark.django_db
@pytest.mark.parametrize(("recipe", "example"), EXAMPLES)
def test_an_example_comes_out_as_its_file_says(recipe: OpenDataset, example: Example) -> None:
    today = datetime.combine(date.fromisoformat(example.today), time(12), ZONE)
    for fact in example.facts:
        at = datetime.combine(date.fromisoformat(fact.day), time(fact.hour), ZONE)
        if recipe.source == Source.APPLICATIONS:
            finish(fact.service, [at] * fact.many)
            continue
        kind = "incident" if recipe.source == Source.INCIDENTS else "request"
        more = {"kind": kind, "category": fact.category, "town": fact.town}
        put([at] * fact.many, cell=int(fact.cell, 16), **more)
    with moment(today):
        told = drafted(recipe).fresh if due(recipe) else []
    rows = [row for row in told if row["count"]] if recipe.privacy else told
    assert rows == [dict(row) for row in example.rows]


@pytest.mark.parametrize("recipe", catalogue().open_data.values(), ids=lambda one: one.code)
def test_every_column_says_what_it_means_in_both_languages(recipe: OpenDataset) -> None:
    columns = columns_of(recipe)
    assert [one.name for one in columns if one.name in set(Column)] == [*recipe.by]
    assert all(one.zh and one.en for one in columns)


def told(**other: Any) -> dict[str, Any]:
    """A file that would do, with something else in it."""
    text = (shipped() / "open_data" / "incidents_by_town.toml").read_text("utf-8")
    return tomllib.loads(text) | other


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"k": 4}, "k"),
        ({"k": 7}, "k"),
        ({"by": ["town", "period"]}, "period first"),
        ({"by": ["period", "service"]}, "has no service"),
        ({"by": ["period", "officer"]}, "by"),
        ({"source": "complaints"}, "source"),
        ({"source": "applications", "by": ["period", "service"]}, "with noise only"),
        ({"cell_size": 8}, "cell_size"),
        ({"hours": 1}, "hours"),
        ({"wait_days": 0}, "wait_days"),
        ({"licence": "proprietary"}, "open licence"),
        ({"by": ["period", "cell"], "privacy": {"epsilon": 1, "per_year": 2}}, "no cell"),
        ({"privacy": {"epsilon": 1.5, "per_year": 1}}, "per_year"),
        ({"privacy": {"epsilon": 9, "per_year": 9}}, "epsilon"),
        ({"person": "all"}, "person"),
        ({"examples": []}, "examples"),
    ],
)
def test_a_file_that_would_tell_too_much_is_refused(other: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        OpenDataset.model_validate(told(**other))


def test_categories_of_homes_and_voices_are_refused_whatever_a_county_writes() -> None:
    whole = catalogue()
    for code in ("domestic_violence", "wage_arrears", "police_complaint", "crowd", "nothing"):
        given = OpenDataset.model_validate(told(categories=["theft", code]))
        (fault,) = unfit_open_data({"x": given}, whole.categories, whole.datasets)
        assert code in fault
    by_cell = OpenDataset.model_validate(told(by=["period", "cell"], categories=["medical"]))
    assert unfit_open_data({"x": by_cell}, whole.categories, whole.datasets)


def test_all_datasets_of_one_source_share_what_a_year_may_spend() -> None:
    whole = catalogue()
    once = told(privacy={"epsilon": 1, "per_year": 7}, by=["period", "category"])
    given = OpenDataset.model_validate(once)
    assert not unfit_open_data({"a": given}, whole.categories, whole.datasets)
    (fault,) = unfit_open_data({"a": given, "b": given}, whole.categories, whole.datasets)
    assert "14" in fault


def test_cells_tell_only_of_what_can_have_one_cause() -> None:
    known = catalogue().categories.values()
    cells = open_categories(Source.INCIDENTS, True, known)
    assert {"theft", "fire"} <= set(cells)
    assert not {"medical", "dispute_neighbour", "lost_elder", "fight"} & set(cells)


def test_periods_are_told_when_they_are_over_and_some_days_have_passed() -> None:
    first = date(2026, 1, 31)
    assert closed(first, date(2026, 3, 7), "month", 7) == ["2026-01"]
    assert closed(first, date(2026, 3, 8), "month", 7) == ["2026-01", "2026-02"]
    assert closed(first, date(2026, 7, 8), "quarter", 7) == ["2026-Q1", "2026-Q2"]
    assert closed(first, date(2027, 1, 8), "year", 7) == ["2026"]
    for day, length in ((date(2026, 12, 31), "month"), (date(2026, 10, 1), "quarter")):
        since, after = bounds_of(period_of(day, length), length)
        assert since <= day < after
