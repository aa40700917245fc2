"""Whoever has every version of every open dataset, and all sums of them, learns no small count.

The attacker of these tests has what was published, knows how it is made, and knows which single
call was added or taken away between two versions. By linear programming they work out, for every
place, category and month, the least and the most that may have happened there. The attack has
succeeded when they can say that a few were there, and fewer than `k`. It succeeds on a release as
it is usually made (exact counts, those below five left out), and must fail on ours.
"""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from random import Random

import h3.api.basic_int as h3
import pytest

from gongzhi.analysis.disclosure import STEP, Marks
from gongzhi.analysis.disclosure.attack import Bounds, Figure, bounds
from gongzhi.base.catalogue.kinds.open_dataset import (
    AT_HOME,
    Column,
    OpenDataset,
    Source,
    open_categories,
)
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import moment
from gongzhi.base.ui.errors import Refused
from gongzhi.watch.exchange.lake.models import Fact
from gongzhi.watch.exchange.lake.writing import write_behind
from gongzhi.watch.exchange.opendata import files
from gongzhi.watch.exchange.opendata.models import Version
from gongzhi.watch.maps.selectors.published import forget, published
from tests.watch.exchange.opendata.conftest import home as home  # noqa: PLC0414  (a fixture)
from tests.watch.exchange.opendata.hands import on, publish
from tests.watch.maps.facts import HERE, put

RING = [int(one) for one in h3.grid_ring(HERE, 1)]
CELLS = [HERE, *RING[:3]]
TOWN = {CELLS[0]: "east", CELLS[1]: "east", CELLS[2]: "west", CELLS[3]: "west"}
PARTS = ("east", "west")
KINDS = ["theft", "fire", "burglary"]
MONTHS = ["2026-09", "2026-10", "2026-11"]
TRUE = {
    # cell, category → how many in September, October, November
    (0, "theft"): (7, 12, 3), (0, "fire"): (3, 0, 8), (0, "burglary"): (0, 4, 6),
    (1, "theft"): (2, 6, 11), (1, "fire"): (6, 1, 0), (1, "burglary"): (9, 5, 2),
    (2, "theft"): (14, 2, 5), (2, "fire"): (0, 3, 7), (2, "burglary"): (5, 5, 1),
    (3, "theft"): (1, 9, 4), (3, "fire"): (4, 0, 6), (3, "burglary"): (0, 8, 3),
}  # fmt: skip
Atom = tuple[int, str, str]
"""Cell, category, month: what the attacker is after."""
ATOMS: list[Atom] = list(product(CELLS, KINDS, MONTHS))
WHICH = {atom: n for n, atom in enumerate(ATOMS)}
TAKEN: Atom = (CELLS[2], "burglary", "2026-09")
"""One of the five calls of this place, category and month is taken away between the first and the
second version, and the attacker knows that: it was their own."""


def truth() -> Counter[Atom]:
    return Counter({
        (CELLS[n], kind, month): many
        for (n, kind), some in TRUE.items() for month, many in zip(MONTHS, some, strict=True)
    })  # fmt: skip


def without(facts: Mapping[Atom, int], atom: Atom) -> Counter[Atom]:
    return Counter({**facts, atom: facts[atom] - 1})


def which(**wanted: object) -> list[int]:
    """The atoms of a cell, category, month or town."""
    return [
        WHICH[atom] for atom in ATOMS
        if all({"cell": atom[0], "kind": atom[1], "month": atom[2],
                "town": TOWN[atom[0]]}[name] == one for name, one in wanted.items())
    ]  # fmt: skip


# --- a release as it is usually made -------------------------------------------------------------


def naive(facts: Mapping[Atom, int], months: Sequence[str]) -> Iterator[Figure]:
    """Cell by category, town by category, and their totals of a month; a count below five isn't
    told."""
    asked = [
        *({"cell": c, "kind": k, "month": m} for c, k, m in product(CELLS, KINDS, months)),
        *({"town": t, "kind": k, "month": m} for t, k, m in product(PARTS, KINDS, months)),
        *({"cell": c, "month": m} for c, m in product(CELLS, months)),
        *({"kind": k, "month": m} for k, m in product(KINDS, months)),
        *({"town": t, "month": m} for t, m in product(PARTS, months)),
        *({"month": m} for m in months),
    ]  # fmt: skip
    for wanted in asked:
        some = which(**wanted)
        count = sum(facts[ATOMS[n]] for n in some)
        told = (count, count) if count >= STEP else (0, STEP - 1)
        yield Figure(some, *told)


