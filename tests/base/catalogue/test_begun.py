"""Every clock of law is begun by a procedure or a service, or its file says whose it waits for."""

from __future__ import annotations

from gongzhi.base.catalogue.kinds.clock import Clock
from gongzhi.base.catalogue.load import catalogue

MOVES = frozenset(
    move
    for procedure in catalogue().procedures.values()
    for version in procedure.versions
    for move in version.moves
) | frozenset(
    f"{how}:{code}"
    for service in catalogue().services.values()
    for code in (service.limit, service.promise)
    if code
    for how in ("begin", "done")
)


def is_begun(clock: Clock) -> bool:
    """Whether a procedure begins it, by a step or by a deed, or a service as it is accepted."""
    return bool(clock.procedures) or bool(set(clock.starts_on) & MOVES)


def test_what_nothing_begins_says_whose_procedure_it_waits_for() -> None:
    silent = [
        one.code for one in catalogue().clocks.values() if not is_begun(one) and not one.waits_for
    ]
    assert silent == []


def test_what_is_begun_waits_for_nobody() -> None:
    idle = [one.code for one in catalogue().clocks.values() if is_begun(one) and one.waits_for]
    assert idle == []


def test_what_is_begun_is_ended_by_a_procedure_too() -> None:
    """Nothing that begins runs on for ever, unless it is to be kept or ends with its matter."""
    endless = [
        one.code
        for one in catalogue().clocks.values()
        if not one.procedures and is_begun(one) and not set(one.stops_on) & MOVES
    ]
    assert endless == []


def test_of_administrative_and_criminal_law_only_a_few_still_wait() -> None:
    waiting = {
        one.waits_for
        for one in catalogue().clocks.values()
        if one.domain in ("administrative", "criminal") and one.waits_for
    }
    assert waiting == {
        "traffic", "detention_house", "next_authority", "assistance", "secret_measures",
        "past_start",
    }  # fmt: skip
