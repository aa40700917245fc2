"""How large a machine a county needs, and how many a province: reckoned from what the benchmarks
measured, so that nobody buys by feeling."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from math import ceil
from pathlib import Path
from typing import Any, Self

HOURS = 365 * 24
GB = 1e9
EMBEDDED_GB = 100.0
"""Above that a county's one file is no longer backed up in minutes: PostgreSQL."""
BENCHES = {
    "intake": {
        "sqlite_requests_per_second": ("sqlite", "requests_per_second"),
        "postgresql_requests_per_second": ("postgresql", "requests_per_second"),
        "postgresql_two_workers_per_second": ("postgresql", "two_workers_per_second"),
    },
    "publish": {"publish_entries_per_second": ("sqlite", "entries_per_second")},
}
"""Where a benchmark's file has each figure."""


@dataclass(frozen=True)
class Measured:
    """What one machine did: requests and log entries a second, and what a matter takes."""

    machine: str
    sqlite_requests_per_second: float
    postgresql_requests_per_second: float
    postgresql_two_workers_per_second: float
    publish_entries_per_second: float
    listeners: int
    entries_per_matter: float
    bytes_per_matter: float

    def with_bench(self, folder: Path) -> Self:
        """These figures, those in the files of `folder` (``var/bench``) instead; ValueError where
        there is none."""
        found: dict[str, Any] = {}
        for bench, wanted in BENCHES.items():
            file = folder / f"{bench}.json"
            if file.exists():
                told = json.loads(file.read_text("utf-8"))
                found |= {name: told[part][key] for name, (part, key) in wanted.items()}
                found["machine"] = _named(told)
        if not found:
            raise ValueError(
                f"no figures in {folder}: run `make bench`, or `tools/bench.py intake`"
            )
        return replace(self, **found)


@dataclass(frozen=True)
class Assumed:
    """What a county knows of itself; a year, each."""

    calls_per_1000: float
    requests_per_1000: float
    applications_per_1000: float
    staff_per_1000: float
    busiest_hour: float
    storm: float
    most_of_capacity: float
    photos_per_matter: float
    bytes_per_photo: float
    keep_years: float
    people_per_county: float


@dataclass(frozen=True)
class Need:
    """Of so many people: what comes in, and what it takes. ``storm``: matters a second in the
    busiest hour of the worst day; ``database_gb``, ``files_gb``: after all the years that are
    kept; ``servers``: databases of PostgreSQL when counties share them, whose logs take turns."""

    people: int
    counties: int
    matters: float
    entries: float
    storm: float
    of_sqlite: float
    web_processes: int
    servers: int
    database_gb: float
    files_gb: float
    listeners: int
    entries_a_second: float
    publishers: int

    @property
    def embedded(self) -> bool:
        """One process with SQLite is enough for each county of this size."""
        return self.of_sqlite <= 1 and self.database_gb / self.counties <= EMBEDDED_GB


def levels() -> dict[str, int]:
    """The people of a county, a prefecture, a province and the nation, by their names."""
    found: dict[str, int] = _told()["levels"]
    return found


def figures() -> tuple[Measured, Assumed]:
    """Those that come with the platform."""
    told = _told()
    return Measured(**told["measured"]), Assumed(**told["assumed"])


def need(people: int, measured: Measured, assumed: Assumed) -> Need:
    """What so many people need. ``of_sqlite``: how much of what may be taken up of one embedded
    county's capacity the worst hour of one county takes; above 1 it is too small."""
    if people <= 0:
        raise ValueError("people: above 0")
    a, counties = assumed, max(1, round(people / assumed.people_per_county))
    a_year = people / 1000 * (a.calls_per_1000 + a.requests_per_1000 + a.applications_per_1000)
    worst = a_year / HOURS / 3600 * a.busiest_hour * a.storm
    each = worst / counties
    staff = people / 1000 * a.staff_per_1000
    pages = measured.postgresql_two_workers_per_second / 2 * a.most_of_capacity
    told = worst * measured.entries_per_matter
    return Need(
        people, counties, a_year, a_year * measured.entries_per_matter, worst,
        each / (measured.sqlite_requests_per_second * a.most_of_capacity),
        counties * max(ceil(each / pages), ceil(staff / counties / measured.listeners)),
        ceil(worst / (measured.postgresql_two_workers_per_second * a.most_of_capacity)),
        a_year * a.keep_years * measured.bytes_per_matter / GB,
        a_year * a.keep_years * a.photos_per_matter * a.bytes_per_photo / GB,
        ceil(staff), told,
        ceil(told / (measured.publish_entries_per_second * a.most_of_capacity)),
    )  # fmt: skip


def sizing_page() -> str:
    """The reference page: the four levels, and all that they are reckoned from."""
    measured, assumed = figures()
    rows = [_row(name, need(people, measured, assumed)) for name, people in levels().items()]
    told = [
        f"| `{one.name}` | {getattr(group, one.name)} |"
        for group in (measured, assumed)
        for one in fields(group)
    ]
    page = Path(__file__).with_suffix(".md").read_text("utf-8")
    return page.replace("{rows}", "\n".join(rows)).replace("{told}", "\n".join(told))


def _told() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))


def _row(name: str, one: Need) -> str:
    where = "SQLite" if one.embedded else "PostgreSQL"
    cells = (
        name, f"{one.people:,}", f"{one.counties:,}", f"{one.matters:,.0f}", f"{one.storm:,.1f}",
        f"{one.of_sqlite:.0%}", where, f"{one.web_processes:,}", f"{one.servers:,}",
        f"{one.database_gb:,.0f}", f"{one.files_gb:,.0f}", f"{one.listeners:,}",
        f"{one.publishers}",
    )  # fmt: skip
    return f"| {' | '.join(cells)} |"


def _named(told: Mapping[str, Any]) -> str:
    machine = told.get("machine", {})
    return ", ".join(f"{key} {machine[key]}" for key in ("cpu", "cores") if key in machine)
