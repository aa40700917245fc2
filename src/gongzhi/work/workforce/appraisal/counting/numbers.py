"""An officer's number beside what is expected of the same mix of work.

Indirect standardisation: of each kind of work one is expected to do as all others did with that
kind. Whether a number differs is asked with bounds that chance passes once in 500, as everybody
has several numbers and there are many officers; nothing else is said to differ.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum

from gongzhi.analysis.outcomes import share_interval, share_tail
from gongzhi.base.catalogue.kinds.appraisal import Item
from gongzhi.work.workforce.appraisal.counting.facts import Fact
from gongzhi.work.workforce.appraisal.states import Says

RARE = 0.002
"""Of numbers that are as expected, so many are said to differ."""
Sums = Mapping[str, tuple[float, float]]


@dataclass(frozen=True)
class Number:
    """``hit`` of ``of`` in ``facts`` matters; `expected`, `low` and `high` are shares, 0 to 1."""

    account: int
    facts: int
    hit: float
    of: float
    expected: float | None
    low: float
    high: float
    says: Says


def mix_of(item: Item, fact: Fact) -> str:
    """What kind of work it was, as far as the item makes it comparable."""
    return " ".join(f"{key}={fact.mix.get(key, '')}" for key in item.mix)


def numbers_of(item: Item, facts: Iterable[Fact]) -> dict[int, Number]:
    """Each officer's number. What officers are called, and the order of facts, change nothing."""
    own: dict[int, dict[str, list[Fact]]] = defaultdict(lambda: defaultdict(list))
    for fact in facts:
        own[fact.account][mix_of(item, fact)].append(fact)
    whole = _together(parts for parts in own.values())
    return {account: _number(item, account, parts, whole) for account, parts in own.items()}


def _together(everybody: Iterable[Mapping[str, Sequence[Fact]]]) -> Sums:
    found: dict[str, list[Fact]] = defaultdict(list)
    for parts in everybody:
        for kind, facts in parts.items():
            found[kind] += facts
    return {
        kind: (fsum(one.hit for one in facts), fsum(one.of for one in facts))
        for kind, facts in found.items()
    }


def _number(item: Item, account: int, parts: Mapping[str, Sequence[Fact]], whole: Sums) -> Number:
    mine = _together([parts])
    hit, of = fsum(one[0] for one in mine.values()), fsum(one[1] for one in mine.values())
    facts = sum(len(some) for some in parts.values())
    share = hit / of if of else 0.0
    low, high = share_interval(share * facts, facts)
    expected = _expected(mine, whole)
    rest = fsum(one[1] for one in whole.values()) - of
    says = _says(item, facts, share, expected, rest)
    return Number(account, facts, hit, of, expected, low, high, says)


def _expected(mine: Sums, whole: Sums) -> float | None:
    """The share that others reach with this mix; where nobody else did a kind of work, what others
    reach in all. None: there is nobody else."""
    rest = [
        fsum(one[side] for one in whole.values()) - fsum(one[side] for one in mine.values())
        for side in (0, 1)
    ]
    if rest[1] <= 0:
        return None
    wanted = []
    for kind, (hit, many) in mine.items():
        others = whole[kind][1] - many
        rate = (whole[kind][0] - hit) / others if others > 0 else rest[0] / rest[1]
        wanted.append(rate * many)
    of = fsum(one[1] for one in mine.values())
    return min(max(fsum(wanted) / of, 0.0), 1.0) if of else None


def _says(item: Item, facts: int, share: float, expected: float | None, rest: float) -> Says:
    """Half a one more or less where the others never, or always, hit: the first miss beside a
    perfect county is nothing special."""
    if facts < item.least or expected is None:
        return Says.FEW
    usual = min(max(expected, 0.5 / (rest + 1)), (rest + 0.5) / (rest + 1))
    few, many = share_tail(share * facts, facts, usual)
    if many < RARE / 2:
        return Says.ABOVE
    return Says.BELOW if few < RARE / 2 else Says.USUAL
