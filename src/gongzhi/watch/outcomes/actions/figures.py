"""Days are counted, and counted again; figures are taken away; the week's brief goes out."""

from __future__ import annotations

from datetime import date

from gongzhi.base.access.permissions import require
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.watch.notices.queue import News, tell
from gongzhi.watch.outcomes.brief.mailing import news_of, still_to_tell, subject_of
from gongzhi.watch.outcomes.counting import counted_measures, days, figures_of, rule_of
from gongzhi.watch.outcomes.events import BRIEF_MAILED, COUNTED, EXPORTED
from gongzhi.watch.outcomes.models import CountedDay, Figure
from gongzhi.watch.outcomes.permissions import VIEW


@action
def count_days(by: Actor, since: date, until: date) -> int:
    """Count every measure from `since` up to the day before `until`; what was counted of those
    days before is put aside. How many figures there are now."""
    measures = counted_measures()
    made = figures_of(since, until, measures)
    Figure.objects.filter(day__gte=since, day__lt=until).delete()
    Figure.objects.bulk_create(made, batch_size=500)
    at = now()
    CountedDay.objects.filter(day__gte=since, day__lt=until).delete()
    rule = rule_of(measures)
    CountedDay.objects.bulk_create(
        CountedDay(day=day, at=at, rule=rule) for day in days(since, until)
    )
    record(
        COUNTED, "outcomes", since=f"{since}", until=f"{until}", measures=len(measures),
        figures=len(made),
    )  # fmt: skip
    return len(made)


@action
def note_export(by: Actor, measure: str, figures: int) -> None:
    """Record that somebody inside, or their program, took figures away. Refuses who may not."""
    require(by, VIEW)
    record(EXPORTED, "outcomes", measure=measure, figures=figures)


@action
def mail_brief(by: Actor, week: date) -> int:
    """Put this week's brief in line for those who want it and have not had it; how many. Each has
    it once, however often this is called, and whoever could not be told before a crash is now."""
    told: dict[str, tuple[News, dict[str, str]]] = {}
    many = 0
    for one in still_to_tell(week):
        if one.language not in told:
            told[one.language] = news_of(week, one.language)
        many += tell(one, *told[one.language]) is not None
    if many:
        record(BRIEF_MAILED, subject_of(week), week=f"{week}", many=many)
    return many
