"""From a file and its mapping to facts: when, in which cell, what."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import h3.api.basic_int as h3

from gongzhi.base.catalogue.kinds.forecast import Treats, foreseen
from gongzhi.base.catalogue.kinds.mapping import Mapping
from gongzhi.base.catalogue.load import Catalogue
from gongzhi.watch.exchange.imports.convert import Fact
from gongzhi.watch.exchange.imports.run import Facts
from gongzhi.work.patrol.forecasts.counting import CALLS, HELD, PRESENCE, UNCOUNTED, Read


def series_of(mapping: Mapping, whole: Catalogue) -> dict[str, str]:
    """Category → what it is counted as: itself where it is harm, `CALLS` where it is a call for
    service. Whatever isn't here may not be foreseen."""
    said = mapping.forecast
    harm = foreseen(whole.forecasts, "harm")
    if said.harm is not None:
        harm &= set(said.harm)
    found = {code: code for code in harm}
    calls = mapping.procedure == "incident" if said.calls is None else said.calls
    if calls:
        others: Iterable[Treats] = ("harm", "demand")
        listed = {code for treats in others for code in foreseen(whole.forecasts, treats)}
        found |= dict.fromkeys(listed - harm, CALLS)
    return found


def read(path: Path, mapping: Mapping, whole: Catalogue, watch: Callable[[float], None]) -> Read:
    """Refuses a file that can't be read as the mapping says."""
    series, found = series_of(mapping, whole), Read()
    facts = Facts(path, mapping, watch)
    for fact in facts:
        _keep(found, fact, series)
    found.rows = facts.read
    found.out.update(rejected=facts.rejected, repeated=facts.repeated)
    return found


def _keep(found: Read, fact: Fact, series: dict[str, str]) -> None:
    """Days are counted by what is left out, too: they say when anybody was counting."""
    category = series.get(fact.category, UNCOUNTED)
    if category == UNCOUNTED:
        found.not_listed[fact.category] += 1
    if fact.own:
        found.out["own_work"] += 1
        category = PRESENCE
    elif fact.point is None and category != UNCOUNTED:
        found.out["no_place"] += 1
        category = UNCOUNTED
    found.add(fact.at, h3.latlng_to_cell(*fact.point, HELD) if fact.point else 0, category)
