"""People go from the posts they hold to others, on a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account
from gongzhi.work.workforce.officers.actions import leave_post, take_post
from gongzhi.work.workforce.officers.days import held_on
from gongzhi.work.workforce.officers.models import Holding, Post

PLATFORM = Actor.system("movement")
"""Carries out what a person decided: records of posts are kept by those who keep records."""


def move_all(moves: Iterable[tuple[Account, Post]], on: date) -> None:
    """Everybody leaves what they hold on that day, then each takes their post: who change places
    don't wait for each other. A Refused of one post ends it whole."""
    going = list(moves)
    for account, _target in going:
        for held in Holding.objects.filter(held_on(on), account=account, until=None):
            leave_post(PLATFORM, held, on=on)
    for account, target in going:
        take_post(PLATFORM, target, account, since=on)
