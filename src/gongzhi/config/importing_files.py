"""What imports of an operator's own files have in common: rows good and bad, and how it ends."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, TypeVar

from django.utils import translation
from django.utils.translation import gettext as _
from rich.console import Console

from gongzhi.base.places.coordinates import known_system
from gongzhi.base.ui.errors import Refused
from gongzhi.config.importing import bar, spoken

R = TypeVar("R")
Told = Callable[[float], object]


@dataclass
class ReadRows(Generic[R]):
    """What a file had: rows that can be used, and those that can't, with their reasons."""

    good: list[R] = field(default_factory=list)
    bad: list[tuple[int, str, str]] = field(default_factory=list)
    """Row number (the first row is 1; of a table the headings are), its code, the reason."""

    @property
    def read(self) -> int:
        """How many rows there were."""
        return len(self.good) + len(self.bad)


def run(path: Path, work: Callable[[Told], ReadRows[R]], *, dry: bool) -> int:
    """Do the work with a bar of progress and tell what came of it; the exit code, 2 where it was
    refused."""
    with translation.override(spoken()):
        try:
            with bar() as progress:
                task = progress.add_task(path.name, total=1.0, counts="")
                found = work(lambda share: progress.update(task, completed=share))
                progress.update(task, completed=1.0)
        except Refused as refused:
            Console(stderr=True).print(str(refused), style="red", highlight=False, soft_wrap=True)
            return 2
        _tell(path, found, dry=dry)
    return 0


def _tell(path: Path, found: ReadRows[R], *, dry: bool) -> None:
    rejected = Path(f"{path.name}.rejected.csv")
    rejected.unlink(missing_ok=True)
    if found.bad:
        _write_rejected(rejected, found)
        print(_("未导入的行和原因：%(file)s") % {"file": rejected})
    if dry:
        print(_("这是试运行，什么都没有写入。"))
    print(f"{found.read} read, {len(found.good)} usable, {len(found.bad)} rejected", flush=True)


def _write_rejected(to: Path, found: ReadRows[R]) -> None:
    with to.open("w", encoding="utf-8-sig", newline="") as out:
        table = csv.writer(out)
        table.writerow(["row", "code", "reason"])
        table.writerows(found.bad)


def require_system(crs: str) -> None:
    """Refuse a coordinate system that nobody knows."""
    if not known_system(crs):
        raise Refused(_("没有叫“%(crs)s”的坐标系。") % {"crs": crs}, code="crs")


def require_some(found: ReadRows[R]) -> None:
    """A file without one usable row is a mistake, not an empty county."""
    if found.good:
        return
    number, _code, reason = found.bad[0] if found.bad else (0, "", "")
    said = _("文件里没有能用的行，什么都没有改。")
    if number:
        said += _("第 %(n)s 行：%(reason)s") % {"n": number, "reason": reason}
    raise Refused(said, code="nothing_usable")