# --- ours ----------------------------------------------------------------------------------------


def live(facts: Mapping[Atom, int]) -> None:
    """Let it happen, in an order that tells nothing."""
    Fact.objects.all().delete()
    for (cell, kind, month), many in sorted(facts.items()):
        at = [on(f"{month}-{1 + (n * 7 + len(kind)) % 27:02}", n % 24) for n in range(many)]
        put(at, cell=cell, category=kind, town=TOWN[cell], written=False)
    write_behind()
    forget()


def of_marks(marks: Marks) -> Iterator[Figure]:
    """What all marks say to whoever knows how they are made: more than any dataset or map does.

    Of each cell, up to the end of each month: as many facts as its marks stand for, and four more
    at most. And each mark has a fact of its own category behind it, since the mark before."""
    for cell in CELLS:
        here = marks.only(marks.cell == cell)
        for n in range(len(MONTHS)):
            until = which_until(cell, MONTHS[: n + 1])
            many = sum(month_of(day) <= MONTHS[n] for day in here.day.tolist())
            yield Figure(until, STEP * many, STEP * many + STEP - 1)
        for kind in KINDS:
            yield Figure(
                which(cell=cell, kind=kind), int((here.category == kind).sum()), float("inf")
            )


def which_until(cell: int, months: Sequence[str]) -> list[int]:
    return [n for month in months for n in which(cell=cell, month=month)]


def month_of(day: int) -> str:
    from datetime import date, timedelta

    return f"{date(1970, 1, 1) + timedelta(days=day):%Y-%m}"


def all_marks() -> Marks:
    with moment(on("2026-12-20")):
        forget()
        return published().marks


def rows_of(version: Version) -> list[dict[str, str]]:
    text = files.read(version, f"{version.dataset}.csv").decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def learnt(figures: Iterable[Figure], facts: Mapping[Atom, int]) -> dict[Atom, Bounds]:
    """What an attacker can say of the small counts, and is right about."""
    found = bounds(len(ATOMS), list(figures), range(len(ATOMS)))
    told = {atom: one for atom, one in zip(ATOMS, found, strict=True) if one.tells(STEP)}
    assert all(one.low <= facts[atom] <= one.high for atom, one in zip(ATOMS, found, strict=True))
    return told


def after_it(figures: Iterable[Figure], taken: Atom = TAKEN) -> Iterator[Figure]:
    """What figures from before the call was taken away say of the county since then."""
    for one in figures:
        gone = int(WHICH[taken] in one.counts)
        yield Figure(one.counts, one.low - gone, one.high - gone)


# --- the attack ----------------------------------------------------------------------------------


def test_the_attack_succeeds_on_a_release_as_it_is_usually_made() -> None:
    """So it can: a first version, and a second one from which a single call is gone."""
    before, after = truth(), without(truth(), TAKEN)
    once = learnt(naive(after, MONTHS), after)
    assert len(once) >= 12, "even one version gives small counts away"
    assert TAKEN not in once
    both = learnt([*naive(after, MONTHS), *after_it(naive(before, MONTHS))], after)
    assert both[TAKEN] == Bounds(4, 4), "and with another version one knows what this one hides"


@pytest.mark.django_db
def test_the_attack_fails_on_all_that_we_publish() -> None:
    """Two versions of two datasets, a call taken away between them, and the marks themselves, as
    the maps count them, before and after."""
    before, after = truth(), without(truth(), TAKEN)
    live(before)
    first = publish("incidents_by_town", on("2026-11-10"))
    early = all_marks()
    live(after)
    second = publish("incidents_by_town", on("2026-12-10"))
    late = all_marks()
    told = [*after_it(of_marks(early)), *of_marks(late)]
    told += [*after_it(of_rows(first)), *of_rows(second)]
    assert learnt(told, after) == {}


