"""Samples are drawn, who was drawn is told, and answers are added up."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.utils.translation import gettext as _

from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.ui.errors import Refused
from gongzhi.watch.notices.models import Subscription
from gongzhi.watch.notices.queue import tell
from gongzhi.watch.outcomes.events import ANSWERED, DRAWN, INVITED
from gongzhi.watch.outcomes.models import Invited, Survey
from gongzhi.watch.outcomes.survey.asking import invited_unit, mark_of, require_asked
from gongzhi.watch.outcomes.survey.frame import (
    ELSEWHERE,
    Case,
    drawn_of,
    frame_of,
    kind_of,
    margins_of,
)
from gongzhi.watch.outcomes.survey.inviting import facts_of, news_about
from gongzhi.watch.outcomes.survey.units import units_of, with_answer
from gongzhi.work.participation.models import Receipt

ASKED_FOR = timedelta(days=21)
"""So long a sample is asked."""


@action
def draw_survey(by: Actor, since: date, until: date, *, size: int, seed: int) -> Survey:
    """Draw a sample of the requests that ended in these days, and ask whoever holds their codes.
    Refuses days that were drawn already, and days in which nothing ended."""
    if Survey.objects.filter(since__lt=until, until__gt=since).exists():
        raise Refused(_("这些日子已经抽过样了。"), code="drawn", status=409)
    frame = frame_of(since, until)
    if not frame:
        raise Refused(_("这些日子没有办结的诉求。"), code="no_frame", status=409)
    chosen = drawn_of(frame, size, seed)
    made = Survey.objects.create(
        code=f"{since:%Y-%m-%d}", since=since, until=until, seed=seed, frame=len(frame),
        drawn=len(chosen), margins=margins_of(frame), units=units_of(frame, chosen),
        drawn_at=now(), closes_at=now() + ASKED_FOR,
    )  # fmt: skip
    Invited.objects.bulk_create(
        (
            Invited(survey=made, matter_id=one.matter, unit_id=one.unit)
            for one in sorted(chosen, key=_by_matter)
        ),
        batch_size=500,
    )
    record(
        DRAWN, made, since=f"{since}", until=f"{until}", seed=seed, frame=len(frame),
        drawn=len(chosen), closes_at=made.closes_at,
    )  # fmt: skip
    return made


def _by_matter(one: Case) -> int:
    return one.matter


@action
def answer_survey(by: Actor, receipt: Receipt, *, solved: bool, stars: int) -> Survey:
    """Add one answer to how often each was given. Refuses who wasn't drawn or has answered."""
    if not 1 <= stars <= 5:
        words = _("请选一到五星。")
        raise Refused(words, code="stars", status=422, fields={"stars": words})
    survey = Survey.objects.select_for_update().get(pk=require_asked(receipt).pk)
    mark = mark_of(survey, receipt)
    if mark in survey.marks:
        raise Refused(_("这一件已经答过了，谢谢您。"), code="answered", status=409)
    matter = receipt.matter
    place = (kind_of(matter.category), matter.channel, matter.town or ELSEWHERE)
    key = "|".join([*place, "yes" if solved else "no", f"{stars}"])
    survey.marks = sorted([*survey.marks, mark])
    survey.cells = dict(sorted({**survey.cells, key: survey.cells.get(key, 0) + 1}.items()))
    survey.units = with_answer(
        survey.units, invited_unit(survey, matter), solved=solved, stars=stars
    )
    survey.save(update_fields=["marks", "cells", "units"])
    record(ANSWERED, survey)
    return survey


@action
def invite(by: Actor, survey: Survey, asked: Iterable[Subscription]) -> int:
    """Tell whoever follows a drawn request, and wants to be told of it, that it was drawn; how
    many. Each once, however often this is called."""
    many = 0
    facts: dict[str, dict[str, str]] = {}
    for one in asked:
        language = one.subscriber.language
        if language not in facts:
            facts[language] = facts_of(survey, language)
        many += tell(one.subscriber, news_about(survey, one), facts[language]) is not None
    if many:
        record(INVITED, survey, many=many)
    return many
