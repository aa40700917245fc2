"""What was found, for people on the terminal and for programs in a file."""

from __future__ import annotations

import json
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from gongzhi.analysis.simulation import MEASURES, QUANTILES, Estimate, Outcome
from gongzhi.work.patrol.simulations.saying import minutes, part, said, shortly

if TYPE_CHECKING:
    from gongzhi.config.simulating.command import Found

Json = dict[str, Any]
ON_THE_TERMINAL, WIDE = "-", 116


def tell(found: Found, out: Path | None) -> None:
    """Write JSON where it was asked for, and tell the rest in words."""
    text = json.dumps(as_json(found), ensure_ascii=False, indent=1)
    if str(out) == ON_THE_TERMINAL:
        print(text)
        return
    if out is not None:
        out.write_text(text + "\n", "utf-8")
    told = Console()
    told = told if told.is_terminal else Console(width=WIDE)
    told.print(_responses(found))
    told.print(_units(found))
    for line in _lines(found):
        told.print(line, highlight=False, markup=False, soft_wrap=True)


def as_json(found: Found) -> Json:
    """Everything."""
    told: Json = {
        "repeats": found.base.repeats, "wanted": found.wanted, "sure": found.base.sure,
        "seconds": found.seconds, "promise": found.promise,
        "changes": found.changes.model_dump(exclude_defaults=True),
        "base": _outcome(found.base),
    }  # fmt: skip
    if found.both is not None:
        told["other"] = _outcome(found.both.other)
        told["difference"] = [
            {"area": area, "priority": priority}
            | {one: _bounds(found.both.of(one, area=area, priority=priority)) for one in MEASURES}
            for area, priority in found.base.shape.groups
        ]
    return told


def _outcome(one: Outcome) -> Json:
    shape = one.shape
    return {
        "groups": [
            {"area": area, "priority": priority}
            | {name: _bounds(one.of(name, area=area, priority=priority)) for name in MEASURES}
            for area, priority in shape.groups
        ],
        "curves": {
            str(priority): dict(zip(map(str, QUANTILES), map(_bounds, one.curve(priority)),
                                    strict=True))
            for priority in (0, *shape.priorities)
        },
        "units": {code: {"busy": _bounds(one.unit(code)), "calls": _bounds(one.unit(code, "calls"))}
                  for code in shape.units},
        "patrol_lost": _bounds(one.said(one.each_lost())),
        "waiting": _bounds(one.queue()),
    }  # fmt: skip


def _bounds(one: Estimate) -> list[float | None]:
    return [float(f"{n:.6g}") if isfinite(n) else None for n in (one.value, one.low, one.high)]


def _responses(found: Found) -> Table:
    """A line for each area and priority."""
    both = found.both
    table = Table(box=SIMPLE_HEAD)
    headings = (
        _("地区"), _("级别"), _("每年来电"), _("一半到达（分）"), _("九成到达（分）"), _("按承诺"),
    )  # fmt: skip
    for number, heading in enumerate(headings):
        table.add_column(str(heading), justify="left" if number < 2 else "right")
    if both is not None:
        table.add_column(str(_("九成：差（分）")), justify="right")
        table.add_column(str(_("按承诺：差（点）")), justify="right")
    for area, priority in found.base.shape.groups:
        of = {"area": area, "priority": priority}
        calls = found.base.of("calls", **of)  # type: ignore[arg-type]
        if not calls.value:
            continue
        row = [area or str(_("全县")), f"P{priority}" if priority else "—", f"{calls.value:.0f}"]
        row += [minutes(found.base.of(one, **of)) for one in ("p50", "p90")]  # type: ignore[arg-type]
        row.append(part(found.base.of("within", **of)))  # type: ignore[arg-type]
        if both is not None:
            row.append(shortly(both.of("p90", **of), "time"))  # type: ignore[arg-type]
            row.append(shortly(both.of("within", **of), "part"))  # type: ignore[arg-type]
        table.add_row(*row)
    return table


def _units(found: Found) -> Table:
    """How busy each unit is."""
    table = Table(box=SIMPLE_HEAD)
    table.add_column(str(_("单位")))
    table.add_column(str(_("在忙")), justify="right")
    table.add_column(str(_("每年出警")), justify="right")
    other = found.both.other if found.both else None
    if other is not None:
        table.add_column(str(_("改动后在忙")), justify="right")
    codes = list(found.base.shape.units)
    codes += [one for one in (other.shape.units if other else ()) if one not in codes]
    for code in codes:
        here = code in found.base.shape.units
        row = [code, part(found.base.unit(code)) if here else "—"]
        row.append(f"{found.base.unit(code, 'calls').value:.0f}" if here else "—")
        if other is not None:
            row.append(part(other.unit(code)) if code in other.shape.units else "—")
        table.add_row(*row)
    return table


def _lines(found: Found) -> list[str]:
    """What the tables don't say."""
    lines = said(found.base, found.both)
    lines.append(_("方括号里是 99% 区间，只说模拟本身有多准。"))
    lines.append(_("模型离实际多远，用 gongzhi simulate replay 检验。"))
    if found.both is not None:
        lines.append(_("≈：看不出差别。"))
    done = {"done": found.base.repeats, "wanted": found.wanted, "seconds": found.seconds}
    if found.base.repeats < found.wanted:
        lines.append(_("中途停下：跑完 %(done)s 轮，原定 %(wanted)s 轮。") % done)
    lines.append(f"{found.base.repeats} repeats in {found.seconds} s")
    return lines
