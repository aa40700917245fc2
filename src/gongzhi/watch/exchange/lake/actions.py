"""The lake made anew from the log."""

from __future__ import annotations

from gongzhi.base.log.actions import action, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.models import Cursor
from gongzhi.watch.exchange.lake.events import REBUILT
from gongzhi.watch.exchange.lake.keeping import folded_anew
from gongzhi.watch.exchange.lake.models import Fact, Month
from gongzhi.watch.exchange.lake.readers import READER


@action
def rebuild(by: Actor) -> int:
    """Fold the log from its beginning and let the result take the lake's place; how many facts.

    In one transaction: whoever reads meanwhile finds the lake as it was. Every month's file is
    behind afterwards.
    """
    Cursor.objects.get_or_create(reader=READER)
    cursor = Cursor.objects.select_for_update().get(reader=READER)
    facts = folded_anew(cursor.seq)
    Fact.objects.all().delete()
    Fact.objects.bulk_create(facts.values(), batch_size=500)
    months = {fact.month for fact in facts.values()}
    Month.objects.update(changed_seq=cursor.seq, written_seq=-1)
    Month.objects.bulk_create(
        [Month(month=one, changed_seq=cursor.seq) for one in months], ignore_conflicts=True
    )
    record(REBUILT, "lake", facts=len(facts), months=len(months))
    return len(facts)
