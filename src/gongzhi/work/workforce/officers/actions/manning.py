"""A whole unit's people written down at once: from a list that personnel has, or in a demo."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from gongzhi.base.log.actions import action, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account, Unit
from gongzhi.work.workforce.officers.actions.posts import take_post
from gongzhi.work.workforce.officers.actions.records import (
    give_grade,
    record_skill,
    tell_service,
)
from gongzhi.work.workforce.officers.events import UNIT_MANNED
from gongzhi.work.workforce.officers.models import Post
from gongzhi.work.workforce.officers.permissions import KEEP, require_unit


@dataclass(frozen=True)
class Newcomer:
    """Somebody and the posts they take (post, share in percent); what else is known of them.
    ``skills`` gives the day each was learnt or certified."""

    account: Account
    posts: Sequence[tuple[Post, int]]
    since: date
    grade: str = ""
    serves_since: date | None = None
    skills: Mapping[str, date] = field(default_factory=dict)


@action
def man_unit(by: Actor, unit: Unit, people: Iterable[Newcomer]) -> int:
    """Write down all of them, or, where one can't be, none; how many. What makes them as it goes
    (opens their accounts) is part of it."""
    require_unit(by, KEEP, unit)
    many = 0
    for many, one in enumerate(people, 1):  # noqa: B007  (the last is how many)
        for post, share in one.posts:
            take_post(by, post, one.account, since=one.since, share=share)
        if one.grade:
            give_grade(by, one.account, one.grade, since=one.since)
        if one.serves_since is not None:
            tell_service(by, one.account, since=one.serves_since)
        for skill, since in one.skills.items():
            record_skill(by, one.account, skill, since=since)
    record(UNIT_MANNED, unit, people=many)
    return many
