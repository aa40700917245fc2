"""Counting what was asked and what helped. Words are never kept: they may say who somebody is."""

from __future__ import annotations

from typing import Any

from django.db.models import F
from django.utils import timezone

from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.work.consultation import events
from gongzhi.work.consultation.models import Asked, Judged
from gongzhi.work.consultation.selectors.articles import article_of
from gongzhi.work.consultation.selectors.finding import Answer


@action
def count_question(by: Actor, language: str, answer: Answer) -> None:
    """One more question was asked; how it ended and at which article, not what it was."""
    where: dict[str, Any] = {
        "day": timezone.localdate(now()), "language": language, "outcome": answer.outcome,
        "article": answer.best or answer.near,
    }  # fmt: skip
    Asked.objects.get_or_create(**where)
    Asked.objects.filter(**where).update(times=F("times") + 1)
    told = {"language": language, "outcome": str(answer.outcome), "article": answer.best or None}
    record(events.ASKED, "consultation", **told)


@action
def judge_answer(by: Actor, code: str, *, helped: bool) -> None:
    """A reader says whether this article helped. Refuses (404) one that isn't there."""
    one = article_of(code)
    where: dict[str, Any] = {"day": timezone.localdate(now()), "article": one.code}
    Judged.objects.get_or_create(**where)
    counted = {"helped": F("helped") + 1} if helped else {"failed": F("failed") + 1}
    Judged.objects.filter(**where).update(**counted)
    record(events.JUDGED, "consultation", article=one.code, helped=helped)
