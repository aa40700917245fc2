"""Importing a file: resumable, idempotent, and never stopped by a bad row."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from django.db.models.functions import Round
from django.utils.translation import gettext as _

from gongzhi.base.catalogue.kinds.mapping import Mapping
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.files.tables import Row, Source, opened
from gongzhi.base.log.actions import now
from gongzhi.base.matters.models import Matter
from gongzhi.base.matters.past import PastMatter
from gongzhi.base.matters.recalled import Recalled
from gongzhi.base.people.models import Unit
from gongzhi.base.places.coordinates import Point
from gongzhi.base.places.layers import write_outline
from gongzhi.base.places.models import County
from gongzhi.base.ui.errors import Refused
from gongzhi.watch.exchange.imports.actions import (
    finish_import,
    import_batch,
    open_source,
)
from gongzhi.watch.exchange.imports.convert import BY, Converter, Fact
from gongzhi.watch.exchange.imports.crews import Went, went
from gongzhi.watch.exchange.imports.models import ImportRun
from gongzhi.watch.exchange.imports.position import box_of
from gongzhi.watch.exchange.imports.rejected import Rejects

BATCH = 500
"""Matters a transaction: what a kill in the middle costs at most, and what memory it takes."""

Watch = Callable[[float, ImportRun], None]
"""Told after each batch: how much of the file is read (0 to 1), and the counts."""


def mapping_of(code: str) -> Mapping:
    """The mapping of this name. Refuses one that isn't there, and names those that are."""
    known = catalogue().mappings
    if code not in known:
        raise Refused(
            _("没有名为“%(name)s”的映射。现有：%(known)s。")
            % {"name": code, "known": ", ".join(known) or "—"},
            code="unknown_mapping",
        )
    return known[code]


def import_file(
    path: Path, mapping: Mapping, watch: Watch, *, limit: int | None = None, dry: bool = False
) -> ImportRun:
    """Read the file and write what is new in it; says what came of it.

    With `dry` nothing is written but the file of rejected rows. Refuses a file that isn't there,
    that is no table, or that lacks a column of the mapping.
    """
    with opened(path, mapping.columns, mapping.encoding) as source:
        run = _run(path, mapping, limit, dry=dry)
        owner, county = _nowhere(mapping) if dry else open_source(BY, mapping)
        converter = Converter(mapping, source.headings, owner, county)
        converter.notes.update(run.notes)
        units = _units(converter, islice(source.rows, limit))
        with Rejects(path, source.headings, kept=run.rejected_bytes) as rejects:
            reading = _Reading(run, converter, rejects, source, dry=dry)
            rest = islice(units, run.position, None)
            while batch := list(islice(rest, BATCH)):
                reading.settle(batch)
                watch(source.share, run)
    if not dry:
        finish_import(BY, run, mapping)
        _draw(county)
    return run


class Past(NamedTuple):
    """A matter of a file, the units that went, and whether officers began it themselves."""

    matter: PastMatter
    went: Sequence[Went]
    own: bool


def read_past(path: Path, mapping: Mapping) -> Iterator[Past]:
    """What the file tells, matter by matter, written nowhere; rows that an import would turn away
    are left out. Refuses a file that can't be read at all."""
    with opened(path, mapping.columns, mapping.encoding) as source:
        converter = Converter(mapping, source.headings, *_nowhere(mapping))
        for unit in _units(converter, source.rows):
            if unit.wrong or unit.rows[0].wrong:
                continue
            try:
                past = converter.past(unit.key, unit.rows)
            except Refused:
                continue
            own = converter.fact(unit.rows).own
            yield Past(past, went(converter, unit.rows, past.opened_at), own)


@dataclass
class Facts:
    """What a file tells of when, what and where, each once, written nowhere; what isn't among it
    is counted, as far as it was read."""

    path: Path
    mapping: Mapping
    watch: Callable[[float], None]
    read: int = 0
    rejected: int = 0
    repeated: int = 0

    def __iter__(self) -> Iterator[Fact]:
        """Refuses a file that can't be read at all."""
        with opened(self.path, self.mapping.columns, self.mapping.encoding) as source:
            converter = Converter(self.mapping, source.headings, *_nowhere(self.mapping))
            seen: set[str] = set()
            for unit in _units(converter, source.rows):
                self.read += len(unit.rows)
                if self.read % BATCH == 0:
                    self.watch(source.share)
                fact = self._fact(converter, unit)
                if fact is not None and unit.key in seen:
                    self.repeated += 1
                elif fact is not None:
                    seen.add(unit.key)
                    yield fact

    def _fact(self, converter: Converter, unit: _Unit) -> Fact | None:
        try:
            if not unit.wrong and not unit.rows[0].wrong:
                return converter.fact(unit.rows)
        except Refused:
            pass
        self.rejected += len(unit.rows)
        return None


