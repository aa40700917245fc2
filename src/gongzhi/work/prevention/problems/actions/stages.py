"""A problem goes from stage to stage, in the words of those who work on it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.events import Event
from gongzhi.base.people.models import Account, Unit
from gongzhi.base.ui.errors import Refused
from gongzhi.work.prevention.problems import events
from gongzhi.work.prevention.problems.held import held_problem, say
from gongzhi.work.prevention.problems.models import Problem, ProblemWords
from gongzhi.work.prevention.problems.permissions import erases, require_judge, require_worker
from gongzhi.work.prevention.problems.states import Stage, stage_after, stage_before


@action
def advance_problem(by: Actor, problem: Problem, *, words: str) -> Problem:
    """Go on to the next stage, with what this one came to. What was done can be assessed only when
    an intervention was planned."""
    held = held_problem(problem)
    account = require_worker(by, held)
    to = stage_after(held.stage)
    if to is None:
        raise Refused(_("这个问题已经办结。"), code="closed", status=409)
    if to == Stage.ASSESSMENT and not held.interventions.exists():
        raise Refused(_("先安排至少一项措施，再看效果。"), code="no_intervention", status=409)
    say(held, account, words)
    return _moved(held, to, events.STAGE_REACHED)


@action
def send_problem_back(by: Actor, problem: Problem, *, words: str) -> Problem:
    """Go back one stage, and say why."""
    held = held_problem(problem)
    account = require_worker(by, held)
    to = stage_before(held.stage)
    if to is None:
        raise Refused(_("已经是第一步了。"), code="first", status=409)
    say(held, account, words, back=True)
    return _moved(held, to, events.STAGE_REOPENED)


@action
def note_stage(by: Actor, problem: Problem, *, words: str) -> Problem:
    """Write down something at this stage, and stay there."""
    held = held_problem(problem)
    account = require_worker(by, held)
    say(held, account, words)
    record(events.STAGE_NOTED, held, stage=held.stage)
    return held


@action
def take_on_problem(by: Actor, problem: Problem) -> Problem:
    """See to it oneself."""
    held = held_problem(problem)
    held.owner = require_worker(by, held)
    held.save(update_fields=["owner"])
    record(events.TAKEN_ON, held, account=held.owner.pk, unit=held.unit_id)
    return held


@action
def hand_over_problem(by: Actor, problem: Problem, *, unit: Unit) -> Problem:
    """Let another unit see to it."""
    require_judge(by)
    held = held_problem(problem)
    if held.unit_id == unit.pk:
        raise Refused(_("本来就由这个单位负责。"), code="same_unit", status=409)
    before, held.unit, held.owner = held.unit_id, unit, None
    held.save(update_fields=["unit", "owner"])
    record(events.HANDED_OVER, held, unit=before, to=unit.pk)
    return held


@action
def erase_problem_words(by: Actor, words: ProblemWords) -> ProblemWords:
    """Take what somebody wrote away for good; that something was written stays."""
    held = ProblemWords.objects.select_for_update(of=("self",)).get(pk=words.pk)
    if not (isinstance(by.source, Account) and erases(by.source, held)):
        raise Refused(_("只有写的人和判断上升的人可以清除。"), code="not_permitted", status=403)
    held.words, held.erased_at = "", now()
    held.save(update_fields=["words", "erased_at"])
    record(events.WORDS_ERASED, held.problem, row=held.pk)
    return held


def _moved(held: Problem, to: Stage, event: Event) -> Problem:
    held.stage, held.stage_at = to, now()
    held.closed_at = now() if to == Stage.CLOSED else None
    held.save(update_fields=["stage", "stage_at", "closed_at"])
    record(event, held, stage=to)
    return held
