"""What both boards and both pages of a measure show, made ready for their templates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from gongzhi.base.catalogue.kinds.measure import AIMS, LEVERS, Measure
from gongzhi.base.catalogue.kinds.measure_sources import SOURCES
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.events import declared_events
from gongzhi.watch.outcomes import saying
from gongzhi.watch.outcomes.drawing import picture, whisker
from gongzhi.watch.outcomes.models import Target
from gongzhi.watch.outcomes.selectors.comparing import BACK, By, beside
from gongzhi.watch.outcomes.selectors.figures import rows_of, span_of
from gongzhi.watch.outcomes.selectors.stories import Story, shown_measures, stories
from gongzhi.watch.outcomes.selectors.targets import (
    coming,
    on_day,
    over_weeks,
    stands,
    targets_of,
    today,
)
from gongzhi.watch.outcomes.selectors.weeks import name_of, whole_weeks


@dataclass(frozen=True)
class Group:
    """An aim or a lever, and its measures."""

    code: str
    words: str
    lines: Sequence[dict[str, Any]]


def groups(*, public: bool) -> dict[str, Any]:
    """The board: the four aims and the four levers with their measures."""
    weeks = whole_weeks()
    measures = shown_measures(public=public)
    measured = [one for one in measures if one.measured]
    told = {one.measure.code: one for one in stories(measured, public=public, weeks=weeks)}
    aimed = targets_of(told)
    words = saying.serves()

    def group(code: str) -> Group:
        own = [one for one in measures if one.serves == code]
        lines = [line_of(one, told.get(one.code), aimed.get(one.code, ())) for one in own]
        return Group(code, words[code], lines)

    return {
        "aims": [group(code) for code in AIMS],
        "levers": [one for code in LEVERS if (one := group(code)).lines],
        "weeks": weeks, "week": weeks[-1] if weeks else None,
        "changed": [line_of(one.measure, one) for one in told.values() if one.signal],
        "steady": sum(one.chart.judged and one.signal is None for one in told.values()),
    }  # fmt: skip


def line_of(
    measure: Measure, story: Story | None, targets: Sequence[Target] = ()
) -> dict[str, Any]:
    """A measure as one line of a board; ``targets``: its own, that weren't taken back."""
    if story is None:
        return {"measure": measure, "value": "", "verdict": _("还没有统计")}
    return {
        "measure": measure, "story": story,
        "value": saying.number(measure, story.value),
        "unit": saying.unit_of(measure),
        "bounds": saying.bounds(measure, story.low, story.high),
        "verdict": saying.verdict(story), "side": saying.side_of(story),
        "changed": story.signal is not None, "good": story.good,
        "picture": picture(story, over_weeks(targets, story.weeks)),
        "target": target_of(story, targets),
    }  # fmt: skip


def target_of(story: Story, targets: Sequence[Target]) -> dict[str, Any] | None:
    """What the county wants now, or from a day to come, in words."""
    held = on_day(targets, today())
    one = held or coming(targets, today())
    if one is None:
        return None
    measure = story.measure
    stood = stands(measure, story.low, story.high, one.value) if held else ""
    words = _("%(value)s 以上") if measure.better == "up" else _("%(value)s 以下")
    return {
        "value": words % {"value": saying.number(measure, one.value)}, "since": one.since,
        "decided_by": one.decided_by, "why": one.why, "holds": held is not None,
        "stands": saying.reached(stood),
    }  # fmt: skip


def page_of(measure: Measure, story: Story, *, public: bool) -> dict[str, Any]:
    """All of one measure's page but towns and units."""
    source = SOURCES.get(measure.source)
    kinds = declared_events()
    return {
        **line_of(measure, story, targets_of([measure.code]).get(measure.code, [])),
        "serves": saying.serves()[measure.serves], "better": saying.better(measure),
        "formula": saying.formula_of(measure), "public": public,
        "events": [
            (code, kinds[code].label if code in kinds else code)
            for code in (source.comes_from if source else ())
        ],
        "rows": rows_in_words(story), "baseline": story.chart.baseline,
        "residents": max(catalogue().residents.values(), key=lambda one: one.as_of, default=None)
        if measure.formula == "per_thousand" else None,
        "centre": saying.number(measure, story.chart.centre), "weeks": len(story.weeks),
    }  # fmt: skip


def rows_in_words(story: Story) -> list[dict[str, Any]]:
    """The weeks, the last one first, as a table has them."""
    changed = {one.at for one in story.chart.signals}
    return [
        {
            "week": name_of(week), "day": week, "n": told.n, "of": told.of,
            "value": saying.number(story.measure, story.points[nth]), "changed": nth in changed,
            "bounds": saying.bounds(story.measure, story.chart.low[nth], story.chart.high[nth]),
        }
        for nth, (week, told) in reversed(
            list(enumerate(zip(story.weeks, story.counted, strict=True)))
        )
    ]  # fmt: skip


def compared(measure: Measure, *, by: By, public: bool) -> list[dict[str, Any]]:
    """Towns or units of the last quarter in words and pictures. Three queries."""
    weeks = whole_weeks()[-BACK:]
    if not weeks or not measure.measured:
        return []
    rows = rows_of([measure.code], *span_of(weeks)).get(measure.code, [])
    return [
        {
            "key": one.key, "name": one.name, "of": one.of,
            "value": saying.number(measure, one.value),
            "bounds": saying.bounds(measure, one.low, one.high), "whisker": whisker(one),
            "ratio": one.compared, "stands": saying.stands(one),
        }
        for one in beside(measure, rows, len(weeks), by=by, public=public)
    ]  # fmt: skip
