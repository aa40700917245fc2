"""A problem, locked while it is changed."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongzhi.base.log.actions import now
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused
from gongzhi.work.prevention.problems.models import Problem, ProblemWords

MOST_WORDS = 4000


def held_problem(problem: Problem) -> Problem:
    """The problem, locked against others."""
    return Problem.objects.select_for_update(of=("self",)).select_related("unit").get(pk=problem.pk)


def say(held: Problem, account: Account, words: str, *, back: bool = False) -> None:
    """Keep what somebody wrote at the problem's stage. Refuses (422) nothing written."""
    said = words.strip()[:MOST_WORDS]
    if not said:
        wrong = _("请写明为什么退回。") if back else _("请写几句：看到了什么，怎么想的。")
        raise Refused(wrong, code="words", status=422, fields={"words": wrong})
    ProblemWords.objects.create(
        problem=held, stage=held.stage, back=back, words=said, author=account, at=now()
    )
