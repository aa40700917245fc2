"""Which days are to be counted: those that are over and were not yet, and the last few again."""

from __future__ import annotations

import json
from datetime import date, timedelta
from secrets import randbits

from django.utils import timezone

from gongzhi.base.log.actions import NothingRecorded, now
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.models import Entry
from gongzhi.base.matters.events import MERGED
from gongzhi.base.matters.models import Matter
from gongzhi.base.ui.errors import Refused
from gongzhi.watch.outcomes.actions import count_days, draw_survey, invite, mail_brief
from gongzhi.watch.outcomes.brief.mailing import still_to_tell
from gongzhi.watch.outcomes.brief.making import latest_week
from gongzhi.watch.outcomes.counting import counted_measures, days, rule_of, stretches
from gongzhi.watch.outcomes.models import CountedDay, Survey
from gongzhi.watch.outcomes.survey.frame import frame_of
from gongzhi.watch.outcomes.survey.inviting import followers, running
from gongzhi.work.participation.events import HANDLING_RATED, OUTCOME_JUDGED

NEWS_FOR = timedelta(days=21)
"""So long after its Monday a week's brief is still mailed; later it is no news."""
SAID = (OUTCOME_JUDGED.kind, HANDLING_RATED.kind)
STALE = ""
"""The rule of a day that is to be counted again."""
SAMPLE = 400
"""Requests that are drawn a month at most: of so many answers a half is known to five points."""
OUTCOMES = Actor.system("outcomes")
AGAIN = 3
"""Days that are counted again at the day's first turn: what was put right meanwhile counts."""
A_STRETCH = 31
"""Days of one transaction at most, so that nobody who writes waits long; and whoever is broken off
goes on where it was."""


def today() -> date:
    """The county's."""
    return timezone.localdate(now(), timezone.get_default_timezone())


def first_day() -> date | None:
    """The day of the county's first matter; None before there is one."""
    own = Matter.objects.filter(county=None).order_by("opened_at")
    first = own.values_list("opened_at", flat=True).first()
    return timezone.localdate(first, timezone.get_default_timezone()) if first else None


def count_what_is_over() -> int:
    """Count the days that are over and missing, or were counted by other rules; how many there
    were. A day that is new has the few before it counted again."""
    first, end = first_day(), today()
    if first is None:
        return 0
    rule = rule_of(counted_measures())
    had = set(CountedDay.objects.filter(rule=rule).values_list("day", flat=True))
    missing = [day for day in days(first, end) if day not in had]
    if not missing:
        return 0
    if had:
        missing += days(max(first, missing[0] - timedelta(days=AGAIN)), missing[0])
    return count_again(missing)


def count_again(every: list[date]) -> int:
    """Count these days, a month in a transaction; how many there were."""
    for since, until in stretches(every, A_STRETCH):
        count_days(OUTCOMES, since, until)
    return len(set(every))


def mail_what_is_new() -> int:
    """Mail the brief of the last week that is over, to whoever has not had it; how many.

    After days in which nothing ran it still goes, but only the last one: a pile of old weeks helps
    nobody, and the pages have them.
    """
    week = latest_week()
    if week is None or today() - week > NEWS_FOR or not still_to_tell(week):
        return 0
    try:
        return mail_brief(OUTCOMES, week)
    except NothingRecorded:  # another process told them
        return 0


def draw_what_is_due() -> Survey | None:
    """Draw the sample of the last month that is over, if none was; None when there is nothing to
    draw.

    The seed comes from the machine's chance at that moment, so that nobody can know before who
    will be drawn, and stands on the page afterwards, so that everybody can draw again. Days that
    somebody had drawn by hand are left out. After a standstill only the last month is asked: who
    waited longer has forgotten.
    """
    end = today().replace(day=1)
    since = (end - timedelta(days=1)).replace(day=1)
    drawn = Survey.objects.filter(until__gt=since, since__lt=end).order_by("-until").first()
    since = max(since, drawn.until) if drawn else since
    if since >= end or not frame_of(since, end):
        return None
    try:
        return draw_survey(OUTCOMES, since, end, size=SAMPLE, seed=randbits(32))
    except Refused:  # another process drew it
        return None


def invite_who_was_drawn() -> int:
    """Tell those who follow a drawn request and have not been told; how many."""
    told = 0
    for survey in running():
        asked = followers(survey)
        try:
            told += invite(OUTCOMES, survey, asked) if asked else 0
        except NothingRecorded:  # all were told before
            continue
    return told


def count_anew(entry: Entry) -> int:
    """Somebody said otherwise than before, or a request became part of another: days that were
    counted before that, and on which something was said of it, are counted again at the next turn.
    Until then their figures stand. How many days."""
    before = Entry.objects.filter(subject=entry.subject, kind=entry.kind, seq__lt=entry.seq)
    if entry.kind == MERGED.kind:
        both = (entry.subject, f"matters.matter:{json.loads(entry.text)['into']}")
        before = Entry.objects.filter(subject__in=both, kind__in=SAID, seq__lt=entry.seq)
    zone = timezone.get_default_timezone()
    said_on = {timezone.localdate(at, zone) for at in before.values_list("at", flat=True)}
    if not said_on:
        return 0
    counted = CountedDay.objects.filter(day__in=said_on, at__lt=entry.at).exclude(rule=STALE)
    return counted.update(rule=STALE)
