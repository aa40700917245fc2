"""A rotation moves those who are due, nobody else, no more of a unit than may go, and nobody to
where they can't do the work."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from gongzhi.analysis.rotation import Place, Rules, Seat, plan

RULES = Rules()
SKILLS = ("boat", "exhibits")


@st.composite
def counties(draw: st.DrawFn) -> tuple[list[Seat], list[Place]]:
    places = [
        Place(
            post, draw(st.integers(1, 4)), draw(st.booleans()), draw(st.booleans()),
            frozenset(draw(st.sets(st.sampled_from(SKILLS)))), draw(st.integers(0, 2)),
        )
        for post in range(1, draw(st.integers(2, 7)) + 1)
    ]  # fmt: skip
    years = st.floats(0, 12)
    seats = [
        Seat(key, draw(st.integers(1, len(places))), draw(years), draw(years), draw(years),
             frozenset(draw(st.sets(st.sampled_from(SKILLS)))))
        for key in range(1, draw(st.integers(1, 25)) + 1)
    ]  # fmt: skip
    return seats, places


def by_post(places: list[Place]) -> dict[int, Place]:
    return {one.post: one for one in places}


@given(counties())
def test_only_who_is_due_moves_and_everybody_who_is_due_is_told_of(
    county: tuple[list[Seat], list[Place]],
) -> None:
    seats, places = county
    made = plan(seats, places, RULES)
    due = {
        one.key for one in seats
        if (by_post(places)[one.post].sensitive and one.years >= RULES.sensitive_years)
        or (not by_post(places)[one.post].front and one.off_front >= RULES.office_years)
    }  # fmt: skip
    told = [one.key for one in (*made.moves, *made.left)]
    assert sorted(told) == sorted(due)


@given(counties())
def test_no_unit_loses_more_than_it_may_and_no_post_gets_more_than_it_has(
    county: tuple[list[Seat], list[Place]],
) -> None:
    seats, places = county
    made, of_post = plan(seats, places, RULES), by_post(places)
    heads = Counter(of_post[one.post].unit for one in seats)
    gone = Counter(of_post[one.source].unit for one in made.moves)
    assert all(many <= max(1, int(heads[unit] * 0.2)) for unit, many in gone.items())
    came, left = Counter(m.target for m in made.moves), Counter(m.source for m in made.moves)
    assert all(many <= of_post[post].free + left[post]
               for post, many in came.items())  # fmt: skip


@given(counties())
def test_nobody_goes_where_they_can_t_do_the_work_or_stay_in_what_they_were_to_leave(
    county: tuple[list[Seat], list[Place]],
) -> None:
    seats, places = county
    of_seat, of_post = {one.key: one for one in seats}, by_post(places)
    for move in plan(seats, places, RULES).moves:
        target = of_post[move.target]
        assert target.skills <= of_seat[move.key].skills
        assert move.target != move.source
        if move.why == "office":
            assert target.front


@given(counties())
def test_the_order_in_which_seats_are_told_changes_nothing(
    county: tuple[list[Seat], list[Place]],
) -> None:
    seats, places = county
    assert plan(seats, places, RULES) == plan(seats[::-1], places[::-1], RULES)


def test_two_who_are_due_change_places_and_experience_is_spread() -> None:
    """An old hand and a young one, each long in a sensitive post of a unit of their own kind."""
    places = [Place(1, 1, True, True), Place(2, 2, True, True), Place(3, 1, True, False),
              Place(4, 2, True, False)]  # fmt: skip
    seats = [Seat(1, 1, 6, 0, 20), Seat(2, 2, 7, 0, 2), Seat(3, 3, 1, 0, 20), Seat(4, 4, 1, 0, 2)]
    made = plan(seats, places, RULES)
    assert [(one.key, one.target) for one in made.moves] == [(1, 2), (2, 1)]
    assert made.apart_after < made.apart_before


def test_a_free_place_at_the_front_is_filled_from_the_office_first() -> None:
    places = [Place(1, 1, False, False), Place(2, 2, True, False, free=1)]
    made = plan([Seat(1, 1, 4, 4, 10)], places, RULES)
    assert [(one.key, one.target, one.why) for one in made.moves] == [(1, 2, "office")]


def test_who_has_nowhere_to_go_is_said_to_have_no_place() -> None:
    made = plan([Seat(1, 1, 9, 0, 10)], [Place(1, 1, True, True)], RULES)
    assert [(one.key, one.wait) for one in made.left] == [(1, "no_place")]


def test_of_many_who_are_due_those_longest_in_their_post_go_first() -> None:
    places = [Place(1, 1, True, True), Place(2, 2, True, False, free=10)]
    seats = [Seat(key, 1, 5 + key / 10, 0, 10) for key in range(1, 11)]
    made = plan(seats, places, RULES)
    assert [one.key for one in made.moves] == [9, 10]
    assert {one.wait for one in made.left} == {"limit"}
