"""What the three maps say: how many, where, when, and whether it changed."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import h3.api.basic_int as h3
import numpy as np
import pytest
from django.http import QueryDict
from scipy.stats import binomtest

from gongzhi.analysis.disclosure import ratios
from gongzhi.analysis.panel import HoursOfWeek
from gongzhi.base.log.actions import moment
from gongzhi.watch.maps.asked import Asked, as_text, asked_in, hours_in, of_kind
from gongzhi.watch.maps.saying import change_words, headline, strip_of
from gongzhi.watch.maps.selectors.happened import compared, happened
from gongzhi.watch.maps.selectors.published import Published, published
from tests.watch.maps.facts import HERE, NEIGHBOUR, put

pytestmark = [pytest.mark.django_db]
NOW = datetime(2026, 11, 25, 4, 0, tzinfo=UTC)  # Wednesday, noon in the county
YESTERDAY = date(2026, 11, 24)
FOUR_WEEKS = Asked(YESTERDAY - timedelta(days=27), YESTERDAY)


def days_ago(*days: int, hour: int = 13) -> list[datetime]:
    """13:00 UTC is 21:00 in the county."""
    return [datetime(2026, 11, 25, hour, tzinfo=UTC) - timedelta(days=one) for one in days]


def now() -> Published:
    with moment(NOW):
        return published()


def test_a_county_of_which_nothing_is_known_has_nothing_to_tell() -> None:
    found = happened(now(), FOUR_WEEKS)
    assert (found.total, found.cells, found.hot, sum(found.strip)) == (0, [], [], 0)
    assert "少于 5 起" in headline(FOUR_WEEKS, found, None)[0]


def test_four_are_never_told_and_the_fifth_makes_five() -> None:
    put(days_ago(4, 3, 2, 1))
    assert happened(now(), FOUR_WEEKS).total == 0


def test_five_are_told_where_and_at_which_hour() -> None:
    put(days_ago(5, 4, 3, 2, 1))
    found = happened(now(), FOUR_WEEKS)
    (cell,) = found.cells
    assert (found.total, cell.cell, cell.count, cell.by_hour[21]) == (5, HERE, 5, 5)
    assert found.towns == {"east": 5}
    assert found.categories == {"theft": 5}


def test_today_is_not_counted_before_it_is_over() -> None:
    put([*days_ago(4, 3, 2, 1), datetime(2026, 11, 25, 1, tzinfo=UTC)])
    assert happened(now(), FOUR_WEEKS).total == 0


def test_imported_sources_repeats_and_requests_are_not_among_the_incidents() -> None:
    put(days_ago(5, 4, 3, 2, 1), source="elsewhere")
    put(days_ago(5, 4, 3, 2, 1), merged=True)
    put(days_ago(5, 4, 3, 2, 1), kind="request", category="lamp_out")
    assert happened(now(), FOUR_WEEKS).total == 0


@pytest.mark.parametrize("category", ["crowd", "dispute_wage", "police_other", "suspicious"])
def test_what_may_never_be_foreseen_is_on_no_map(category: str) -> None:
    put(days_ago(5, 4, 3, 2, 1), category=category)
    assert happened(now(), FOUR_WEEKS).total == 0
    assert category not in {one.code for one in of_kind("incident")}


def test_what_nobody_placed_is_counted_and_lies_in_no_cell() -> None:
    put(days_ago(5, 4, 3, 2, 1), cell=None, town="")
    found = happened(now(), FOUR_WEEKS)
    assert (found.total, found.unplaced, found.cells) == (5, 5, [])


def test_large_cells_hold_the_small_ones() -> None:
    put(days_ago(5, 4, 3, 2, 1))
    put(days_ago(5, 4, 3, 2, 1), cell=NEIGHBOUR)
    small, large = (
        happened(now(), Asked(FOUR_WEEKS.since, FOUR_WEEKS.until, size=size)) for size in (8, 7)
    )
    assert sum(one.count for one in small.cells) == sum(one.count for one in large.cells) == 10


def test_all_in_one_cell_stands_out_from_nothing_and_breaks_nothing() -> None:
    put(days_ago(*range(1, 26)))
    found = happened(now(), FOUR_WEEKS)
    assert [one.count for one in found.cells] == [25]
    assert not found.hot


def test_a_crowded_corner_stands_out_and_the_rest_of_the_island_does_not() -> None:
    island = [int(one) for one in h3.grid_disk(HERE, 5)]
    crowd = {int(one) for one in h3.grid_disk(HERE, 1)}
    for cell in island:
        put(days_ago(*range(1, 26 if cell in crowd else 6)), cell=cell, written=False)
    put([])
    hot = {one.cell for one in happened(now(), FOUR_WEEKS).hot}
    assert HERE in hot
    assert hot <= {int(one) for one in h3.grid_disk(HERE, 2)}


def test_where_all_cells_are_alike_none_stands_out() -> None:
    for cell in h3.grid_disk(HERE, 4):
        put(days_ago(5, 4, 3, 2, 1), cell=int(cell), written=False)
    put([])
    assert not happened(now(), FOUR_WEEKS).hot


def test_the_strip_keeps_all_hours_when_some_are_chosen() -> None:
    put(days_ago(5, 4, 3, 2, 1))
    tuesday = frozenset(range(24, 48))
    found = happened(now(), Asked(FOUR_WEEKS.since, FOUR_WEEKS.until, hours=tuesday))
    assert sum(found.strip) == 5
    assert found.total in (0, 5)
    rows = strip_of(found.strip, tuesday)
    assert all(one.picked for one in rows[1][1])
    assert not any(one.picked for one in rows[0][1])


def test_when_clocks_go_back_the_hour_that_comes_twice_counts_in_both() -> None:
    change = datetime(2026, 11, 1, tzinfo=UTC)
    hours = HoursOfWeek(change, change + timedelta(days=1), "America/New_York")
    both = np.array([int((change + timedelta(hours=h, minutes=30)).timestamp()) for h in (5, 6)])
    assert hours.code(both).tolist() == [6 * 24 + 1] * 2


def test_as_many_days_before_are_compared_and_chance_is_no_change() -> None:
    put(days_ago(*range(1, 80)))
    asked = Asked(FOUR_WEEKS.since, FOUR_WEEKS.until, against="before")
    change = compared(now(), asked)
    assert not change.untold
    assert change.all.now in (25, 30)
    assert not change.all.clear
    assert "看不出变化" in change_words(change.all)
    said = " ".join(headline(asked, happened(now(), asked), change))
    assert "没有一格的变化大过偶然" in said


def test_a_clear_rise_is_told_with_its_bounds() -> None:
    put([at for hour in range(1, 9) for at in days_ago(*range(1, 29), hour=hour)])
    put(days_ago(*range(29, 80)))
    change = compared(now(), Asked(FOUR_WEEKS.since, FOUR_WEEKS.until, against="before"))
    assert [one.cell for one in change.more] == [HERE]
    assert change.all.low > 1
    assert "明显增多" in change_words(change.all)


def test_days_before_anything_was_recorded_are_not_compared() -> None:
    put(days_ago(5, 4, 3, 2, 1))
    change = compared(now(), Asked(FOUR_WEEKS.since, FOUR_WEEKS.until, against="before"))
    assert change.untold


def test_the_bounds_are_those_of_clopper_and_pearson() -> None:
    found = ratios([10, 3], [5, 0], days=(14, 28))
    for n, (now_, then) in enumerate([(10, 5), (3, 0)]):
        exact = binomtest(now_, now_ + then).proportion_ci(method="exact")
        low, high = (2 * p / (1 - p) if p < 1 else np.inf for p in (exact.low, exact.high))
        assert found.low[n] == pytest.approx(low)
        assert found.high[n] == pytest.approx(high)
    assert found.ratio[0] == 4
    assert found.chance[0] == pytest.approx(2 * binomtest(10, 15, 1 / 3, "greater").pvalue)
    assert ratios([0], [0]).chance[0] == 1


def test_an_address_says_all_that_is_asked() -> None:
    asked = Asked(date(2026, 1, 1), date(2026, 2, 1), category="theft", town="east",
                  hours=frozenset({0, 167}), size=7, against="year")  # fmt: skip
    assert asked_in(QueryDict(asked.query).dict(), YESTERDAY, {"east": "东"}) == asked


@pytest.mark.parametrize("text", ["", "zz", "f" * 42, "-1", "0" * 43, "f" * 100])
def test_hours_that_are_none_or_all_are_all(text: str) -> None:
    assert hours_in(text) == frozenset()


def test_hours_are_a_bit_each() -> None:
    assert hours_in(as_text(frozenset({3, 100}))) == {3, 100}


@pytest.mark.parametrize(
    "asked",
    [{"from": "2026-99-99", "to": "x"}, {"from": "2030-01-01"}, {"kind": "complaint"},
     {"category": "no such"}, {"category": "group:none"}, {"size": "99"}, {"town": "\x00"}],
)  # fmt: skip
def test_whatever_an_address_says_that_there_isnt_is_left_out(asked: dict[str, str]) -> None:
    found = asked_in(asked, YESTERDAY, {})
    assert found.kind == "incident"
    assert found.since <= found.until <= YESTERDAY
    assert (found.category, found.group, found.town, found.size) == ("", "", "", 8)
    assert not re.search("none|x", found.query)
