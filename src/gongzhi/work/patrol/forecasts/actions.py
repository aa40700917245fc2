"""What was judged and foreseen is kept; nobody decides by it but people."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from gongzhi.base.log.actions import action, record
from gongzhi.base.log.actor import Actor
from gongzhi.work.patrol.forecasts import events
from gongzhi.work.patrol.forecasts.models import Judgement, Outlook

KEPT = timedelta(weeks=8)
"""How long what was foreseen stands beside what came."""
JUDGEMENTS = 26
"""Weeks of judgements that are kept."""


@action
def keep_forecast(
    by: Actor, judgement: Judgement, outlooks: Sequence[Outlook], last: date
) -> Judgement:
    """Keep what is foreseen of the days after the `last`, and the judgement that it rests on, if
    that is new. Days to come are foreseen anew; those that are over stay as they were foreseen
    last, for some weeks."""
    if not Judgement.objects.filter(pk=judgement.pk).exists():
        _keep(judgement)
    Outlook.objects.filter(day__gt=last).delete()
    Outlook.objects.filter(day__lte=last - KEPT).delete()
    for one in outlooks:
        one.judgement = judgement
    Outlook.objects.bulk_create(outlooks, batch_size=200)
    record(
        events.FORESEEN, judgement, after=f"{last}",
        days=len({one.day for one in outlooks}), categories=len({one.category for one in outlooks}),
    )  # fmt: skip
    return judgement


def _keep(judgement: Judgement) -> None:
    judgement.save()
    adopted = sorted(code for code, one in judgement.categories.items() if one["adopted"])
    record(
        events.EXAMINED, judgement, until=f"{judgement.last_day}", days=judgement.days,
        categories=len(judgement.categories), adopted=adopted, enough=not judgement.why_code,
    )  # fmt: skip
    old = list(Judgement.objects.values_list("pk", flat=True)[JUDGEMENTS:])
    Judgement.objects.filter(pk__in=old, outlooks=None).delete()
