"""Figures as files: week by week, and what they mean."""

from __future__ import annotations

import csv
import io

from gongzhi.base.catalogue.kinds.measure_formulas import OF_COUNTS
from gongzhi.watch.outcomes.selectors.stories import Story
from gongzhi.watch.outcomes.selectors.weeks import name_of

COLUMNS = ("measure", "week", "monday", "n", "of", "value", "centre", "low", "high", "changed")


def as_csv(story: Story) -> bytes:
    """For a spreadsheet: with a byte-order mark, so that Excel reads Chinese. What isn't told
    stands empty."""
    out = io.StringIO()
    one = story.measure
    out.write(f"# {one.name.zh} / {one.name.en}: {one.counted.zh if one.counted else ''}\r\n")
    sheet = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\r\n")
    sheet.writeheader()
    sheet.writerows(rows(story))
    return out.getvalue().encode("utf-8-sig")


def rows(story: Story) -> list[dict[str, object]]:
    """Each week a row, the first one first."""
    changed = {one.at for one in story.chart.signals}
    counts = story.measure.formula in OF_COUNTS
    return [
        {
            "measure": story.measure.code, "week": name_of(week), "monday": f"{week}",
            "n": round(told.n), "of": (told.residents or "") if counts else round(told.of),
            "value": _short(story.points[nth]), "centre": _short(story.chart.centre),
            "low": _short(story.chart.low[nth]), "high": _short(story.chart.high[nth]),
            "changed": nth in changed,
        }
        for nth, (week, told) in enumerate(zip(story.weeks, story.counted, strict=True))
    ]  # fmt: skip


def _short(value: float | None) -> float | str:
    return "" if value is None else round(value, 4)
