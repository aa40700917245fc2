"""Whose work is appraised, and in which groups the numbers are looked at for bias."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from gongzhi.base.catalogue.kinds.appraisal import Appraisal
from gongzhi.base.people.models import Account
from gongzhi.work.workforce.appraisal.selectors.backgrounds import by_decade, by_sex


def appraised(formula: Appraisal) -> list[Account]:
    """Active members of staff with one of the formula's roles, in no order that says anything."""
    wanted = set(formula.roles)
    accounts = Account.objects.filter(is_active=True).select_related("unit").order_by("pk")
    return [one for one in accounts if wanted & set(one.roles)]


def by_unit(people: Sequence[Account]) -> Mapping[int, str]:
    """Account → its unit's name."""
    return {one.pk: str(one.unit) for one in people}


GROUPINGS: Mapping[str, Callable[[Sequence[Account]], Mapping[int, str]]] = {
    "unit": by_unit, "sex": by_sex, "decade": by_decade,
}  # fmt: skip
"""Grouping → account → group. Never two at once: crossed groups are small, and point at people."""
