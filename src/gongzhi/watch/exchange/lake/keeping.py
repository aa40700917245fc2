"""Facts kept beside the log: folded further with each batch, and again from its beginning."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db.models import F
from django.db.models.functions import Greatest

from gongzhi.base.log.models import Entry
from gongzhi.watch.exchange.lake.folding import fold, is_read, matter_of
from gongzhi.watch.exchange.lake.models import Fact, Month

BATCH = 2_000
_COLUMNS = [one.name for one in Fact._meta.concrete_fields if not one.primary_key]  # noqa: SLF001  (Django's documented API)


def keep(entries: Sequence[Entry]) -> None:
    """Fold the entries into the facts, and note which months' files are behind.

    Called in the transaction that moves the reader's cursor: whatever happens to the process, an
    entry counts once.
    """
    concerned = [entry for entry in entries if is_read(entry)]
    if not concerned:
        return
    known = Fact.objects.in_bulk({matter_of(entry.subject) for entry in concerned})
    changed = fold(known, concerned)
    # An upsert: bulk_update's CASE for each column and row took twelve times as long.
    Fact.objects.bulk_create(
        [known[key] for key in sorted(changed)],
        batch_size=500,
        update_conflicts=True,
        unique_fields=["matter"],
        update_fields=_COLUMNS,
    )
    _note({known[key].month for key in changed}, concerned[-1].seq)


def _note(months: set[str], seq: int) -> None:
    Month.objects.bulk_create(
        [Month(month=month, changed_seq=seq) for month in months], ignore_conflicts=True
    )
    Month.objects.filter(month__in=months).update(changed_seq=Greatest(F("changed_seq"), seq))


def folded_anew(until: int) -> dict[int, Fact]:
    """All facts, folded in memory from the log's beginning to entry `until`; nothing is kept."""
    facts: dict[int, Fact] = {}
    for entries in _batches(until):
        fold(facts, entries)
    return facts


def _batches(until: int) -> Iterator[list[Entry]]:
    seq = 0
    while batch := list(Entry.objects.filter(seq__gt=seq, seq__lte=until).order_by("seq")[:BATCH]):
        yield batch
        seq = batch[-1].seq
