"""From the options to what is found; every refusal in words."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.utils import translation
from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from gongzhi.analysis.simulation import Comparison, Outcome, Scenario, compare, simulate
from gongzhi.base.ui.errors import Refused
from gongzhi.config.importing import spoken
from gongzhi.config.simulating.files import ground_of, read_file
from gongzhi.config.simulating.telling import tell
from gongzhi.work.patrol.simulations.changes import Changes, Ground, Place, beside


@dataclass(frozen=True)
class Asked:
    """The options of the command."""

    scenario: Path
    years: float = 1.0
    repeats: int = 20
    seed: int = 0
    out: Path | None = None


@dataclass(frozen=True)
class Found:
    """What came of it: today alone, or beside what changes."""

    base: Outcome
    both: Comparison | None
    promise: dict[int, float]
    changes: Changes
    seconds: float
    wanted: int


def simulate_file(asked: Asked, prepare: Callable[[], None]) -> int:
    """Simulate, and say what was found; the exit code. 2: nothing could be simulated; 130: broken
    off, with what was done by then."""
    with translation.override(spoken()):
        loud = Console(stderr=True)
        try:
            require_writable(asked.out)
            found = simulated(asked, prepare, loud)
        except Refused as refused:
            loud.print(str(refused), style="red", highlight=False, markup=False, soft_wrap=True)
            return 2
        if found.base.repeats < 1:
            loud.print(_("还没有跑完一轮，没有结果。"))
            return 130
        tell(found, asked.out)
    return 0 if found.base.repeats == found.wanted else 130


def simulated(asked: Asked, prepare: Callable[[], None], loud: Console) -> Found:
    """What is found. Refuses, in words, a file or a county that can't be simulated."""
    file = read_file(asked.scenario)
    if file.county is not None:
        ground = ground_of(file.county)
    else:
        prepare()
        ground = _today(file.changes.places)
    changes, began = file.changes, time.perf_counter()
    today, then = beside(ground, changes)
    base, both = _run(today, then if changes.any else None, asked, loud)
    return Found(
        base, both, dict(today.promise), changes,
        round(time.perf_counter() - began, 1), asked.repeats,
    )  # fmt: skip


def require_writable(out: Path | None) -> None:
    """Refuses, before all the work, a file that couldn't be written."""
    if out is not None and (out.is_dir() or not out.parent.is_dir()):
        raise Refused(_("写不了文件“%(file)s”：没有这个文件夹。") % {"file": out}, code="out")


def _today(places: Sequence[Place]) -> Ground:
    from gongzhi.work.patrol.simulations.selectors.today import ground_today

    return ground_today(places)


def _run(
    base: Scenario, other: Scenario | None, asked: Asked, loud: Console
) -> tuple[Outcome, Comparison | None]:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed}/{task.total}"),
    )
    with Progress(*columns, TimeElapsedColumn(), console=loud) as bar:
        task = bar.add_task(str(_("模拟")), total=asked.repeats)
        said = _Told(bar, task)
        many = {"years": asked.years, "seed": asked.seed, "replications": asked.repeats}
        if other is None:
            return simulate(base, progress=said, **many), None  # type: ignore[arg-type]
        both = compare(base, other, progress=said, **many)  # type: ignore[arg-type]
    return both.base, both


@dataclass(frozen=True)
class _Told:
    bar: Progress
    task: TaskID

    def __call__(self, done: int, many: int) -> bool:
        self.bar.update(self.task, completed=done)
        return True
