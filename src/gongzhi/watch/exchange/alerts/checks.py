"""What `gongzhi exchange check` says of outside sources of warnings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.utils.translation import gettext as _

from gongzhi.base.log.actions import now
from gongzhi.watch.exchange.alerts.models import Source
from gongzhi.watch.exchange.checks import Found
from gongzhi.watch.exchange.outside_words import why_failed

SILENT = timedelta(hours=6)
"""So long after its last answer a source that is asked every few minutes has fallen silent."""


def faults() -> Iterator[Found]:
    """Each source with an address: whether it answers."""
    sources = Source.objects.filter(ended_at=None).exclude(address="").order_by("code")
    for source in sources:
        yield _of(source)
    if not sources:
        yield Found(_("没有要定时去问的来源。"))


def _of(source: Source) -> Found:
    told = {"source": str(source)}
    if source.failure:
        why = told | {"why": why_failed(source.failure)}
        return Found(_("%(source)s：问不到，%(why)s。") % why, wrong=True)
    if source.answered_at is None:
        return Found(_("%(source)s：还没有问过。平台运行时自动去问。") % told)
    if now() - source.answered_at > SILENT:
        return Found(_("%(source)s：很久没有应答。") % told, wrong=True)
    return Found(_("%(source)s：有应答。") % told)
