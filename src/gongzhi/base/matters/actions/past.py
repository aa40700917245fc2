"""Matters that are past when the platform hears of them, thousands at a time."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Model

from gongzhi.base.log.actions import action, recalling
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.intake import put_all
from gongzhi.base.matters.models import Matter
from gongzhi.base.matters.past import PastMatter
from gongzhi.base.matters.recalled import Recalled

_ROWS = 2000
"""Rows a statement; Django makes it fewer where the database takes fewer parameters."""


@action
def record_past(by: Actor, past: Sequence[PastMatter | Recalled]) -> list[Matter]:
    """Write matters with all that happened to them, as the single actions would have written it.

    The same checks are made, the same rows stand afterwards, and the log holds the same entries,
    each with its own time and the one who acted then. They stand in the order of time within one
    call, behind all that was on the log before. One matter that is refused refuses them all:
    whoever doubts them makes a `Recalled` of each first, and hands those in. Readers meet the
    entries as they meet any other, and see from ``at`` that it is long ago.
    """
    recalled = [one if isinstance(one, Recalled) else Recalled(one) for one in past]
    put_all([(one.matter, one.past.new.point, one.past.new.accuracy) for one in recalled])
    _write([one.matter for one in recalled])
    _write([one.draft.narrative for one in recalled])
    _write([party.person for one in recalled for party in one.draft.parties])
    _write([party for one in recalled for party in one.draft.parties])
    _write([message for one in recalled for message in one.messages])
    _write([attachment for one in recalled for attachment in one.attachments])
    _write([element for one in recalled for element in one.elements.values()])
    _write([handover for one in recalled for handover in one.handovers])
    _write([run for one in recalled for run in one.clocks])
    _tell(recalled)
    return [one.matter for one in recalled]


def _write(rows: Sequence[Model]) -> None:
    """Insert rows of one model; each has its key afterwards."""
    if rows:
        type(rows[0])._default_manager.bulk_create(rows, batch_size=_ROWS)  # noqa: SLF001


def _tell(recalled: Sequence[Recalled]) -> None:
    """Record what happened, in the order of time; at one moment, in the order it was given."""
    tellings = sorted(
        (telling for one in recalled for telling in one.tellings), key=lambda telling: telling.at
    )
    for telling in tellings:
        with recalling(telling.by, telling.at):
            telling.tell()
