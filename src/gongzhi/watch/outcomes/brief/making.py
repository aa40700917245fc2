"""What a week's brief says: what changed first, then every measure, then what isn't measured."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from gongzhi.base.catalogue.kinds.measure import AIMS, LEVERS, Measure
from gongzhi.watch.outcomes import saying
from gongzhi.watch.outcomes.drawing import Picture, picture
from gongzhi.watch.outcomes.models import Target
from gongzhi.watch.outcomes.selectors.stories import Story, shown_measures, stories
from gongzhi.watch.outcomes.selectors.targets import on_day, over_weeks, targets_of
from gongzhi.watch.outcomes.selectors.weeks import name_of, whole_weeks


@dataclass(frozen=True)
class Line:
    """A measure in that week."""

    code: str
    words: str
    serves: str
    value: str
    usual: str
    """Between which bounds such a week usually lies; empty where that isn't known yet."""
    verdict: str
    side: str
    changed: bool
    picture: Picture | None
    target: str = ""
    """What the county wants; empty where it said nothing."""


@dataclass(frozen=True)
class Brief:
    """A week. Without lines where it wasn't counted."""

    week: date
    title: str
    period: str
    summary: str
    lines: Sequence[Line]
    unmeasured: Sequence[tuple[str, str]]

    @property
    def name(self) -> str:
        """``2026-W47``."""
        return name_of(self.week)

    @property
    def changed(self) -> Sequence[Line]:
        """What is not as always."""
        return [one for one in self.lines if one.changed]


def brief_of(week: date) -> Brief:
    """The brief of the week that begins on this Monday, as one could have written it when it was
    over: what came later is in none of it."""
    weeks = [one for one in whole_weeks() if one <= week]
    measures = shown_measures(public=False)
    measured = [one for one in measures if one.measured]
    told = stories(measured, public=False, weeks=weeks) if week in weeks else []
    aimed = targets_of(one.code for one in measured)
    lines = [
        line for one in told if (line := _line(one, aimed.get(one.measure.code, []))) is not None
    ]
    order = {code: nth for nth, code in enumerate((*AIMS, *LEVERS))}
    lines.sort(key=lambda one: order[one.serves])
    unmeasured = [(str(one.name), str(one.not_measured)) for one in measures if not one.measured]
    title = _("一周简报 %(week)s") % {"week": name_of(week)}
    return Brief(week, title, _period(week), _summary(lines), lines, unmeasured)


def latest_week() -> date | None:
    """The last one that is over and counted."""
    return next(reversed(whole_weeks()), None)


def _line(story: Story, targets: Sequence[Target]) -> Line | None:
    """None for a measure that had not begun."""
    measure: Measure = story.measure
    if not story.points:
        return None
    low, high = story.chart.low[-1], story.chart.high[-1]
    unit = saying.unit_of(measure)
    held = on_day(targets, story.weeks[-1])
    value = saying.number(measure, story.points[-1])
    return Line(
        measure.code, str(measure.name), measure.serves,
        f"{value} {unit}".strip() if story.points[-1] is not None else value,
        saying.bounds(measure, low, high), saying.verdict(story), saying.side_of(story),
        story.signal is not None, picture(story, over_weeks(targets, story.weeks)),
        saying.number(measure, held.value) if held else "",
    )  # fmt: skip


def _period(week: date) -> str:
    return _("%(first)s 到 %(last)s") % {
        "first": saying.short_day(week), "last": saying.short_day(week + timedelta(days=6)),
    }  # fmt: skip


def _summary(lines: Sequence[Line]) -> str:
    changed = [one for one in lines if one.changed]
    if not lines:
        return _("这一周还没有数。")
    if not changed:
        return _("没有哪一项超出偶然的起落。")
    return _("%(n)s 项和平常不一样，其余的起落没有超出偶然。") % {"n": len(changed)}
