"""``gongzhi import``: what one sees while a file of another system comes in."""

from __future__ import annotations

import os
from pathlib import Path

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    TaskProgressColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from gongzhi.base.ui.errors import Refused
from gongzhi.watch.exchange.imports.models import ImportRun
from gongzhi.watch.exchange.imports.run import import_file, mapping_of

NOTES: dict[str, Promise] = {
    "day_mended": _("过了午夜、日期少一天的时间，已改正"),
    "time_evened": _("稍早于前一环节的时间，按同时计"),
    "time_left_out": _("早于前一环节的时间，已舍去"),
    "unit_left_out": _("什么时候派出或结束不详的出警，已舍去"),
    "due_left_out": _("早于来件时间的期限，已舍去"),
    "place_default": _("坐标是来源的默认点，按没有位置导入"),
    "place_missing": _("没有坐标，按没有位置导入"),
    "place_zero": _("坐标为 0, 0，按没有位置导入"),
    "place_outside": _("坐标在范围之外，按没有位置导入"),
    "place_out_of_range": _("坐标不在地球上，按没有位置导入"),
}


def import_calls(path: Path, name: str, *, limit: int | None, dry: bool) -> int:
    """Import the file and say how it went; the exit code. 2: nothing could be begun or gone on."""
    with translation.override(spoken()):
        try:
            mapping = mapping_of(name)
            with bar() as progress:
                task = progress.add_task(path.name, total=1.0, counts="")
                run = import_file(
                    path,
                    mapping,
                    lambda share, run: progress.update(task, completed=share, counts=counts(run)),
                    limit=limit,
                    dry=dry,
                )
                progress.update(task, completed=1.0)
        except Refused as refused:
            Console(stderr=True).print(str(refused), style="red", highlight=False, soft_wrap=True)
            return 2
        _tell(path, run, dry=dry)
    return 0


def counts(run: ImportRun) -> str:
    """The line that scripts read: the same in every language."""
    return (
        f"{run.read} read, {run.imported} imported, {run.known} already known, "
        f"{run.rejected} rejected"
    )


def _tell(path: Path, run: ImportRun, *, dry: bool) -> None:
    for code, number in run.notes.items():
        print(f"{number} × {NOTES[code]}")
    if run.rejected:
        print(str(_("未导入的行和原因：%(file)s")) % {"file": f"{path.name}.rejected.csv"})
    if dry:
        print(_("这是试运行，什么都没有写入。"))
    print(counts(run), flush=True)


def spoken() -> str:
    """The language of the terminal: English unless it is a Chinese one."""
    told = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return "zh-hans" if next(filter(None, told), "").startswith("zh") else "en"


def bar() -> Progress:
    """How far it is."""
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[counts]}"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
    )
