"""Small problems of rosters, drawn and by hand."""

from __future__ import annotations

from hypothesis import strategies as st

from gongzhi.analysis.roster import (
    Burden,
    Demand,
    Held,
    Kind,
    Officer,
    Pin,
    Problem,
    Rule,
    Share,
    Shift,
    Wish,
)

EARLY, LATE, NIGHT = 0, 1, 2
SHIFTS = (Shift(EARLY, 480, 480), Shift(LATE, 960, 480), Shift(NIGHT, 1380, 540, night=True))
HOUR, DAY = 60, 1440
RULES = (
    Rule("rest", Kind.REST, 11 * HOUR),
    Rule("night_rest", Kind.NIGHT_REST, 30 * HOUR),
    Rule("row", Kind.ROW, 5),
    Rule("night_row", Kind.ROW, 3, shifts=frozenset({NIGHT})),
    Rule("succession", Kind.SUCCESSION, pairs=frozenset({(LATE, LATE)})),
    Rule("week_minutes", Kind.WEEK_MINUTES, 44 * HOUR),
    Rule("week_off", Kind.WEEK_OFF, 1),
    Rule("weekends", Kind.WEEKENDS, 1),
    Rule("nights", Kind.COUNT, 3, shifts=frozenset({NIGHT})),
    Rule("short_row", Kind.SHORT_ROW, 2),
    Rule("short_rest", Kind.SHORT_REST, 2),
    Rule("contract", Kind.CONTRACT),
)


def team(many: int, **said: object) -> tuple[Officer, ...]:
    """So many officers, all alike."""
    return tuple(Officer(n, **said) for n in range(many))  # type: ignore[arg-type]


def asked(
    days: int, least: int = 1, ideal: int | None = None, **said: object
) -> tuple[Demand, ...]:
    """As many on each shift of each day."""
    return tuple(
        Demand(day, shift, least, least if ideal is None else ideal, **said)  # type: ignore[arg-type]
        for day in range(days)
        for shift in (EARLY, LATE, NIGHT)
    )


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """A week or so of a few officers: rules hard or soft, skills that lapse, leave, a past."""
    days = draw(st.integers(5, 10))
    shift = st.sampled_from([EARLY, LATE, NIGHT])
    day = st.integers(0, days - 1)
    held = st.builds(Held, st.just(1), st.none() | st.integers(0, days * DAY))
    officers = tuple(
        Officer(
            n, n % 2, tuple(draw(st.lists(held, max_size=1))), 0,
            draw(st.none() | st.integers(20, 60).map(lambda hours: hours * HOUR)),
            frozenset(draw(st.lists(day, max_size=2))), frozenset(draw(st.lists(day, max_size=1))),
            frozenset(draw(st.lists(shift, max_size=1))),
            tuple(draw(st.lists(st.none() | shift, max_size=7))),
        )
        for n in range(draw(st.integers(3, 6)))
    )  # fmt: skip
    rules = tuple(
        Rule(one.code, one.kind, one.limit, hard, 0 if hard else draw(st.integers(1, 9)),
             one.shifts, one.pairs)
        for one in draw(st.lists(st.sampled_from(RULES), unique_by=lambda r: r.code, max_size=6))
        for hard in [draw(st.booleans())]
    )  # fmt: skip
    demand = st.builds(
        lambda day, shift, least, more, skill, team: Demand(
            day, shift, least, least + more, skill, team
        ),
        day, shift, st.sampled_from([0, 0, 0, 1]), st.integers(0, 2),
        st.sampled_from([None, None, 1]), st.sampled_from([None, 0, 1]),
    )  # fmt: skip
    who = st.integers(0, len(officers) - 1)
    wish = st.builds(Wish, who, day, st.none() | shift, st.booleans(), st.integers(1, 5))
    shares = tuple(
        Share(one.key, draw(st.sampled_from(list(Burden))), draw(st.integers(0, 3)), 2, 2)
        for one in officers
    )
    return Problem(
        days, SHIFTS, officers, tuple(draw(st.lists(demand, min_size=3, max_size=15))), rules,
        tuple(draw(st.lists(wish, max_size=4))),
        tuple(
            Pin(*one) for one in draw(
                st.lists(st.tuples(who, day, st.none() | shift), max_size=1))
        ),
        shares, frozenset({days - 1}), draw(st.integers(0, 6)),
    )  # fmt: skip
