"""What `gongzhi exchange check` says of sources."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from gongzhi.base.catalogue.kinds.connector import Connector
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.people.models import Unit
from gongzhi.watch.exchange.checks import Found
from gongzhi.watch.exchange.outside_words import why_failed
from gongzhi.watch.exchange.receiving.examples import faults
from gongzhi.watch.exchange.receiving.models import Batch, Line
from gongzhi.watch.exchange.receiving.shelves import rows_file


def look() -> Iterator[Found]:
    """Each source: its examples, whose it is, whether it answers and is heard, and its files."""
    connectors = [one for one in catalogue().connectors.values() if not one.paused]
    for one in connectors:
        yield from _of(one)
    if not connectors:
        yield Found(_("没有接入的来源。"))


def _of(one: Connector) -> Iterator[Found]:
    named = {"source": str(one.name)}
    yield from (Found(fault, wrong=True) for fault in faults(one))
    if not Unit.objects.filter(code=one.unit).exists():
        said = named | {"unit": one.unit}
        yield Found(_("%(source)s：没有代码为“%(unit)s”的单位。") % said, wrong=True)
    line = Line.objects.filter(connector=one.code).first()
    if line is None:
        yield Found(_("%(source)s：还没有取过。") % named)
        return
    if line.failing_since:
        yield Found(
            _("%(source)s：取不到，%(why)s。") % (named | {"why": why_failed(line.failure)}),
            wrong=True,
        )
    elif line.silent_since:
        yield Found(_("%(source)s：太久没有动静。") % named, wrong=True)
    else:
        yield Found(_("%(source)s：正常。") % named)
    held = Batch.objects.filter(connector=one.code, state=Batch.State.HELD).count()
    if held:
        yield Found(_("%(source)s：%(n)s 批等人决定。") % (named | {"n": held}), wrong=True)
    yield from _files(one, named)


def _files(one: Connector, named: dict[str, str]) -> Iterator[Found]:
    loaded = Batch.objects.filter(connector=one.code, state=Batch.State.LOADED, kept__gt=0)
    lost = sum(not rows_file(batch).exists() for batch in loaded)
    if lost:
        yield Found(_("%(source)s：少了 %(n)s 个收下的文件。") % (named | {"n": lost}), wrong=True)
