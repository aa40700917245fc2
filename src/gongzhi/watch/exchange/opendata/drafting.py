"""What the next version would be: what stays as it was, what is new, and what isn't told.

A period is told once, when it is over, and stays: a later version repeats its rows from the file of
the one before, whatever has become known since. So two versions differ by whole periods, and their
difference is what each period says by itself. A period is only told again where somebody puts it
right on purpose, and then every place and category must have changed by nothing or by `k` facts at
least: a difference between versions is held to what a figure is held to.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext as _

from gongzhi.base.catalogue.kinds.open_dataset import OpenDataset
from gongzhi.base.ui.errors import Refused
from gongzhi.watch.exchange.opendata import counting, files
from gongzhi.watch.exchange.opendata.models import Version
from gongzhi.watch.exchange.opendata.periods import closed
from gongzhi.watch.exchange.opendata.tables import Row, grid, rows_of_marks


@dataclass(frozen=True)
class Withheld:
    """What the new periods don't tell, for whoever decides; it is shown to nobody else."""

    facts: int
    """Facts in these periods."""
    told: int
    """Of these, those that figures stand for. With noise: as many as there are."""
    groups: int
    """Groups with a fact at all."""
    small: int
    """Of these, those with fewer than `k`: they are merged into the marks of their cell, or wait
    there for more, or noise covers them."""
    silent: int
    """Of these, those that have no row."""

    @property
    def untold(self) -> int:
        """Facts that no figure stands for yet."""
        return max(0, self.facts - self.told)


@dataclass(frozen=True)
class Draft:
    """The next version, before anybody has proposed it."""

    recipe: OpenDataset
    last: Version | None
    stays: Sequence[Row]
    """Rows of the version before, as they are in its file."""
    fresh: Sequence[Row]
    """Rows of the periods that are told now, before any noise."""
    periods: Sequence[str]
    again: Sequence[str]
    counted: Mapping[str, Mapping[str, int]]
    withheld: Withheld

    @property
    def number(self) -> int:
        """Of the version that it would be."""
        return (self.last.number or 0) + 1 if self.last else 1

    @property
    def rows(self) -> list[Row]:
        """All of it, before any noise."""
        return [*self.stays, *self.fresh]

    @property
    def digest(self) -> str:
        """Of all that is new, and of what it stands on."""
        told: list[Any] = [self.recipe.shape, self.last and self.last.pk, self.periods, self.again]
        return sha256(json.dumps([*told, self.fresh], sort_keys=True).encode()).hexdigest()


def last_of(dataset: str) -> Version | None:
    """The last version that was let out: the next one stands on it, withdrawn or not, for what was
    told is known."""
    return Version.objects.filter(dataset=dataset).exclude(number=None).order_by("number").last()


def told_periods(dataset: str) -> list[str]:
    """The periods that were told, the first one first."""
    found = Version.objects.filter(dataset=dataset).exclude(number=None)
    return sorted({one for some in found.values_list("periods", flat=True) for one in some})


def due(recipe: OpenDataset) -> list[str]:
    """The periods that are over and were never told."""
    since = counting.first_day(recipe)
    if since is None:
        return []
    told = set(told_periods(recipe.code))
    every = closed(since, counting.today_of(recipe), recipe.period, recipe.wait_days)
    return [one for one in every if one not in told]


def drafted(recipe: OpenDataset, again: Iterable[str] = ()) -> Draft:
    """The next version. Refuses where there is nothing new, a correction is too small to be told,
    or a row would be another than it was."""
    last, right = last_of(recipe.code), sorted(set(again))
    if last and last.shape != recipe.shape:
        raise Refused(
            _("这个数据集的列或者分法变了。已经发布过的版本不能再比，请换一个代码，作为新的数据集。"),
            code="shape", status=409,
        )  # fmt: skip
    known, fresh = told_periods(recipe.code), due(recipe)
    if lost := [one for one in right if one not in known]:
        raise Refused(_("没有发布过这一期：%(period)s。") % {"period": lost[0]}, code="again",
                      status=422, fields={"again": _("没有发布过这一期。")})  # fmt: skip
    if not fresh and not right:
        raise Refused(
            _("没有新的一期。一期过完，再等 %(n)s 天，就可以准备。") % {"n": recipe.wait_days},
            code="nothing_new", status=409,
        )  # fmt: skip
    counted = counting.counted_in(recipe, [*right, *fresh])
    for period in right:
        require_large(recipe, period, counted.behind[period])
    rows = _rows(recipe, [*right, *fresh], counted)
    stays = [row for row in files.rows_in(recipe, last) if row["period"] not in right]
    return Draft(
        recipe, last, stays, rows, fresh, right,
        {period: dict(sorted(some.items())) for period, some in counted.behind.items()},
        _withheld(recipe, rows, counted),
    )  # fmt: skip


def require_large(recipe: OpenDataset, period: str, now: Mapping[str, int]) -> None:
    """Refuse to tell a period again of which too little has changed: whoever has both versions, and
    knows what was put right, could work out what was hidden. Noise is drawn anew, and paid for."""
    before = counted_before(recipe.code, period)
    changes = [abs(now.get(key, 0) - before.get(key, 0)) for key in {*now, *before}]
    if not any(changes):
        raise Refused(_("%(period)s 没有变。") % {"period": period}, code="same", status=409)
    if recipe.privacy is None and any(0 < one < recipe.k for one in changes):
        said = _(
            "%(period)s 里有的地方只变了不到 %(k)s 件。两个版本一比，就能算出藏起来的数，"
            "所以不再发布这一期；变化大了再更正。"
        )
        raise Refused(said % {"period": period, "k": recipe.k}, code="small_change", status=409)


def counted_before(dataset: str, period: str) -> dict[str, int]:
    """The exact counts when this period was told last."""
    found = Version.objects.filter(dataset=dataset).exclude(number=None).order_by("-number")
    for counted in found.values_list("counted", flat=True):
        if period in counted:
            return dict(counted[period])
    return {}


def _rows(recipe: OpenDataset, periods: Sequence[str], counted: counting.Counted) -> list[Row]:
    if counted.marks is None:
        return grid(recipe, periods, counting.domain(recipe), counted.exact)
    return rows_of_marks(recipe, counted.marks, periods, counting.categories_of(recipe))


def _withheld(recipe: OpenDataset, rows: Sequence[Row], counted: counting.Counted) -> Withheld:
    groups = _groups(recipe, counted)
    told = {tuple(row[column.value] for column in recipe.by) for row in rows}
    return Withheld(
        facts=counted.facts,
        told=sum(row["count"] for row in rows),
        groups=len(groups),
        small=sum(many < recipe.k for many in groups.values()),
        silent=sum(key not in told for key in groups),
    )


def _groups(recipe: OpenDataset, counted: counting.Counted) -> Mapping[tuple[str, ...], int]:
    """Exact counts by the columns as they are told: cells and hours as coarse as there."""
    return counting.coarsened(recipe, counted.exact)
