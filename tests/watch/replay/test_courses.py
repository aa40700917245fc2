"""What each incident and each unit was at any moment of a shift."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from gongzhi.watch.replay.selectors.courses import (
    RANKS,
    Leg,
    incident_spans,
    state_at,
    unit_spans,
    waits,
)
from gongzhi.watch.replay.selectors.strip import strip_of

HOUR = 3600
moments = st.integers(0, 4 * HOUR)


@st.composite
def legs(draw: st.DrawFn, incident: int = 1) -> Leg:
    """A unit sent; as far as it came, in order."""
    stops = sorted(draw(st.lists(moments, min_size=4, max_size=4)))
    reached = draw(st.integers(1, 4))
    times: list[int | None] = [*stops[:reached], *([None] * (4 - reached))]
    if draw(st.booleans()):
        times[3] = stops[3]  # called back, however far it had come
    sent, off, there, end = times
    assert sent is not None
    back = there is None and end is not None
    return Leg(incident, draw(st.integers(1, 3)), sent, off, there, end, back=back)


@given(st.lists(legs(), max_size=5), moments)
def test_a_unit_is_in_exactly_one_state_at_every_moment(gone: list[Leg], at: int) -> None:
    mine = [leg for leg in gone if leg.unit == 1]
    spans = unit_spans([(0, "free"), (2 * HOUR, "off_duty")], mine)
    assert all(one.since < other.since for one, other in pairwise(spans))
    assert all((a.state, a.incident) != (b.state, b.incident) for a, b in pairwise(spans))
    held = state_at(spans, at)
    assert held is not None
    assert (held.state in RANKS) == any(leg.state(at) for leg in mine)
    assert (held.incident is not None) == (held.state in RANKS)


@given(st.lists(legs(), max_size=4), st.integers(0, HOUR))
def test_an_incident_waits_from_its_call_to_the_first_unit(gone: list[Leg], opened: int) -> None:
    gone = [leg for leg in gone if leg.sent >= opened]
    spans = incident_spans(opened, gone, settled=None, closed=None, told=True)
    assert spans[0].since == opened
    first = min((leg.sent for leg in gone), default=None)
    for at in range(opened, opened + HOUR if first is None else first, 97):
        held = state_at(spans, at)
        assert held is not None
        assert held.state == "waiting"
    if first is not None and any(leg.state(first) for leg in gone):
        held = state_at(spans, first)
        assert held is not None
        assert held.state in RANKS


def test_called_back_it_waits_again_and_cleared_it_is_done() -> None:
    back = Leg(1, 1, 60, 90, None, 120, back=True)
    done = Leg(1, 2, 300, 310, 600, 900)
    spans = incident_spans(0, [back, done], settled=None, closed=1000, told=True)
    assert [(span.since, span.state) for span in spans] == [
        (0, "waiting"), (60, "dispatched"), (90, "en_route"), (120, "waiting"),
        (300, "dispatched"), (310, "en_route"), (600, "on_scene"), (900, "done"), (1000, "over"),
    ]  # fmt: skip
    assert waits(spans, 5000) == [(0, 60), (120, 300)]


def test_settled_on_the_phone_it_waits_no_longer() -> None:
    spans = incident_spans(0, [], settled=200, closed=400, told=True)
    assert [(span.since, span.state) for span in spans] == [
        (0, "waiting"), (200, "done"), (400, "over")
    ]  # fmt: skip


def test_of_what_nothing_more_is_known_nothing_is_claimed() -> None:
    spans = incident_spans(30, [], settled=None, closed=None, told=False)
    assert [span.state for span in spans] == ["untold", "over"]
    assert waits(spans, 9000) == []


def test_the_strip_shows_where_it_got_tight() -> None:
    long = incident_spans(100, [Leg(1, 1, 1300, 1300, 1500, 2000)], settled=None, closed=2100,
                          told=True)  # fmt: skip
    unit = unit_spans([(0, "free")], [Leg(1, 1, 1300, 1300, 1500, 2000)])
    strip = strip_of(HOUR, [100], [long], [unit])
    assert strip.seconds == 300
    assert strip.calls == [1, *([0] * 11)]
    assert strip.waiting == [1, 1, 1, 1, *([0] * 8)]
    assert strip.longest[:5] == [200, 500, 800, 1100, 0]
    assert strip.working[:8] == [0, 0, 0, 0, 1, 1, 0, 0]
    assert strip.on_duty == [1] * 12
