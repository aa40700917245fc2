"""No figure of the three maps, and nothing reckoned from several of them, is a small count.

A figure may be a total, one of a row, a cell, a town, an hour, any nest of filters, or the
difference of two of these: whatever is asked comes from the same marks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import combinations, product
from typing import Any

import ibis
import numpy as np
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from gongzhi.analysis.disclosure import STEP, Marks, marks_of
from gongzhi.analysis.panel import HoursOfWeek, Shifts

CELLS = (0x8830A1D6B1FFFFF, 0x8830A1D6B3FFFFF)
ZONE = "Asia/Shanghai"
BEGIN = datetime(2026, 1, 4, 16, tzinfo=UTC)  # Monday, 0:00 in the county
DAYS = 6
END = BEGIN + timedelta(days=DAYS)
CLOCKS = Shifts(BEGIN, END, ZONE, (0,)), HoursOfWeek(BEGIN, END, ZONE)


@dataclass(frozen=True)
class Told:
    """One fact."""

    at: datetime
    fact: str
    category: str
    town: str
    cell: int
    kind: str = "incident"


ENGINE = ibis.duckdb.connect(threads=1)
SCHEMA = pa.schema([
    ("at", pa.timestamp("s")), ("fact", pa.string()), ("category", pa.string()),
    ("town", pa.string()), ("cell", pa.int64()), ("kind", pa.string()),
])  # fmt: skip


def published(facts: Sequence[Told]) -> Marks:
    return all_published([facts])[0]


def all_published(counties: Sequence[Sequence[Told]]) -> list[Marks]:
    """What is published of each of several counties, asked in one go: each as another kind, as
    kinds are counted apart."""
    rows = [replace(one, kind=str(n)) for n, facts in enumerate(counties) for one in facts]
    columns = {name: [getattr(one, name) for one in rows] for name in SCHEMA.names}
    columns["at"] = [at.replace(tzinfo=None) for at in columns["at"]]
    marks = marks_of(ibis.memtable(pa.table(columns, schema=SCHEMA)), *CLOCKS)
    found = Marks.of(ENGINE.to_pyarrow(marks))
    return [_one_kind(found.where(kind=str(n))) for n in range(len(counties))]


def _one_kind(marks: Marks) -> Marks:
    return replace(marks, kind=np.full(len(marks), "incident"))


def rows(marks: Marks) -> Counter[tuple[Any, ...]]:
    """All that there is to know of what is published."""
    columns = [getattr(marks, name).tolist() for name in marks.__dataclass_fields__]
    return Counter(zip(*columns, strict=True))


FACT = st.builds(
    Told,
    at=st.integers(0, DAYS * 24 - 1).map(lambda hour: BEGIN + timedelta(hours=hour)),
    fact=st.integers(0, 2**32).map(lambda n: f"{n:016x}"),
    category=st.sampled_from(["fight", "theft"]),
    town=st.sampled_from(["east", "west"]),
    cell=st.sampled_from(CELLS),
)
COUNTIES = st.lists(FACT, max_size=30, unique_by=lambda one: one.fact)
SEVERAL = st.lists(COUNTIES, min_size=5, max_size=5)
"""Asked in one go, as each question takes its time."""
FEW = settings(max_examples=5, deadline=None)


def figures(marks: Marks) -> list[int]:
    """Every total, marginal and nest of filters of a small county."""
    spans = [None, *((a, b) for a in _days() for b in _days() if a <= b)]
    kinds: list[Sequence[str]] = [(), ("fight",), ("theft",)]
    hours: list[Sequence[int]] = [(), range(20, 24), (30,)]
    chosen = [
        marks.where(categories=c, town=t, days=d, hours=h)
        for c, t, d, h in product(kinds, ("", "east"), spans, hours)
    ]
    cells = [n for one in chosen for n in one.by("cell").values()]
    return [*(one.total for one in chosen), *cells, *marks.by("hour").values()]


def _days() -> range:
    first = int(BEGIN.timestamp() + 8 * 3600) // 86400
    return range(first, first + DAYS)


@given(SEVERAL)
@FEW
def test_no_sum_and_no_difference_of_figures_is_a_small_count(
    counties: list[list[Told]],
) -> None:
    for marks in all_published(counties):
        seen = sorted(set(figures(marks)))
        assert all(one % STEP == 0 for one in seen)
        for one, other in combinations(seen, 2):
            assert abs(one - other) not in range(1, STEP)


@given(SEVERAL)
@FEW
def test_a_figure_is_never_more_than_four_off_for_a_cell_on_any_days(
    counties: list[list[Told]],
) -> None:
    spans = [(a, b) for a in _days() for b in _days() if a <= b]
    for facts, marks in zip(counties, all_published(counties), strict=True):
        for cell, days in product(CELLS, spans):
            true = sum(one.cell == cell and days[0] <= _day(one) <= days[1] for one in facts)
            shown = marks.where(days=days).by("cell").get(cell, 0)
            assert abs(true - shown) < STEP


def _day(one: Told) -> int:
    return int(one.at.timestamp() + 8 * 3600) // 86400


@given(SEVERAL)
@FEW
def test_another_county_looks_the_same_whatever_small_count_one_is_after(
    counties: list[list[Told]],
) -> None:
    """Of every place, category and hour with fewer than five facts there is a county with another
    number of them, of which every figure is the same. So no reckoning can find the number."""
    for facts in counties:
        _has_twins(facts)


def _has_twins(facts: list[Told]) -> None:
    small = [atom for atom, true in Counter(map(_atom, facts)).items() if true < STEP]
    twins = {atom: _twins(facts, atom) for atom in small}
    each = iter(all_published([facts, *(one for found in twins.values() for one in found)]))
    shown = rows(next(each))
    for atom, found in twins.items():
        assert shown in [rows(next(each)) for _twin in found], atom


def _atom(one: Told) -> tuple[int, str, int]:
    return one.cell, one.category, int((one.at - BEGIN).total_seconds()) // 3600


def _twins(facts: list[Told], atom: tuple[int, str, int]) -> list[list[Told]]:
    """Counties with one fact of these more, or fewer."""
    there = [one for one in facts if _atom(one) == atom]
    other = "theft" if atom[1] == "fight" else "fight"
    changed = [[replace(x, category=other) if x is one else x for x in facts] for one in there]
    taken = [[x for x in facts if x is not one] for one in there]
    one = there[0]
    added = [[*facts, replace(one, fact="f" * 16)]]
    also = [
        [replace(x, category=atom[1], at=one.at) if x is y else x for x in facts]
        for y in facts if y.cell == atom[0] and _atom(y) != atom
    ]  # fmt: skip
    return [*changed, *taken, *added, *also]


@given(SEVERAL)
@FEW
def test_what_comes_later_adds_marks_and_moves_none(counties: list[list[Told]]) -> None:
    known = [[one for one in facts if one.at < BEGIN + timedelta(days=3)] for facts in counties]
    for early, late in zip(all_published(known), all_published(counties), strict=True):
        assert not rows(early) - rows(late)


def test_behind_a_mark_there_are_five_facts_of_its_cell_and_one_has_its_category() -> None:
    def made(n: int) -> list[Told]:
        kinds = ["theft", *["fight"] * 4]
        return [
            Told(BEGIN + timedelta(hours=30 * k), f"{k:016x}", kinds[k], "east", CELLS[0])
            for k in range(n)
        ]

    assert len(published(made(4))) == 0
    (mark,) = rows(published(made(5)))
    first = int(BEGIN.timestamp() + 8 * 3600) // 86400
    # The day is that of the fifth fact, category and hour those of one of the five: the first.
    assert mark == ("incident", CELLS[0], first + 5, "theft", "east", 0)


def test_coarser_cells_are_the_sums_of_the_finer_ones() -> None:
    facts = [
        Told(BEGIN + timedelta(hours=k), f"{k:016x}", "fight", "east", CELLS[k % 2])
        for k in range(24)
    ]
    marks = published(facts)
    coarse = marks.coarser(6)
    assert sum(coarse.by("cell").values()) == marks.total == 20
    assert np.array_equal(coarse.day, marks.day)
