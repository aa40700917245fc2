"""What a case keeps besides its matter and dossier, emptied when its file is erased."""

from __future__ import annotations

from gongzhi.base.matters.models import Matter
from gongzhi.work.cases.models import Task
from gongzhi.work.dossier.obstacles import add_eraser


@add_eraser
def empty_tasks(matter: Matter) -> None:
    """The words of its tasks; who had how many, and until when, stays."""
    Task.objects.filter(case=matter.pk).update(words="", outcome="")
