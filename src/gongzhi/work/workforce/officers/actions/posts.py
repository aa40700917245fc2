"""Posts are opened, changed and closed; people take them and leave them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import action, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account, Unit
from gongzhi.base.ui.errors import Refused
from gongzhi.work.workforce.officers import events
from gongzhi.work.workforce.officers.days import today
from gongzhi.work.workforce.officers.models import Holding, Post
from gongzhi.work.workforce.officers.permissions import KEEP, require_unit
from gongzhi.work.workforce.officers.states import Line

WHOLE = 100


@dataclass(frozen=True)
class NewPost:
    """What a post is; ``skills`` are codes of ``catalogue/skills``."""

    name_zh: str
    name_en: str
    line: str
    sensitive: bool = False
    skills: Sequence[str] = ()
    places: int = 1


@action
def open_post(by: Actor, unit: Unit, wanted: NewPost, *, on: date | None = None) -> Post:
    """Give a unit a post. Refuses (422) one without a name or place, or of an unknown skill."""
    require_unit(by, KEEP, unit)
    _require_whole(wanted)
    made = Post(unit=unit, opened_on=on or today())
    _write(made, wanted)
    made.save()
    record(events.POST_OPENED, made, unit=unit.pk, **_told(made))
    return made


@action
def change_post(by: Actor, post: Post, wanted: NewPost) -> Post:
    """Call a post otherwise, or ask other skills for it. Refuses (409) fewer places than people."""
    held = _held(post)
    require_unit(by, KEEP, held.unit)
    _require_whole(wanted)
    there = Holding.objects.filter(_now_or_later(today()), post=held).count()
    if wanted.places < there:
        words = _("现在有 %(n)s 人在这个岗位上，人数不能更少。") % {"n": there}
        raise Refused(words, code="taken", status=409, fields={"places": words})
    _write(held, wanted)
    held.save()
    record(events.POST_CHANGED, held, unit=held.unit_id, **_told(held))
    return held


@action
def close_post(by: Actor, post: Post, *, on: date | None = None) -> Post:
    """There is no such post any more. Refuses (409) while somebody holds it."""
    held, day = _held(post), on or today()
    require_unit(by, KEEP, held.unit)
    if held.closed_on is not None:
        raise Refused(_("这个岗位已经撤销了。"), code="closed", status=409)
    if Holding.objects.filter(_now_or_later(day), post=held).exists():
        raise Refused(_("还有人在这个岗位上，先办离岗。"), code="taken", status=409)
    held.closed_on = max(day, held.opened_on + timedelta(days=1))
    held.save(update_fields=["closed_on"])
    record(events.POST_CLOSED, held, unit=held.unit_id, on=str(held.closed_on))
    return held


@action
def take_post(
    by: Actor, post: Post, account: Account, *, since: date | None = None, share: int = WHOLE
) -> Holding:
    """Let somebody hold a post. Refuses (409) a post that is full or closed that day, the same
    post twice, and more than a whole person: who has two posts divides their time."""
    held, day = _held(post), since or today()
    require_unit(by, KEEP, held.unit)
    if not 1 <= share <= WHOLE:
        words = _("占用时间请写 1–100（%）。")
        raise Refused(words, code="share", status=422, fields={"share": words})
    _require_room(held, account, day)
    _require_time(account, day, share)
    made = Holding.objects.create(post=held, account=account, since=day, share=share)
    record(
        events.POST_TAKEN, account,
        post=held.pk, unit=held.unit_id, since=str(day), share=share,
    )  # fmt: skip
    return made


@action
def leave_post(by: Actor, holding: Holding, *, on: date | None = None) -> Holding:
    """Somebody holds it no more, from this day on. Refuses (409) a second time."""
    rows = Holding.objects.select_for_update(of=("self",)).select_related("post__unit", "account")
    held, day = rows.get(pk=holding.pk), on or today()
    require_unit(by, KEEP, held.post.unit)
    if held.until is not None:
        raise Refused(_("已经办过离岗了。"), code="left", status=409)
    if day <= held.since:
        words = _("离岗要在到岗（%(day)s）之后。") % {"day": held.since}
        raise Refused(words, code="on", status=422, fields={"on": words})
    held.until = day
    held.save(update_fields=["until"])
    record(events.POST_LEFT, held.account, post=held.post_id, unit=held.post.unit_id, on=str(day))
    return held


def _held(post: Post) -> Post:
    return Post.objects.select_for_update(of=("self",)).select_related("unit").get(pk=post.pk)


def _now_or_later(day: date) -> Q:
    return Q(until__isnull=True) | Q(until__gt=day)


def _write(post: Post, wanted: NewPost) -> None:
    post.name_zh, post.name_en = wanted.name_zh.strip(), wanted.name_en.strip()
    post.line, post.sensitive = wanted.line, wanted.sensitive
    post.skills, post.places = sorted(set(wanted.skills)), wanted.places


def _told(post: Post) -> dict[str, object]:
    return {"line": post.line, "sensitive": post.sensitive, "places": post.places}


def _require_whole(wanted: NewPost) -> None:
    faults = {
        "name_zh": not wanted.name_zh.strip() and _("请写岗位的名称。"),
        "name_en": not wanted.name_en.strip() and _("请写岗位的英文名称。"),
        "line": wanted.line not in Line.values and _("请选一线还是机关。"),
        "places": not 1 <= wanted.places <= 500 and _("请写要几个人，1–500。"),
        "skills": set(wanted.skills) - set(catalogue().skills) and _("没有这项技能。"),
    }
    for name, words in faults.items():
        if words:
            raise Refused(str(words), code=name, status=422, fields={name: str(words)})


def _require_room(post: Post, account: Account, day: date) -> None:
    if day < post.opened_on or (post.closed_on is not None and day >= post.closed_on):
        raise Refused(_("那天没有这个岗位。"), code="closed", status=409)
    there = Holding.objects.filter(_now_or_later(day), post=post)
    if there.filter(account=account).exists():
        raise Refused(_("已经在这个岗位上了。"), code="there", status=409)
    if there.count() >= post.places:
        words = _("这个岗位的 %(n)s 个名额满了。") % {"n": post.places}
        raise Refused(words, code="full", status=409)


def _require_time(account: Account, day: date, share: int) -> None:
    """No more than a whole person, on this day and on any later one."""
    Account.objects.select_for_update(of=("self",)).get(pk=account.pk)
    own = list(Holding.objects.filter(_now_or_later(day), account=account))
    for start in {day, *(one.since for one in own if one.since > day)}:
        taken = sum(
            one.share for one in own
            if one.since <= start and (one.until is None or one.until > start)
        )  # fmt: skip
        if taken + share > WHOLE:
            words = _("其他岗位已占用 %(taken)s%% 的时间，只剩 %(left)s%%。先调整再办。")
            told = words % {"taken": taken, "left": WHOLE - taken}
            raise Refused(told, code="share", status=409, fields={"share": told})
