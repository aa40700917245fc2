"""In which order the workers of ``make test`` take the files, and who takes which.

Whoever has nothing to do takes the next file; so that both end together, the costly ones come
first. A browser test keeps a server, a browser and itself at work: two of them side by side on two
cores wait for each other longer than either was told to. The first worker of two takes them, one
after the other, and has one county for all; the second takes the rest, and helps at the end.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from xdist.scheduler import LoadFileScheduling

if TYPE_CHECKING:
    import pytest
    from xdist.workermanage import WorkerController

BROWSER = "tests/browser/"


def costly_first(items: list[pytest.Item]) -> None:
    """Order by file: those with tests marked slow before the others, in the order they had."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)


class Turns(LoadFileScheduling):
    """A file a worker, as ``--dist loadfile`` does it; every other worker prefers the browser's."""

    def _assign_work_unit(self, node: WorkerController) -> None:
        browser = self.nodes.index(node) % 2 == 0
        wanted = next(iter(_of(self.workqueue, browser)), None)
        if wanted is not None:
            self.workqueue.move_to_end(wanted, last=False)
        super()._assign_work_unit(node)


def _of(files: Iterable[str], browser: bool) -> Iterable[str]:
    return (one for one in files if one.startswith(BROWSER) is browser)
