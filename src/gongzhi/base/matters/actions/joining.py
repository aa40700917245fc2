"""Many matters that are one: merged at once, in as many queries as for a few."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from gongzhi.base.catalogue.kinds.procedure import Step
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.clocks import move_clocks
from gongzhi.base.matters.clocks.moving import Moves, moves, write_moves
from gongzhi.base.matters.course import enter
from gongzhi.base.matters.events import ABSORBED, MANY_ABSORBED, MERGED, STEP_TAKEN
from gongzhi.base.matters.models import ClockRun, Matter, Part
from gongzhi.base.matters.permissions import require_step
from gongzhi.base.matters.telling import tell_step

STEP = "merged"


@action
def merge_all(by: Actor, keys: Collection[int], into: Matter) -> int:
    """Merge those of the matters into `into` that can be: open, of the same kind, of the same unit,
    and not at a step from which there is no merging; how many. Each has its own entries.

    The caller has checked that this actor may do so. Nothing to merge is refused by the log.
    """
    both = Matter.objects.select_for_update(of=("self",)).select_related("owner_unit")
    rows = {one.pk: one for one in both.filter(pk__in=[*keys, into.pk]).order_by("pk")}
    target = rows.pop(into.pk)
    if target.closed_at is not None:
        return 0
    merged = []
    for one in rows.values():
        step = _step(one, target)
        if step is not None:
            require_step(by, one, step)
            merged.append((one, step, enter(one, step, now())))
            one.merged_into = target
    _write(target, merged)
    return len(merged)


def _step(one: Matter, target: Matter) -> Step | None:
    """The step by which it is merged; None where it can't be."""
    step = one.version_item.step(STEP)
    same = one.procedure == target.procedure and one.owner_unit_id == target.owner_unit_id
    fits = step is not None and same and one.closed_at is None and one.step in step.may_follow
    return step if fits else None


def _write(target: Matter, merged: list[tuple[Matter, Step, str]]) -> None:
    matters = [one for one, _step_, _previous in merged]
    Matter.objects.bulk_update(
        matters, ["step", "stepped_at", "closed_at", "merged_into"], batch_size=200
    )
    Part.objects.filter(lead__in=matters).update(lead=target)
    _stop_clocks(matters)
    for one, step, previous in merged:
        tell_step(one, step, previous, {})
        record(MERGED, one, into=target.pk)
    if merged:  # one entry, and not ten thousand: each of them says itself where it went
        record(MANY_ABSORBED, target, many=len(merged))
        move_clocks(target, ABSORBED.kind, MANY_ABSORBED.kind)


def _stop_clocks(matters: list[Matter]) -> None:
    """What the step does to the clocks of each, written together."""
    running: dict[int, list[ClockRun]] = defaultdict(list)
    keys = [one.pk for one in matters]
    rows = ClockRun.objects.select_for_update().filter(matter__in=keys, stopped_at__isnull=True)
    for run in rows.order_by("pk"):
        running[run.matter_id].append(run)
    whole = Moves()
    for one in matters:
        made = moves(running[one.pk], one, (f"step:{one.step}", STEP_TAKEN.kind))
        whole.changed += made.changed
        whole.begun += made.begun
        whole.missed += made.missed
    write_moves(whole)
