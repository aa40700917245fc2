"""Which moves of a rotation go together: a place that isn't free comes free by somebody else's."""

from __future__ import annotations

from datetime import date

from gongzhi.work.workforce.movement.models import ProposedMove
from gongzhi.work.workforce.movement.states import MoveState
from gongzhi.work.workforce.officers.days import held_on
from gongzhi.work.workforce.officers.models import Holding


def chain_of(one: ProposedMove, day: date) -> list[ProposedMove] | None:
    """The move and those that make room for it, in turn, until a place is free on that day or the
    first one's own place is taken. None: somebody stands in a place who doesn't go."""
    open_moves = ProposedMove.objects.filter(
        rotation_id=one.rotation_id, state=MoveState.PROPOSED, target__isnull=False
    ).select_related("account", "source__unit", "target__unit").order_by("pk")  # fmt: skip
    by_source: dict[int, list[ProposedMove]] = {}
    for move in open_moves:
        by_source.setdefault(move.source_id, []).append(move)
    chain, last = [one], one
    while last.target_id is not None and last.target_id != one.source_id:
        if _is_free(last.target_id, day, chain):
            return chain
        known = {it.pk for it in chain}
        after = [it for it in by_source.get(last.target_id, ()) if it.pk not in known]
        if not after:
            return None
        last = after[0]
        chain.append(last)
    return chain


def _is_free(post: int, day: date, chain: list[ProposedMove]) -> bool:
    there = Holding.objects.filter(held_on(day), post=post).count()
    going = sum(one.source_id == post for one in chain)
    coming = sum(one.target_id == post for one in chain)
    place = chain[-1].target
    return place is not None and there - going + coming <= place.places
