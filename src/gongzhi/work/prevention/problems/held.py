"""A problem, locked while it is changed."""

from __future__ import annotations

from gongzhi.work.prevention.problems.models import Problem


def held_problem(problem: Problem) -> Problem:
    """The problem, locked against others."""
    return Problem.objects.select_for_update(of=("self",)).select_related("unit").get(pk=problem.pk)
