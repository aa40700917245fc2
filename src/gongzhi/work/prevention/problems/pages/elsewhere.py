"""What other rooms' pages show of problems that residents work on."""

from __future__ import annotations

from django.http import HttpRequest

from gongzhi.base.ui.errors import Refused
from gongzhi.base.ui.pieces import Drawn
from gongzhi.work.prevention.problems.selectors.residents import open_problem, open_problems


def on_task(_request: HttpRequest, problem: int) -> Drawn | None:
    """On the page of a task for volunteers: what it is good for, where that is open."""
    try:
        return "problems/_of_task.html", {"shown": open_problem(problem)}
    except Refused:
        return None


def beside_tasks(_request: HttpRequest) -> Drawn | None:
    """Beside the list of tasks: open problems."""
    found = [one for one in open_problems() if one.problem.closed_at is None]
    return ("problems/_beside_tasks.html", {"problems": found}) if found else None
