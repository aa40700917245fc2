"""Reads the text format of the published employee shift scheduling instances.

The format is described at schedulingbenchmarks.org (Curtois and Qu, "Computational results on new
staff scheduling benchmark instances", 2014): sections of comma-separated lines, and `#` for
comments. All begin on a Monday. Every limit of the staff is hard; requests and cover cost.
"""

from __future__ import annotations

from collections import defaultdict

from gongzhi.analysis.roster.problem import Demand, Kind, Officer, Problem, Rule, Shift, Wish

MORNING = 480
"""Shifts have lengths but no times there; so all begin at this minute, and none runs into the next
day. Which may follow which is said in pairs."""


def read(written: str) -> Problem:
    """The instance as a problem; ValueError, naming the section, for what isn't one.

    Officers and shifts are numbered as they come.
    """
    rows = _sections(written)
    try:
        return _problem(rows)
    except (KeyError, IndexError) as wrong:
        raise ValueError(f"no instance: something is missing or unknown: {wrong}") from wrong


def _sections(written: str) -> dict[str, list[list[str]]]:
    found: dict[str, list[list[str]]] = defaultdict(list)
    section = ""
    for line in (one.strip() for one in written.splitlines()):
        if line.startswith("SECTION_"):
            section = line.removeprefix("SECTION_")
        elif line and not line.startswith("#"):
            found[section].append([one.strip() for one in line.split(",")])
    for needed in ("HORIZON", "SHIFTS", "STAFF", "COVER"):
        if not found[needed]:
            raise ValueError(f"no instance: SECTION_{needed} is missing")
    return found


def _problem(rows: dict[str, list[list[str]]]) -> Problem:
    days = int(rows["HORIZON"][0][0])
    shift = {row[0]: n for n, row in enumerate(rows["SHIFTS"])}
    staff = {row[0]: n for n, row in enumerate(rows["STAFF"])}
    off: dict[str, set[int]] = defaultdict(set)
    for row in rows["DAYS_OFF"]:
        off[row[0]] |= {int(one) for one in row[1:] if one}
    pairs = frozenset(
        (shift[row[0]], shift[after])
        for row in rows["SHIFTS"]
        for after in (row[2].split("|") if len(row) > 2 and row[2] else ())
    )
    officers = tuple(
        Officer(staff[row[0]], least=int(row[3]), most=int(row[2]), away=frozenset(off[row[0]]))
        for row in rows["STAFF"]
    )
    wishes = tuple(
        Wish(staff[row[0]], int(row[1]), shift[row[2]], on, int(row[3]))
        for section, on in (("SHIFT_ON_REQUESTS", True), ("SHIFT_OFF_REQUESTS", False))
        for row in rows[section]
    )
    demands = tuple(
        Demand(int(row[0]), shift[row[1]], 0, int(row[2]), short=int(row[3]), over=int(row[4]))
        for row in rows["COVER"]
    )
    rules = (
        Rule("succession", Kind.SUCCESSION, pairs=pairs),
        Rule("contract", Kind.CONTRACT),
        *_staff_rules(rows["STAFF"], staff, shift, days),
    )
    shifts = tuple(Shift(n, MORNING, int(row[1])) for n, row in enumerate(rows["SHIFTS"]))
    return Problem(days, shifts, officers, demands, rules, wishes)


def _staff_rules(
    rows: list[list[str]], staff: dict[str, int], shift: dict[str, int], days: int
) -> list[Rule]:
    """One for each limit, with all whom it is for."""
    whom: dict[tuple[Kind, int, int | None], set[int]] = defaultdict(set)
    for row in rows:
        kinds = (Kind.ROW, Kind.SHORT_ROW, Kind.SHORT_REST, Kind.WEEKENDS)
        for kind, limit in zip(kinds, row[4:8], strict=True):
            whom[kind, int(limit), None].add(staff[row[0]])
        for one in row[1].split("|"):
            code, most = one.split("=")
            if int(most) < days:
                whom[Kind.COUNT, int(most), shift[code]].add(staff[row[0]])
    return [
        Rule(
            f"{kind}-{limit}" + ("" if of is None else f"-{of}"), kind, limit,
            shifts=None if of is None else frozenset({of}), officers=frozenset(who),
        )
        for (kind, limit, of), who in whom.items()
    ]  # fmt: skip
