"""Matters that are past when the platform hears of them, thousands at a time."""

from __future__ import annotations

from collections.abc import Sequence

from gongzhi.base.log.actions import action, recalling
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.rows import insert_many
from gongzhi.base.matters.intake import put_all
from gongzhi.base.matters.models import Matter
from gongzhi.base.matters.past import PastMatter
from gongzhi.base.matters.recalled import Recalled


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
    insert_many([one.matter for one in recalled])
    insert_many([one.draft.narrative for one in recalled])
    insert_many([party.person for one in recalled for party in one.draft.parties])
    insert_many([party for one in recalled for party in one.draft.parties])
    insert_many([message for one in recalled for message in one.messages])
    insert_many([attachment for one in recalled for attachment in one.attachments])
    insert_many([element for one in recalled for element in one.elements.values()])
    insert_many([handover for one in recalled for handover in one.handovers])
    insert_many([run for one in recalled for run in one.clocks])
    _tell(recalled)
    return [one.matter for one in recalled]


def _tell(recalled: Sequence[Recalled]) -> None:
    """Record what happened, in the order of time; at one moment, in the order it was given."""
    tellings = sorted(
        (telling for one in recalled for telling in one.tellings), key=lambda telling: telling.at
    )
    for telling in tellings:
        with recalling(telling.by, telling.at):
            telling.tell()
