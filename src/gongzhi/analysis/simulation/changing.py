"""What if: the same county with something changed. Each gives a new scenario and alters none."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from gongzhi.analysis.simulation.county import Calls, Factor, Scenario, Stop, Unit, Want, Ways


def move(scenario: Scenario, code: str, post: int) -> Scenario:
    """The unit of this code has its post elsewhere."""
    return _with(scenario, replace(scenario.unit(code), post=post))


def add(scenario: Scenario, unit: Unit) -> Scenario:
    """One more unit."""
    return replace(scenario, units=(*scenario.units, unit))


def remove(scenario: Scenario, code: str) -> Scenario:
    """Without this unit."""
    gone = scenario.unit(code)
    return replace(scenario, units=tuple(one for one in scenario.units if one is not gone))


def on_duty(scenario: Scenario, code: str, duty: tuple[bool, ...]) -> Scenario:
    """The unit has other hours."""
    return _with(scenario, replace(scenario.unit(code), duty=duty))


def patrol(scenario: Scenario, code: str, route: Iterable[Stop]) -> Scenario:
    """The unit goes round by these stops while nobody calls; none: it stands at its post."""
    return _with(scenario, replace(scenario.unit(code), route=tuple(route)))


def factor(scenario: Scenario, times: Factor) -> Scenario:
    """So many times as many calls. Raises ValueError for an area that isn't there."""
    strange = times.areas - set(scenario.county.areas)
    if strange:
        raise ValueError(f"no area {', '.join(sorted(strange))}")
    return replace(scenario, factors=(*scenario.factors, times))


def during(scenario: Scenario, hours: tuple[bool, ...]) -> Scenario:
    """Only the calls of these hours of the week come, as many as then. Units and their shifts stay
    as they are: who is at work when the hours are over finishes."""
    return replace(scenario, calls=tuple(_during(one, hours) for one in scenario.calls))


def _during(one: Calls, hours: tuple[bool, ...]) -> Calls:
    week = [rate if on else 0.0 for rate, on in zip(one.week, hours, strict=True)]
    part, whole = sum(week), sum(one.week)
    if not part or not whole:
        return replace(one, a_day=0.0, week=tuple(week))
    even = tuple(rate * len(week) / part for rate in week)
    return replace(one, a_day=one.a_day * part / whole, week=even)


def ways(scenario: Scenario, changed: Ways) -> Scenario:
    """Other ways between the same places: a bridge shut, a ferry more."""
    if changed.seconds.shape[2:] != scenario.county.ways.seconds.shape[2:]:
        raise ValueError("other ways lead between the same places")
    return replace(scenario, county=replace(scenario.county, ways=changed))


def cards(
    scenario: Scenario, wants: tuple[Want, ...], *, category: str = "", priority: int = 0
) -> Scenario:
    """Other units are sent to calls of this category ("": all) and priority (0: all). Raises
    ValueError where no call is of that kind."""
    return _carded(scenario, lambda _: wants, category, priority)


def more(scenario: Scenario, many: int, *, category: str = "", priority: int = 0) -> Scenario:
    """So many more (or fewer) units to these calls, of what the card sends last; one always
    goes. Raises ValueError where no call is of that kind."""

    def changed(one: Calls) -> tuple[Want, ...]:
        wants = list(one.wants)
        left = many
        while wants:
            count = wants[-1].count + left
            if count > 0:
                wants[-1] = replace(wants[-1], count=count)
                return tuple(wants)
            left = count
            wants.pop()
        return (replace(one.wants[0], count=1),)

    return _carded(scenario, changed, category, priority)


def _carded(
    scenario: Scenario, wants: Callable[[Calls], tuple[Want, ...]], category: str, priority: int
) -> Scenario:
    def touched(one: Calls) -> bool:
        return category in ("", one.category) and priority in (0, one.priority)

    if not any(touched(one) for one in scenario.calls):
        raise ValueError(f"no calls of {category or 'any category'}, priority {priority or 'any'}")
    calls = (replace(one, wants=wants(one)) if touched(one) else one for one in scenario.calls)
    return replace(scenario, calls=tuple(calls))


def _with(scenario: Scenario, unit: Unit) -> Scenario:
    units = tuple(unit if one.code == unit.code else one for one in scenario.units)
    return replace(scenario, units=units)
