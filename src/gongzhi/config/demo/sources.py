"""Sources of the demo county: a department's drop folder with good and bad deliveries, and buoys
that have fallen silent."""

from __future__ import annotations

import os
import random
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from gongzhi.base.catalogue.load import catalogue, shipped
from gongzhi.base.log.actions import moment
from gongzhi.base.places.models import Area
from gongzhi.config.home import Home
from gongzhi.watch.exchange.receiving.lines.folder import place_of
from gongzhi.watch.exchange.receiving.models import Line
from gongzhi.watch.exchange.receiving.readers import listen
from gongzhi.watch.exchange.receiving.running import connector_of, run

CHINA = ZoneInfo("Asia/Shanghai")
DAYS, LAMPS, BUOYS = 12, 900, ("B01", "B02", "B03", "B04")
QUIET = timedelta(hours=60)
"""For so long the buoys have said nothing."""
HEAD = "灯杆编号,乡镇,状态,功率,检查时间,巡查人"
FOLDER = '[source]\nkind = "folder"\nfiles = "buoy-*.csv"\n\n[contract]'


def load_sources(home: Home, until: datetime, seed: int) -> str:
    """Take over the sources' files, deliver for twelve days, and take each delivery over."""
    _take_over(home)
    dice, towns = random.Random(seed), _towns()  # noqa: S311  (no secret)
    batches = 0
    for back in range(DAYS, -1, -1):
        at = until - timedelta(days=back, minutes=40)
        batches += _delivered("street_lamps", _lamps(at, dice, towns, back), at, "gb18030")
        quiet = until - QUIET
        if at < quiet:
            batches += _delivered("sea_state", _waves(at, dice), at, "utf-8")
    with moment(until):
        listen()
    silent = Line.objects.exclude(silent_since=None).count()
    return f"{batches} deliveries; {silent} source has fallen silent"


def _take_over(home: Home) -> None:
    """As an operator does: copy what ships to the county's own catalogue, and change it."""
    own = home.catalogue / "connectors"
    own.mkdir(parents=True, exist_ok=True)
    for code in ("street_lamps", "sea_state"):
        text = (shipped() / "connectors" / f"{code}.toml").read_text("utf-8")
        text = re.sub(r"^paused = true.*\n", "", text, flags=re.MULTILINE)
        if code == "sea_state":
            text = re.sub(r"\[source\].*?\[contract\]", FOLDER, text, flags=re.DOTALL)
        (own / f"{code}.toml").write_text(text, "utf-8")
    catalogue.cache_clear()


def _towns() -> list[str]:
    every = Area.objects.filter(kind=Area.Kind.TOWN, valid_to=None)
    return sorted(every.values_list("code", flat=True))


def _delivered(code: str, text: str, at: datetime, encoding: str) -> int:
    """Drop it as a file of that moment and take it over."""
    connector = connector_of(code)
    place = place_of(connector)
    place.mkdir(parents=True, exist_ok=True)
    prefix = "buoy" if code == "sea_state" else "lamps"
    path = place / f"{prefix}-{at.astimezone(CHINA):%Y%m%d}.csv"
    path.write_bytes(text.encode(encoding))
    _as_of(path, at)
    with moment(at):
        return len(run(connector))


def _as_of(path: Path, at: datetime) -> None:
    os.utime(path, (at.timestamp() - 60, at.timestamp() - 60))


def _lamps(at: datetime, dice: random.Random, towns: list[str], back: int) -> str:
    """A day's inspections. Yesterday's have words of their own, today's another heading."""
    head = HEAD.replace("状态", "现状") if back == 0 else HEAD
    return "\n".join([head, *_inspected(at, dice, towns, back), ""])


def _inspected(at: datetime, dice: random.Random, towns: list[str], back: int) -> Iterator[str]:
    odd = ("忽明忽暗", "灯罩破损") if back == 1 else ()
    for n in sorted(dice.sample(range(1, LAMPS), dice.randint(110, 180))):
        state = dice.choices(("正常", "不亮", "维修"), (90, 6, 4))[0]
        state = dice.choice(odd) if odd and dice.random() < 0.09 else state
        watts = "6000" if dice.random() < 0.01 else dice.choice(("60", "90", "120"))
        when = at.astimezone(CHINA) - timedelta(minutes=dice.randint(5, 500))
        town = towns[n % len(towns)]
        yield f"L-{n:05},{town},{state},{watts},{when:%Y/%m/%d %H:%M},巡查一组"


def _waves(at: datetime, dice: random.Random) -> str:
    rows = [
        f"{buoy},{(at - timedelta(hours=2 * n)).isoformat()},{dice.uniform(0.4, 2.6):.1f},"
        f"{dice.uniform(3, 16):.1f}"
        for n in range(12)
        for buoy in BUOYS
    ]
    return "\n".join(["buoy,at,wave,wind", *rows, ""])
