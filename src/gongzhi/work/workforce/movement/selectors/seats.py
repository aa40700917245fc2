"""Posts and who holds them, as numbers for the reckoning of a rotation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from gongzhi.analysis.rotation import Place, Seat
from gongzhi.work.workforce.officers.days import held_on
from gongzhi.work.workforce.officers.models import Holding, Post, Service
from gongzhi.work.workforce.officers.selectors.people import skills_of
from gongzhi.work.workforce.officers.states import Line

YEAR = 365.25


def county(day: date) -> tuple[list[Seat], list[Place]]:
    """Everybody's main post on this day, with years in it, since the last time at the front, and
    in service; and every post with its free places. No name and no account's words go along."""
    posts = list(Post.objects.filter(opened_on__lte=day).exclude(closed_on__lte=day))
    held = list(
        Holding.objects.filter(held_on(day), post__in=posts, account__is_active=True)
        .select_related("post", "account").order_by("account_id", "-share", "pk")
    )  # fmt: skip
    main = {one.account_id: one for one in reversed(held)}
    taken: dict[int, int] = defaultdict(int)
    for one in held:
        taken[one.post_id] += 1
    front, began = _last_front(day), _began()
    skills = skills_of([one.account for one in main.values()], day, day)
    seats = [
        Seat(
            key, one.post_id, _years(one.since, day),
            _years(front.get(key, began.get(key, one.since)), day),
            _years(began.get(key, one.since), day), skills[key],
        )
        for key, one in sorted(main.items())
    ]  # fmt: skip
    places = [
        Place(one.pk, one.unit_id, one.line == Line.FRONT, one.sensitive, frozenset(one.skills),
              max(0, one.places - taken[one.pk]))
        for one in posts
    ]  # fmt: skip
    return seats, places


def _last_front(day: date) -> Mapping[int, date]:
    """Account → until when they last held a post at the front; today for who does."""
    found: dict[int, date] = {}
    rows = Holding.objects.filter(post__line=Line.FRONT, since__lte=day)
    for account, until in rows.values_list("account_id", "until"):
        found[account] = max(found.get(account, date.min), min(until or day, day))
    return found


def _began() -> Mapping[int, date]:
    return dict(Service.objects.values_list("account_id", "since"))


def _years(since: date, day: date) -> float:
    return max(0.0, (day - since).days / YEAR)
