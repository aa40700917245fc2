"""From the options of the command to what is found; every refusal in words."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from gongzhi.analysis.forecast import Split, Unfit, split
from gongzhi.analysis.panel import NAMES as ENGINES
from gongzhi.analysis.panel import Missing
from gongzhi.analysis.panel.engines import Name
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.ui.errors import Refused
from gongzhi.config.forecasting.lake import read_lake
from gongzhi.config.forecasting.reading import read
from gongzhi.config.forecasting.telling import tell
from gongzhi.config.importing import spoken
from gongzhi.watch.exchange.imports.run import mapping_of
from gongzhi.watch.exchange.lake.writing import folder
from gongzhi.work.patrol.forecasts.audits import audit
from gongzhi.work.patrol.forecasts.counting import (
    PRESENCE,
    UNCOUNTED,
    Panel,
    Read,
    panel_of,
    whole_days,
)
from gongzhi.work.patrol.forecasts.days import days_ahead
from gongzhi.work.patrol.forecasts.judging import Judge
from gongzhi.work.patrol.forecasts.naming import why
from gongzhi.work.patrol.forecasts.verdicts import Json, verdict_of

STEPS = 4
"""Origins of an evaluation, and its holdout."""


@dataclass(frozen=True)
class Asked:
    """The options of the command. Without a file, the county's own lake is asked."""

    file: Path | None
    mapping: str = ""
    engine: str = "duckdb"
    out: Path | None = None
    ahead: int = 1
    resolution: int = 8
    shifts: str = "0,8,16"
    weather: Path | None = None
    seed: int = 0
    details: bool = False

    @property
    def starts(self) -> tuple[int, ...]:
        """The hours at which shifts begin. Refuses what are none."""
        hours = [int(one) for one in self.shifts.split(",") if one.strip().isdecimal()]
        if len(hours) != self.shifts.count(",") + 1 or hours != sorted(
            {h for h in hours if h < 24}
        ):
            raise Refused(_("班次请写成逐个增大的钟点，如 0,8,16。"), code="shifts")
        return tuple(hours)

    @property
    def engine_name(self) -> Name:
        """What counts. Refuses what isn't known."""
        for one in ENGINES:
            if one == self.engine:
                return one
        words = _("没有这样的引擎。可以用：%(known)s。") % {"known": ", ".join(ENGINES)}
        raise Refused(words, code="engine")


def evaluate_file(asked: Asked) -> int:
    """Judge, and say what was found; the exit code. 2: nothing could be judged at all."""
    with translation.override(spoken()):
        loud = Console(stderr=True)
        columns = TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn()
        try:
            with Progress(*columns, console=loud) as bar:
                found = evaluated(asked, bar)
        except (Unfit, Refused, Missing) as refused:
            words = why(refused) if isinstance(refused, Unfit) else str(refused)
            loud.print(words, style="red", highlight=False, soft_wrap=True)
            return 2
        tell(found, out=asked.out, details=asked.details)
    return 0


def evaluated(asked: Asked, bar: Progress) -> Json:
    """What is found, as JSON has it. Raises `Refused`, `Unfit` or `Missing`."""
    began, starts, name = time.perf_counter(), asked.starts, asked.engine_name
    _writable(asked.out)
    found, zone = _read(asked, bar)
    _something(found)
    first, many = whole_days(found, zone, starts)
    cut = split(many)
    days = days_ahead(first, many, zone, asked.weather)
    panel = panel_of(found, (first, many), zone, starts, asked.resolution, name)
    judge = Judge(panel, cut, days, len(starts), asked.ahead, asked.seed)
    task = bar.add_task(str(_("检验")), total=STEPS * len(judge.codes))
    judged = judge.judge(lambda _: bar.advance(task))
    categories = {code: verdict_of(code, one, judge.calls(code)) for code, one in judged.items()}
    return _frame(asked, panel, cut, judge, found) | {
        "time_zone": zone, "categories": categories, "audit": audit(judge, judged),
        "seconds": round(time.perf_counter() - began, 1),
    }  # fmt: skip


def _writable(out: Path | None) -> None:
    """Refuses, before all the work, a file that couldn't be written."""
    if out is not None and (out.is_dir() or not out.parent.is_dir()):
        raise Refused(_("写不了文件“%(file)s”：没有这个文件夹。") % {"file": out}, code="out")


def _read(asked: Asked, bar: Progress) -> tuple[Read, str]:
    """The facts, and the time zone of their county."""
    if asked.file is None:
        task = bar.add_task("lake", total=1.0)
        found, zone = read_lake(folder(), catalogue()), str(settings.TIME_ZONE)
    else:
        task, mapping = bar.add_task(asked.file.name, total=1.0), mapping_of(asked.mapping)
        zone = mapping.times.zone
        found = read(
            asked.file, mapping, catalogue(), lambda part: bar.update(task, completed=part)
        )
    bar.update(task, completed=1.0)
    return found, zone


def _frame(asked: Asked, panel: Panel, cut: Split, judge: Judge, found: Read) -> Json:
    held = cut.holdout
    return {
        "file": asked.file.name if asked.file else "", "mapping": asked.mapping,
        "engine": asked.engine,
        "seed": asked.seed, "ahead_days": asked.ahead, "resolution": asked.resolution,
        "shifts": list(asked.starts), "first_day": panel.first.isoformat(), "days": panel.days,
        "days_without_counting": judge.silent, "cells": len(judge.area),
        "holdout": {"first_day": (panel.first + timedelta(days=held.start)).isoformat(),
                    "weeks": (held.stop - held.start) // 7},
        "rows": {"read": found.rows, "counted": panel.counted, **found.out},
        "not_listed": dict(found.not_listed.most_common()),
    }  # fmt: skip


def _something(found: Read) -> None:
    """Refuses a file of which nothing may be foreseen."""
    if not found.at:
        raise Refused(_("文件里没有一行能读成来电。"), code="nothing_read")
    if set(found.categories) <= {UNCOUNTED, PRESENCE}:
        words = _(
            "文件里没有可以预测的来电：都没有位置，或类别不在 catalogue/forecasts 里，"
            "或映射没有说它们是来电。"
        )
        raise Refused(words, code="nothing_listed")
