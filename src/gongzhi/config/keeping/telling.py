"""How far it is: a bar for a person, nothing for a file."""

from __future__ import annotations

from typing import Self

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn


class Bar:
    """``with Bar() as bar: bar.begin("rows", 1000); bar("table", 20)``."""

    def __init__(self) -> None:
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TaskProgressColumn(),
            TextColumn("{task.fields[now]}"),
            TimeElapsedColumn(),
            console=Console(stderr=True),
        )
        self._task = self._progress.add_task("", total=None, now="")

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(self, *reason: object) -> None:
        self._progress.stop()

    def begin(self, what: str, total: int) -> None:
        """Another stretch of work, of so many steps."""
        self._progress.reset(self._task, total=total, description=what, now="")

    def __call__(self, now: str, steps: int) -> None:
        """So many steps more; `now` is what it is at."""
        self._progress.update(self._task, advance=steps, now=now)
