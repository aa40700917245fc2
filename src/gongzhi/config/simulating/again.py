"""``gongzhi simulate replay``: learn from the first part of past calls, tell the rest, compare."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import h3.api.basic_int as h3
import numpy as np
from django.utils import translation
from django.utils.translation import gettext as _
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from gongzhi.analysis.simulation.intervals import estimated
from gongzhi.analysis.simulation.laws import Floats
from gongzhi.analysis.simulation.learning import (
    Learnt,
    Past,
    Sent,
    calibrated,
    learn,
    metres_between,
    observed,
    responses,
)
from gongzhi.base.ui.errors import Refused
from gongzhi.config.importing import spoken
from gongzhi.config.simulating.command import require_writable
from gongzhi.watch.exchange.imports.crews import Went
from gongzhi.watch.exchange.imports.run import Past as Told
from gongzhi.watch.exchange.imports.run import mapping_of, read_past

TOLD = (10, 25, 50, 75, 90, 95)
"""Quantiles (per cent) that are compared."""
CELL = 8
FEWEST = 60
Json = dict[str, Any]


@dataclass(frozen=True)
class AskedAgain:
    """The options of the command."""

    file: Path
    mapping: str
    learn: float = 0.7
    repeats: int = 10
    seed: int = 0
    out: Path | None = None


def replay_file(asked: AskedAgain) -> int:
    """Say how well the rest was told; the exit code. 2: nothing could be learnt."""
    with translation.override(spoken()):
        loud = Console(stderr=True)
        try:
            require_writable(asked.out)
            with Progress(TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn(),
                          console=loud) as bar:  # fmt: skip
                task = bar.add_task(asked.file.name, total=1.0)
                found = replayed(asked, lambda share: bar.update(task, completed=share))
        except Refused as refused:
            loud.print(str(refused), style="red", highlight=False, markup=False, soft_wrap=True)
            return 2
        tell(found, asked.out)
    return 0


def replayed(asked: AskedAgain, watch: Callable[[float], object]) -> Json:
    """What was found, as JSON has it. Refuses, in words, what nothing can be learnt from."""
    began = time.perf_counter()
    mapping = mapping_of(asked.mapping)
    past, places, left = _read(asked.file, list(read_past(asked.file, mapping)), mapping.times.zone)
    watch(0.3)
    ends = past[0].at, past[-1].at
    cut = ends[0] + asked.learn * (ends[1] - ends[0])
    first, rest = ([one for one in past if (one.at < cut) is early] for early in (True, False))
    if len(first) < FEWEST or len(rest) < FEWEST:
        words = _("来电太少：学习和检验各要 %(few)s 次以上，单位、到达时间和位置都要有。")
        raise Refused(words % {"few": FEWEST}, code="too_few")
    try:
        learnt = learn(first, metres_between(*places))
    except ValueError as wrong:
        raise Refused(_("学不出来：%(why)s") % {"why": wrong}, code="unlearnable") from wrong
    watch(0.4)
    learnt = calibrated(learnt, first, asked.seed)
    watch(0.6)
    told = {"learning": _beside(learnt, first, asked), "kept_back": _beside(learnt, rest, asked)}
    return {
        "mapping": asked.mapping, "calls": {"learning": len(first), "kept_back": len(rest)},
        "left_out": left, "units": len(learnt.posts), "repeats": asked.repeats,
        "way": {"seconds_at_1_km": round(learnt.way[0], 1), "power": round(learnt.way[1], 3)},
        **told, "seconds": round(time.perf_counter() - began, 1),
    }  # fmt: skip


def _read(
    file: Path, told: Sequence[Told], zone: str
) -> tuple[list[Past], tuple[Floats, Floats], dict[str, int]]:
    """Calls with a place and somebody who was sent, in order; the places; what was left out."""
    nodes: dict[int, int] = {}
    found, left = [], {"no_place": 0, "nobody_sent": 0}
    known = sorted(told, key=lambda one: one.matter.opened_at)
    if not known:
        raise Refused(_("文件“%(file)s”里没有能用的来电。") % {"file": file.name}, code="nothing")
    zero = _monday(known[0].matter.opened_at, zone)
    for matter, went, own in known:
        point = matter.new.point
        if point is None or not went:
            left["no_place" if point is None else "nobody_sent"] += 1
            continue
        node = nodes.setdefault(h3.latlng_to_cell(point.lat, point.lon, CELL), len(nodes))
        sent = tuple(_sent(one, zero) for one in went)
        at = (matter.opened_at - zero).total_seconds()
        found.append(Past(at, node, matter.new.category, matter.new.priority or 3, sent, own))
    if not found:
        words = _("文件“%(file)s”里的来电没有位置，或没有说派了谁。")
        raise Refused(words % {"file": file.name}, code="nothing")
    middles = np.array([h3.cell_to_latlng(cell) for cell in nodes])
    return found, (middles[:, 0], middles[:, 1]), left


def _monday(at: datetime, zone: str) -> datetime:
    local = at.astimezone(ZoneInfo(zone))
    day = local.replace(hour=0, minute=0, second=0, microsecond=0)
    return day - timedelta(days=local.weekday())


def _sent(one: Went, zero: datetime) -> Sent:
    def seconds(at: datetime | None) -> float:
        return (at - zero).total_seconds() if at else float("nan")

    moved = one.en_route_at or one.assigned_at
    return Sent(one.sign, seconds(one.assigned_at), seconds(moved), seconds(one.on_scene_at),
                seconds(one.ended_at))  # fmt: skip


def _beside(learnt: Learnt, past: Sequence[Past], asked: AskedAgain) -> Json:
    """Quantiles as they were and as simulated, with the interval of repeats."""
    seen = observed(past)
    each = [responses(learnt, past, asked.seed, 100 + n) for n in range(asked.repeats)]
    rows = []
    for one in TOLD:
        was = float(np.percentile(seen, one))
        said = estimated(np.array([np.percentile(told, one) for told in each]))
        rows.append({"quantile": one, "seen": round(was, 1), "simulated": round(said.value, 1),
                     "low": round(said.low, 1), "high": round(said.high, 1),
                     "off": round(said.value / max(was, 1.0) - 1, 4)})  # fmt: skip
    off = [abs(row["off"]) for row in rows]
    return {
        "seen": len(seen), "simulated": round(float(np.mean([len(one) for one in each])), 1),
        "quantiles": rows, "mean_off": round(float(np.mean(off)), 4), "worst_off": max(off),
    }  # fmt: skip


def tell(found: Json, out: Path | None) -> None:
    """Write JSON where it was asked for; the rest in words."""
    text = json.dumps(found, ensure_ascii=False, indent=1)
    if str(out) == "-":
        print(text)
        return
    if out is not None:
        out.write_text(text + "\n", "utf-8")
    told = Console()
    told = told if told.is_terminal else Console(width=116)
    headings = {"learning": _("学习用的来电"), "kept_back": _("留着检验的来电")}
    for key, heading in headings.items():
        told.print(_table(f"{heading} ({found['calls'][key]})", found[key]))
    words = _("留着检验的来电：各分位平均差 %(mean)s%%，最多差 %(worst)s%%。")
    kept = found["kept_back"]
    facts = {"mean": f"{100 * kept['mean_off']:.1f}", "worst": f"{100 * kept['worst_off']:.1f}"}
    told.print(words % facts, highlight=False)
    counted = found["calls"] | found["left_out"] | {"units": found["units"]}
    print(", ".join(f"{number} {key}" for key, number in counted.items()), flush=True)


def _table(heading: str, part: Json) -> Table:
    table = Table(title=heading, title_justify="left", box=SIMPLE_HEAD)
    for name in (_("分位"), _("实际（分）"), _("模拟（分）"), _("差")):
        table.add_column(str(name), justify="right")
    for row in part["quantiles"]:
        simulated = f"{row['simulated'] / 60:.1f} [{row['low'] / 60:.1f}–{row['high'] / 60:.1f}]"
        table.add_row(f"{row['quantile']}%", f"{row['seen'] / 60:.1f}", simulated,
                      f"{100 * row['off']:+.1f}%")  # fmt: skip
    return table
