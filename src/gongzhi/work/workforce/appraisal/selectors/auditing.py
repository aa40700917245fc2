"""Does the formula treat groups alike? Each group's numbers beside what is expected of its mix.

A group of fewer than ten is not told of: its members could be made out. Where what isn't told of a
grouping is together fewer than ten, its smallest told group isn't either, or a sum would give them
away. What officers told of themselves is told in steps, so that two trials, one before and one
after somebody told, say nothing of that one. Groups are said to differ only beyond what chance does
once in 500.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from gongzhi.analysis.outcomes import share_interval
from gongzhi.base.catalogue.kinds.appraisal import Appraisal
from gongzhi.base.people.models import Account
from gongzhi.work.workforce.appraisal.counting.numbers import RARE, Number
from gongzhi.work.workforce.appraisal.selectors.backgrounds import PERSONAL, UNTOLD
from gongzhi.work.workforce.appraisal.selectors.people import GROUPINGS

LEAST_PEOPLE = 10
PEOPLE_STEP, SHARE_STEP = 5, 0.05
Numbers = Mapping[str, Mapping[int, Number]]


@dataclass(frozen=True)
class Group:
    """One group at one item: shares from 0 to 1; None: too few to say."""

    grouping: str
    name: str
    item: str
    people: int
    """Those with a number at this item."""
    share: float | None
    expected: float | None
    differs: bool


def audit(
    formula: Appraisal, numbers: Numbers, people: Sequence[Account]
) -> list[dict[str, object]]:
    """Every grouping, item and group, by name; who told nothing is in no row."""
    found = [
        group
        for grouping, of in GROUPINGS.items()
        for item in formula.items if item.code in numbers
        for group in _told(grouping, item.code, _members(of(people)), numbers[item.code])
    ]  # fmt: skip
    return [asdict(one) for one in found]


def _told(
    grouping: str, item: str, members: Mapping[str, Sequence[int]], numbers: Mapping[int, Number]
) -> list[Group]:
    there = {
        name: [numbers[key] for key in keys if _counts(numbers.get(key))]
        for name, keys in sorted(members.items())
    }
    shown = _may_be_told({name: len(some) for name, some in there.items() if name != UNTOLD},
                         len(there.get(UNTOLD, ())))  # fmt: skip
    return [
        _group(grouping, name, item, some if name in shown else [])
        for name, some in there.items() if name != UNTOLD
    ]  # fmt: skip


def _counts(number: Number | None) -> bool:
    return number is not None and number.expected is not None and number.of > 0


def _may_be_told(many: Mapping[str, int], untold: int) -> set[str]:
    """The groups of ten and more; less the smallest of them while all that is hidden is fewer."""
    shown = sorted((name for name, n in many.items() if n >= LEAST_PEOPLE), key=lambda n: many[n])
    hidden = untold + sum(n for name, n in many.items() if name not in shown)
    while shown and 0 < hidden < LEAST_PEOPLE:
        hidden += many[shown.pop(0)]
    return set(shown)


def _members(groups: Mapping[int, str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for key, name in groups.items():
        found[name].append(key)
    return found


def _group(grouping: str, name: str, item: str, there: Sequence[Number]) -> Group:
    if not there:
        return Group(grouping, name, item, 0, None, None, differs=False)
    of = sum(one.of for one in there)
    share = sum(one.hit for one in there) / of
    expected = sum((one.expected or 0.0) * one.of for one in there) / of
    facts = sum(one.facts for one in there)
    low, high = share_interval(share * facts, facts, RARE)
    return Group(
        grouping, name, item, *_in_steps(grouping, len(there), share, expected),
        differs=not low <= expected <= high,
    )  # fmt: skip


def _in_steps(grouping: str, people: int, *shares: float) -> tuple[int, float, float]:
    """As they are of units, which everybody knows; of what people told of themselves, coarser."""
    step, part = (PEOPLE_STEP, SHARE_STEP) if grouping in PERSONAL else (1, 0.01)
    share, expected = (round(round(one / part) * part, 2) for one in shares)
    return people // step * step, share, expected
