"""Writing what an import brings: batch by batch, each with how far the import has come."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Max, Min

from gongzhi.base.catalogue.kinds.mapping import Mapping
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.actions import record_past
from gongzhi.base.matters.recalled import Recalled
from gongzhi.base.people.actions import open_unit
from gongzhi.base.people.models import Unit
from gongzhi.base.places.actions import describe_county
from gongzhi.base.places.coordinates import Bounds
from gongzhi.base.places.models import County
from gongzhi.watch.exchange.imports.crews import Went, send_past
from gongzhi.watch.exchange.imports.events import BATCH_IMPORTED, IMPORT_FINISHED
from gongzhi.watch.exchange.imports.models import ImportRun
from gongzhi.watch.exchange.imports.position import box_of
from gongzhi.work.calls.past import PastCall, record_past_calls


@action
def open_source(by: Actor, mapping: Mapping) -> tuple[Unit, County]:
    """The unit that owns a source's matters, and the county they lie in; made when new."""
    county = County.objects.filter(code=mapping.code).first()
    box = county.bounds if county else box_of(mapping)
    county = describe_county(
        by,
        code=mapping.code,
        name_zh=mapping.name.zh,
        name_en=mapping.name.en,
        bounds=box,
        time_zone=mapping.times.zone,
    )
    unit = Unit.objects.filter(code=mapping.code).first() or open_unit(
        by,
        code=mapping.code,
        kind=Unit.Kind.BUREAU if mapping.procedure == "incident" else Unit.Kind.DEPARTMENT,
        name_zh=mapping.name.zh,
        name_en=mapping.name.en,
    )
    return unit, county


@action
def import_batch(
    by: Actor, run: ImportRun, mapping: Mapping, brought: Sequence[tuple[Recalled, Sequence[Went]]]
) -> None:
    """Write these matters with incidents' calls and the units that went to them; `run` says how
    far it has come now."""
    recalled = [one for one, _ in brought]
    if recalled:
        record_past(by, recalled)
    calls = [
        PastCall(one.matter, one.past.opened_at, by, words=one.past.new.words)
        for one in recalled
        if one.matter.procedure == "incident"
    ]
    if calls:
        record_past_calls(by, calls)
    if recalled and mapping.units:
        new = recalled[0].past.new
        assert new.county is not None  # noqa: S101  (an import's always has one)
        crews = [(one.matter, units) for one, units in brought]
        send_past(by, mapping, new.county, new.owner, crews)
    run.save()
    record(
        BATCH_IMPORTED, run, mapping=run.mapping, position=run.position,
        imported=run.imported, known=run.known, rejected=run.rejected,
    )  # fmt: skip


@action
def finish_import(by: Actor, run: ImportRun, mapping: Mapping) -> None:
    """Say that the file is read to its end, and draw the source's county around what came in."""
    county = County.objects.get(code=mapping.code)
    ends = county.matters.aggregate(Min("lat"), Min("lon"), Max("lat"), Max("lon"))
    if None not in ends.values() and ends["lat__min"] < ends["lat__max"]:
        around = Bounds(ends["lat__min"], ends["lon__min"], ends["lat__max"], ends["lon__max"])
        if around != county.bounds:
            describe_county(
                by, code=county.code, name_zh=county.name_zh, name_en=county.name_en,
                bounds=around, time_zone=county.time_zone,
            )  # fmt: skip
    run.finished_at = now()
    run.save()
    record(
        IMPORT_FINISHED, run, mapping=run.mapping, read=run.read,
        imported=run.imported, known=run.known, rejected=run.rejected,
    )  # fmt: skip