def _draw(county: County) -> None:
    """Around what came in: nobody gave this county's border."""
    placed = county.matters.filter(lat__isnull=False).order_by()
    found = placed.values_list(Round("lat", 2), Round("lon", 2)).distinct()
    write_outline(county, [Point(lat, lon) for lat, lon in found])


@dataclass(frozen=True)
class _Unit:
    """The rows of one matter, and its key; or one row that can't be read, and why."""

    rows: Sequence[Row]
    key: str = ""
    wrong: Refused | None = None


class _Reading:
    """One run over a file, a batch at a time."""

    def __init__(
        self, run: ImportRun, converter: Converter, rejects: Rejects, source: Source, *, dry: bool
    ) -> None:
        self.run = run
        self.converter = converter
        self.rejects = rejects
        self.source = source
        self.dry = dry
        self.seen: set[str] = set()
        """Keys that a dry run would have written."""

    def settle(self, batch: Sequence[_Unit]) -> None:
        """Sort the batch into new, known and rejected, and write it with the counts."""
        known = self._known({unit.key for unit in batch if unit.key})
        brought = []
        for unit in batch:
            if unit.key in known:
                self.run.known += len(unit.rows)
                continue
            one = self._brought(unit)
            if one is not None:
                known.add(unit.key)
                brought.append(one)
                self.run.imported += len(unit.rows)
        self.run.position += len(batch)
        self.run.read += sum(len(unit.rows) for unit in batch)
        self.run.rejected_bytes = self.rejects.written()
        self.run.notes = dict(sorted(self.converter.notes.items()))
        if self.dry:
            self.seen |= known
        else:
            import_batch(BY, self.run, self.converter.mapping, brought)

    def _known(self, keys: set[str]) -> set[str]:
        stand = Matter.objects.filter(idempotency_key__in=keys)
        standing = {key for key in stand.values_list("idempotency_key", flat=True) if key}
        return standing | (keys & self.seen)

    def _brought(self, unit: _Unit) -> tuple[Recalled, Sequence[Went]] | None:
        """The matter, gone through all that happened to it, and who went there; None when it is
        rejected."""
        notes = self.converter.notes
        before = Counter(notes)
        try:
            if unit.wrong or unit.rows[0].wrong:
                raise unit.wrong or Refused("", code=unit.rows[0].wrong)
            past = self.converter.past(unit.key, unit.rows)
            return Recalled(past), went(self.converter, unit.rows, past.opened_at)
        except Refused as refused:
            notes.clear()
            notes.update(before)  # a row that isn't kept had nothing mended
            for row in unit.rows:
                self.rejects.add(row, None if row.wrong else refused)
            self.run.rejected += len(unit.rows)
            return None


def _units(converter: Converter, rows: Iterable[Row]) -> Iterator[_Unit]:
    """Each row for itself; or all rows with one id together, in the order of their first."""
    single = (_unit(converter, row) for row in rows)
    if not converter.mapping.several_rows:
        yield from single
        return
    together: dict[str, list[Row]] = {}
    alone = []
    for unit in single:
        if unit.key:
            together.setdefault(unit.key, []).extend(unit.rows)
        else:
            alone.append(unit)
    yield from (_Unit(rows, key) for key, rows in together.items())
    yield from alone


def _unit(converter: Converter, row: Row) -> _Unit:
    if row.wrong:
        return _Unit([row])
    try:
        return _Unit([row], converter.key(row))
    except Refused as refused:
        return _Unit([row], wrong=refused)


def _run(path: Path, mapping: Mapping, limit: int | None, *, dry: bool) -> ImportRun:
    """The run that was interrupted over this very file, or a new one."""
    mark = f"{_digest(path)}:{limit}" if limit else _digest(path)
    new = ImportRun(mapping=mapping.code, digest=mark, started_at=now())
    if dry:
        return new
    runs = ImportRun.objects.filter(mapping=mapping.code, digest=mark, finished_at=None)
    broken_off = runs.first()
    if broken_off is None:
        return new
    if Rejects.are_kept(path, broken_off.rejected_bytes):
        return broken_off
    new.pk = broken_off.pk  # the rejected rows are gone: from the start, to find them again
    return new


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=20)).hexdigest()


def _nowhere(mapping: Mapping) -> tuple[Unit, County]:
    """An owner and a county that are never written, for a dry run."""
    county = County(code=mapping.code, time_zone=mapping.times.zone)
    county.bounds = box_of(mapping)
    return Unit(code=mapping.code), county
