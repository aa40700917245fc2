"""Two samples of residents in the demo county: one answered by some, one that is being asked."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from gongzhi.base.log.actions import moment
from gongzhi.base.log.actor import Actor
from gongzhi.base.ui.errors import Refused
from gongzhi.watch.outcomes.actions import answer_survey, draw_survey
from gongzhi.watch.outcomes.models import Survey
from gongzhi.work.participation.models import Receipt

DRAWN, ENOUGH = 160, 65
"""How many are drawn, and days of history from which on there is something to ask about."""
ANSWERS = {"web": 0.6, "phone": 0.35}
"""Who came by which channel answers how often; others as by telephone."""


def load_surveys(by: Actor, until: datetime, days: int, seed: int) -> str:
    """Ask about the month before the last, which is over, and about the last one, which isn't."""
    if days < ENOUGH:
        return "too few days for a survey"
    with moment(until - timedelta(days=28)):
        over = _draw(by, until - timedelta(days=62), until - timedelta(days=31), seed)
        answers = _answer(over, random.Random(seed)) if over else 0  # noqa: S311  (no secret)
    with moment(until - timedelta(days=2)):
        _draw(by, until - timedelta(days=31), until - timedelta(days=3), seed + 1)
    return f"{answers} answers to a survey"


def _draw(by: Actor, since: datetime, until: datetime, seed: int) -> Survey | None:
    try:
        return draw_survey(by, since.date(), until.date(), size=DRAWN, seed=seed)
    except Refused:
        return None


def _answer(survey: Survey, rng: random.Random) -> int:
    asked = survey.invited.values("matter_id")
    own = Receipt.objects.filter(matter__in=asked, message=None).select_related("matter")
    told = 0
    for receipt in own.order_by("pk"):
        if rng.random() < ANSWERS.get(receipt.matter.channel, ANSWERS["phone"]):
            stars = rng.choices((1, 2, 3, 4, 5), (3, 5, 14, 38, 40))[0]
            answer_survey(Actor.resident(), receipt, solved=rng.random() < 0.84, stars=stars)
            told += 1
    return told
