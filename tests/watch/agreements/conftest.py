"""What every test of agreements stands on: a home of its own, and the lamps of the county."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from pytest_django import Settings

from gongzhi.base.catalogue.load import catalogue, shipped
from gongzhi.base.places.models import Area
from gongzhi.config.home import Home
from gongzhi.watch.exchange.receiving.running import connector_of, run
from gongzhi.watch.maps.selectors.published import forget
from tests.watch.agreements.cast import county
from tests.watch.receiving.conftest import town
from tests.watch.receiving.sources import HEAD, drop

__all__ = ["town"]
Deliver = Callable[[dict[str, int], date], None]


@pytest.fixture(autouse=True)
def home(settings: Settings, tmp_path: Path) -> Iterator[None]:
    settings.HOME = Home(tmp_path)
    forget()
    yield
    catalogue.cache_clear()
    forget()


@pytest.fixture
def lamps(town: Area, home: None, settings: Settings) -> Deliver:
    """Lets the city management deliver so many lamps of each state, inspected on a day."""
    own = settings.HOME.catalogue / "connectors"
    own.mkdir(parents=True, exist_ok=True)
    text = (shipped() / "connectors" / "street_lamps.toml").read_text("utf-8")
    text = text.replace("paused = true", "paused = false").replace("gb18030", "utf-8")
    text = text.replace('kind = "folder"', 'kind = "folder"\nsettled = 0')
    text = text.replace('oldest = "P7D"', 'oldest = "P3650D"')
    (own / "street_lamps.toml").write_text(text, "utf-8")
    catalogue.cache_clear()
    county()

    def deliver(states: dict[str, int], day: date) -> None:
        words = [state for state, many in states.items() for _ in range(many)]
        rows = [
            f"L-{n:05},lancheng,{word},60,{day:%Y/%m/%d} 09:30,13900000000"
            for n, word in enumerate(words, 1)
        ]
        drop(connector_of("street_lamps"), f"lamps-{day:%Y%m%d}.csv", *rows, head=HEAD)
        (batch,) = run(connector_of("street_lamps"))
        assert batch.state == "loaded", batch.reasons

    return deliver