@pytest.mark.django_db
@pytest.mark.parametrize("seed", [3, 11])
def test_the_attack_fails_whatever_happened_and_whichever_call_is_gone(seed: int) -> None:
    """Counties at random, mostly of small counts, and a call of each at random: the attacker has
    all marks before and after, of which every dataset, map and figure is a sum."""
    draw = Random(seed)
    before = Counter({atom: draw.choice((0, 0, 1, 1, 2, 3, 4, 5, 9, 14)) for atom in ATOMS})
    taken = draw.choice([atom for atom, many in before.items() if many])
    after = without(before, taken)
    live(before)
    early = all_marks()
    live(after)
    told = [*after_it(of_marks(early), taken), *of_marks(all_marks())]
    assert learnt(told, after) == {}


def of_rows(version: Version) -> Iterator[Figure]:
    """What rows say beside the marks that they are made of: each stands for so many facts of its
    town by the end of its month, and each mark in it has one of its category."""
    sums: Counter[tuple[str, str]] = Counter()
    for row in rows_of(version):
        sums[row["town"], row["category"]] += int(row["count"]) // STEP
    for (town, kind), marks in sums.items():
        yield Figure(which(town=town, kind=kind), marks, float("inf"))


@pytest.mark.django_db
def test_a_call_that_is_taken_away_changes_nothing_that_was_told() -> None:
    live(truth())
    first = rows_of(publish("incidents_by_town", on("2026-11-10")))
    live(without(truth(), TAKEN))
    second = rows_of(publish("incidents_by_town", on("2026-12-10")))
    assert first
    assert [row for row in second if row["period"] < "2026-11"] == first
    assert any(row["period"] == "2026-11" for row in second)


@pytest.mark.django_db
def test_no_correction_is_told_that_is_smaller_than_a_figure_may_be() -> None:
    live(truth())
    publish("incidents_by_town", on("2026-12-10"))
    live(without(truth(), TAKEN))
    with pytest.raises(Refused) as small:
        publish("incidents_by_town", on("2026-12-11"), again=["2026-09"])
    assert small.value.code == "small_change"
    live(Counter({**truth(), TAKEN: truth()[TAKEN] + 2 * STEP}))
    right = publish("incidents_by_town", on("2026-12-12"), "九月漏了一批。", again=["2026-09"])
    assert (right.number, right.again) == (2, ["2026-09"])


@pytest.mark.django_db
def test_every_figure_and_every_difference_is_a_multiple_of_k() -> None:
    live(truth())
    counts = [
        int(row["count"])
        for code in ("incidents_by_town", "incidents_by_cell")
        for row in rows_of(publish(code, on("2027-01-10")))
    ]
    assert counts
    for code in ("incidents_by_town", "incidents_by_cell"):
        k = catalogue().open_data[code].k
        (version,) = Version.objects.filter(dataset=code)
        assert all(int(row["count"]) % k == 0 for row in rows_of(version))
    told = json.loads(files.read(version, "incidents_by_cell.geojson"))
    assert all(one["properties"]["count"] % 10 == 0 for one in told["features"])


@pytest.mark.parametrize("recipe", catalogue().open_data.values(), ids=lambda one: one.code)
def test_no_dataset_tells_of_persons_voices_or_homes(recipe: OpenDataset) -> None:
    whole = catalogue()
    assert recipe.source in set(Source)
    assert set(recipe.by) <= set(Column)
    may = open_categories(recipe.source, Column.CELL in recipe.by, whole.categories.values())
    assert set(recipe.categories) <= set(may)
    never = {"police_complaint", "proposal", "wage_arrears", "dispute_wage", "crowd", "self_harm",
             "minor_care", "suspicious", "officer_rights", *AT_HOME}  # fmt: skip
    assert not never & set(may)
    assert recipe.k >= STEP


def test_there_is_no_word_for_what_may_not_be_told() -> None:
    """Neither complaints, petitions, opinions and cases, nor anything of a person, can be asked
    for: a county's file that names one is no open dataset."""
    assert {one.value for one in Source} == {"incidents", "requests", "applications"}
    assert {one.value for one in Column} == {
        "period", "town", "category", "cell", "hours", "service",
    }  # fmt: skip
