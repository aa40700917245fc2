"""Running a lane: objectives, posts, resources, the situation log, lessons."""

from __future__ import annotations

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.base.access.permissions import require
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.intake import checked_words
from gongzhi.base.people.models import Account, Unit
from gongzhi.base.ui.errors import Refused
from gongzhi.work.command import events
from gongzhi.work.command.models import Lane, Lesson, LogLine, Objective, PostHolder, Resource
from gongzhi.work.command.permissions import RUN, VIEW
from gongzhi.work.command.rows import held_lane, short_words
from gongzhi.work.command.states import MAY_FOLLOW, Post, Progress, Sort, Stand

MOST = 10_000


@action
def set_objective(by: Actor, lane: Lane, words: str) -> Objective:
    """Say what is to be reached."""
    require(by, RUN)
    held = held_lane(lane)
    made = Objective.objects.create(lane=held, words=short_words(words), set_at=now())
    record(events.OBJECTIVE_SET, held, objective=made.pk)
    return made


@action
def end_objective(by: Actor, objective: Objective, state: str) -> Objective:
    """It is reached, or not needed any more."""
    require(by, RUN)
    lane = held_lane(objective.lane)
    held = Objective.objects.select_for_update().get(pk=objective.pk)
    _require_follow(held.state, state, Progress.values)
    held.state, held.ended_at = state, now()
    held.save(update_fields=["state", "ended_at"])
    record(events.OBJECTIVE_ENDED, lane, objective=held.pk, state=state)
    return held


@action
def give_post(
    by: Actor, lane: Lane, post: str, *, account: Account | None = None, unit: Unit | None = None
) -> PostHolder:
    """Give a post to somebody, or to a unit; whoever had it hands it over. One may hold several."""
    require(by, RUN)
    held = held_lane(lane)
    if post not in Post.values or (account is None and unit is None):
        wrong = _("请选岗位和担任的人。")
        raise Refused(wrong, code="post", status=422, fields={"post": wrong})
    before = held.holders.filter(post=post, ended_at=None).first()
    if before is not None:
        if before.account == account and before.unit == (None if account else unit):
            raise Refused(
                _("这个岗位已经由%(who)s担任。") % {"who": before.who}, code="same", status=409
            )
        before.ended_at = now()
        before.save(update_fields=["ended_at"])
    made = PostHolder.objects.create(
        lane=held, post=post, account=account, unit=None if account else unit, taken_at=now()
    )
    record(
        events.POST_GIVEN, held, holder=made.pk, post=post, account=made.account_id,
        unit=made.unit_id, giver=before.pk if before else None,
    )  # fmt: skip
    return made


@action
def ask_resource(by: Actor, lane: Lane, sort: str, name: str, *, number: int = 1) -> Resource:
    """Ask for something that is neither a unit to send nor a partner: a shelter, supplies."""
    require(by, RUN)
    held = held_lane(lane)
    if sort not in Sort.values or not 1 <= number <= MOST:
        wrong = _("请选种类，数量从 1 开始。")
        raise Refused(wrong, code="resource", status=422, fields={"sort": wrong})
    made = Resource.objects.create(
        lane=held, sort=sort, name=short_words(name, "name"), number=number, asked_at=now()
    )
    record(events.RESOURCE_ASKED, held, resource=made.pk, sort=sort, number=number)
    return made


@action
def move_resource(by: Actor, resource: Resource, state: str) -> Resource:
    """It is there, or released."""
    require(by, RUN)
    lane = held_lane(resource.lane)
    held = Resource.objects.select_for_update().get(pk=resource.pk)
    _require_follow(held.state, state, Stand.values)
    held.state = state
    setattr(held, "there_at" if state == Stand.THERE else "released_at", now())
    held.save()
    record(events.RESOURCE_MOVED, lane, resource=held.pk, state=state)
    return held


@action
def log_words(by: Actor, lane: Lane, words: str) -> LogLine:
    """Add to the situation log. Nothing is changed there: a correction is another line."""
    require(by, VIEW)
    held = held_lane(lane)
    author = by.source if isinstance(by.source, Account) else None
    made = LogLine.objects.create(lane=held, at=now(), author=author, words=checked_words(words))
    record(events.WORDS_LOGGED, held, line=made.pk)
    return made


@action
def state_lesson(by: Actor, lane: Lane, words: str, *, unit: Unit, due: date) -> Lesson:
    """Say what is to be done better, by which unit, until when; before the lane is closed."""
    require(by, RUN)
    held = held_lane(lane)
    if due < timezone.localdate(now()):
        wrong = _("期限不能早于今天。")
        raise Refused(wrong, code="due", status=422, fields={"due": wrong})
    made = Lesson.objects.create(
        lane=held, words=short_words(words), unit=unit, due=due, stated_at=now()
    )
    record(events.LESSON_STATED, held, lesson=made.pk, unit=unit.pk)
    return made


@action
def finish_lesson(by: Actor, lesson: Lesson) -> Lesson:
    """It has been done; also after the lane was closed, by the unit that owns it."""
    require(by, VIEW)
    own = isinstance(by.source, Account) and by.source.unit_id == lesson.unit_id
    if not own:
        require(by, RUN)
    held = Lesson.objects.select_for_update(of=("self",)).select_related("lane").get(pk=lesson.pk)
    if held.done_at is not None:
        raise Refused(_("这一项已经完成。"), code="done", status=409)
    held.done_at = now()
    held.save(update_fields=["done_at"])
    record(events.LESSON_DONE, held.lane, lesson=held.pk)
    return held


def _require_follow(state: str, following: str, known: list[str]) -> None:
    if following not in known or state not in MAY_FOLLOW.get(following, ()):
        raise Refused(_("已经有了结果，不能再改。请刷新页面。"), code="out_of_order", status=409)
