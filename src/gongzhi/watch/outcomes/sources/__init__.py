"""Where facts come from, one function a source; each reads a stretch of time in a few queries.

A fact belongs to the day on which it became known, and is counted there once and for all: an
answer on the day it was given, a missed limit on the day it was missed. So days that are over
don't change, but for what is corrected (a category, a place, a repeat merged), and counting again
gives the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from gongzhi.watch.outcomes.sources import incidents, limits, oversight, requests, services
from gongzhi.watch.outcomes.sources.fact import Fact

Source = Callable[[datetime, datetime], Iterable[Fact]]

FACTS: Mapping[str, Source] = {
    "incidents": incidents.incidents,
    "repeats": incidents.repeats,
    "calls": incidents.calls,
    "arrivals": incidents.arrivals,
    "clocks": limits.clocks,
    "requests": requests.told,
    "judged": requests.judged,
    "handled": requests.handled,
    "answers": requests.answers,
    "reopened": requests.reopened,
    "visits": services.visits,
    "findings": oversight.findings,
    "reviews": oversight.reviews,
    "looks": oversight.looks,
}
"""As ``base/catalogue/kinds/measure_sources`` declares them."""
