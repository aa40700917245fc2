"""Whether what was published is still what was published, and keeps its own rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from gongzhi.base.catalogue.kinds.open_dataset import OpenDataset
from gongzhi.base.catalogue.load import catalogue
from gongzhi.watch.exchange.checks import Found
from gongzhi.watch.exchange.opendata import files
from gongzhi.watch.exchange.opendata.models import Version
from gongzhi.watch.exchange.opendata.selectors import spent_in, versions_of
from gongzhi.watch.exchange.opendata.tables import Row


def look() -> Iterator[Found]:
    """Each dataset, in words."""
    for recipe in catalogue().open_data.values():
        versions = versions_of(recipe.code)
        wrong = faults(recipe, versions)
        told = {"name": str(recipe.name), "n": len(versions)}
        yield from (Found(f"{recipe.name}: {one}", wrong=True) for one in wrong)
        if not wrong:
            yield Found(_("%(name)s：%(n)s 个版本，都和发布时一样。") % told)


def faults(recipe: OpenDataset, versions: Sequence[Version]) -> list[str]:
    """What is wrong with a dataset's versions: files that are others than they were, figures that
    are too small, periods that changed though nobody put them right, more spent than there was."""
    found: list[str] = []
    before: list[Row] | None = None
    for version in sorted(versions, key=lambda one: one.number or 0):
        found += _altered(version)
        try:
            rows = files.rows_in(recipe, version)
        except files.Altered:
            before = None
            continue
        found += _small(recipe, version, rows) + _moved(version, before, rows)
        before = rows
    years = {one.decided_at.year for one in versions if one.decided_at}
    return found + [fault for year in sorted(years) for fault in _overspent(recipe, year)]


def _altered(version: Version) -> list[str]:
    gone = []
    for name in version.files:
        try:
            files.read(version, name)
        except files.Altered:
            gone.append(f"v{version.number}/{name} is not the file that was published")
    return gone


def _small(recipe: OpenDataset, version: Version, rows: Sequence[Row]) -> list[str]:
    counts = [row["count"] for row in rows if row["count"] is not None]
    wrong = [one for one in counts if one < recipe.k or (not recipe.privacy and one % recipe.k)]
    return [f"v{version.number}: {len(wrong)} figures are none that may be told"] if wrong else []


def _moved(version: Version, before: list[Row] | None, rows: Sequence[Row]) -> list[str]:
    """Rows that an earlier version told otherwise, of periods that nobody put right."""
    if before is None:
        return []
    kept = [row for row in before if row["period"] not in version.again]
    told = [row for row in rows if row["period"] not in {*version.again, *version.periods}]
    return [] if kept == told else [f"v{version.number}: an earlier period is told otherwise"]


def _overspent(recipe: OpenDataset, year: int) -> list[str]:
    most = recipe.privacy.per_year if recipe.privacy else 0.0
    spent = spent_in(recipe.code, year)
    return [f"{year}: {spent:g} spent of {most:g}"] if spent > most + 1e-9 else []
