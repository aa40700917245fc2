"""Rows as an action holds them, and the shifts it writes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from gongzhi.base.ui.errors import Refused
from gongzhi.work.workforce.rosters.models import Duty, Roster
from gongzhi.work.workforce.rosters.selectors.asked import Asked
from gongzhi.work.workforce.rosters.states import State

Line = tuple[int | None, ...]


def held_roster(roster: Roster) -> Roster:
    """The roster, locked. Refuses (404) one that is gone."""
    rows = Roster.objects.select_for_update(of=("self",)).select_related("unit__parent__parent")
    found = rows.filter(pk=roster.pk).first()
    if found is None:
        raise Refused(_("没有这张班表。"), code="no_such_roster", status=404)
    return found


def write_lines(asked: Asked, lines: Mapping[int, Line]) -> int:
    """Put these lines in place of what isn't pinned; how many shifts there are."""
    roster = asked.roster
    pinned = {(one.officer, one.day) for one in asked.problem.pins}
    roster.duties.filter(pinned=False).delete()
    made = [
        Duty(roster=roster, account_id=key, day=asked.day(n), shift=asked.code(of))
        for key, line in lines.items()
        for n, of in enumerate(line)
        if of is not None and (key, n) not in pinned
    ]
    Duty.objects.bulk_create(made)
    return len(made) + sum(one.shift is not None for one in asked.problem.pins)


def put(roster: Roster, account: int, day: date, shift: str, *, pinned: bool) -> None:
    """One cell: a shift, or (empty) a day off that stands where it is pinned."""
    if not shift and not pinned:
        Duty.objects.filter(roster=roster, account_id=account, day=day).delete()
        return
    Duty.objects.update_or_create(
        account_id=account, day=day,
        defaults={"roster": roster, "shift": shift, "pinned": pinned},
    )  # fmt: skip


def shift_of(roster: Roster, account: int, day: date) -> str:
    """The code of what somebody does on a day; empty: off."""
    found = Duty.objects.filter(roster=roster, account_id=account, day=day).first()
    return found.shift if found else ""


def touch(roster: Roster) -> None:
    """It isn't any more what was published."""
    if roster.state == State.PUBLISHED and not roster.changed:
        roster.changed = True
        roster.save(update_fields=["changed"])
