"""What a formula would have said, beside the one in force: counts of people, nobody's numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from gongzhi.base.catalogue.kinds.appraisal import Appraisal
from gongzhi.work.workforce.appraisal.counting.numbers import Number
from gongzhi.work.workforce.appraisal.counting.sheets import facts_by_item, numbers_by_item
from gongzhi.work.workforce.appraisal.selectors.auditing import audit
from gongzhi.work.workforce.appraisal.selectors.people import appraised
from gongzhi.work.workforce.appraisal.states import Says

LEAST_SHOWN = 5
"""Of fewer people it is only said that they are few."""


def compared(
    formula: Appraisal, before: Appraisal | None, first: date, last: date
) -> tuple[int, dict[str, Any]]:
    """How many people it is for, and what a trial keeps: by item where they would stand, how many
    would stand elsewhere than now, and the audit."""
    people = appraised(formula)
    keys = {one.pk for one in people}
    new = numbers_by_item(formula, facts_by_item(formula, first, last, keys))
    old = numbers_by_item(before, facts_by_item(before, first, last, keys)) if before else {}
    return len(people), {
        "items": {code: _beside(new[code], old.get(code, {}), keys) for code in new},
        "gone": sorted(set(old) - set(new)),
        "audit": audit(formula, new, people),
    }


def _beside(new: Mapping[int, Number], old: Mapping[int, Number], keys: set[int]) -> dict[str, Any]:
    now = {key: new[key].says if key in new else Says.FEW for key in keys}
    was = {key: old[key].says if key in old else Says.FEW for key in keys}
    elsewhere = sum(now[key] != was[key] for key in keys)
    return {
        "after": _counts(Counter(now.values())), "before": _counts(Counter(was.values())),
        "elsewhere": _few(elsewhere),
    }  # fmt: skip


def _counts(counter: Counter[Says]) -> dict[str, int | None]:
    return {says.value: _few(counter[says]) for says in Says if says != Says.LISTED}


def _few(many: int) -> int | None:
    """None for one to four: whoever knows the station could make them out."""
    return many if many == 0 or many >= LEAST_SHOWN else None
