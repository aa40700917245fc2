"""Every day the next ones are foreseen; every week it is asked what has earned its place."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from gongzhi.base.log.actions import now
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.jobs import every
from gongzhi.work.patrol.forecasts.actions import keep_forecast
from gongzhi.work.patrol.forecasts.county import AHEAD, ENOUGH, basis, goes_back_before
from gongzhi.work.patrol.forecasts.evaluating import judgement_of
from gongzhi.work.patrol.forecasts.foreseeing import outlooks_of
from gongzhi.work.patrol.forecasts.models import Judgement, Outlook

SECONDS = 600.0
ANALYSIS = Actor.system("analysis")
DAY = timedelta(days=1)
WEEK = timedelta(days=7)


@every(SECONDS, "forecasts.ahead", lease=3600)
def look_ahead() -> int:
    """Once a day, the next week; how many outlooks were made."""
    return foresee_next(AHEAD)


def foresee_next(days: int) -> int:
    """Judge where a week is over or the lists changed, and foresee so many days unless it was done
    today; how many outlooks were made.

    Nothing is kept before all of it was reckoned: whoever dies half-way leaves what was there
    before, and the next turn does it again, with the same result.
    """
    last = timezone.localdate(now(), timezone.get_default_timezone()) - DAY
    judgement = Judgement.objects.first()
    if judgement is None or is_due(judgement, last):
        judgement = judgement_of(last)
    elif not judgement.says_something or _foreseen(judgement, last):
        return 0
    outlooks = outlooks_of(judgement, last, days)
    keep_forecast(ANALYSIS, judgement, outlooks, last)
    return len(outlooks)


def is_due(judgement: Judgement, last: date) -> bool:
    """Whether it has to be made anew: it is a week old, rests on other lists, or could say nothing
    and a day more is over, or a county's history was imported since."""
    over = WEEK if judgement.says_something else DAY
    if judgement.basis != basis() or last - judgement.last_day >= over:
        return True
    if judgement.why_code != "few_days":
        return False
    known_since = judgement.first_day or last
    return goes_back_before(min(known_since, last - ENOUGH * DAY) - DAY)  # of which one is a part


def _foreseen(judgement: Judgement, last: date) -> bool:
    today = last + timedelta(days=1)
    return Outlook.objects.filter(judgement=judgement, day=today, ahead=1).exists()
