"""What made people look: a rise, a series, or somebody's own eyes, with what came there by day."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

import h3.api.basic_int as h3
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.base.places.cells import as_text
from gongzhi.base.ui.errors import Refused
from gongzhi.work.prevention.linking.models import Series
from gongzhi.work.prevention.problems.counting import by_day
from gongzhi.work.prevention.problems.drawing import Bar, bars_of
from gongzhi.work.prevention.problems.looking import CELL
from gongzhi.work.prevention.problems.models import Problem
from gongzhi.work.prevention.problems.selectors.rises import SHOWN_DAYS, shown
from gongzhi.work.prevention.problems.shapes import numbers


@dataclass(frozen=True)
class Origin:
    """What a problem rests on, as its page tells it: in a sentence, in bars, the bars in words.

    ``address``: of the series' own page. ``often``: how often chance alone shows as good a rise.
    """

    sentence: str
    bars: list[Bar]
    said: str
    first: date
    last: date
    often: str = ""
    address: str = ""


def origin_of(problem: Problem, place: str) -> Origin:
    """What this problem rests on."""
    if problem.rise:
        told = shown(problem.rise, place)
        return Origin(told.sentence, told.bars, told.said, told.first, told.last, told.often)
    opened = timezone.localdate(problem.opened_at, timezone.get_default_timezone())
    first, last = problem.noticed or (opened, opened - timedelta(days=1))
    until = max(last, opened - timedelta(days=1))
    counts = by_day(
        problem.about, numbers(problem.cells), until - timedelta(days=SHOWN_DAYS - 1), until
    )
    marked = {
        n for n in range(SHOWN_DAYS)
        if first <= until - timedelta(days=SHOWN_DAYS - 1 - n) <= last
    }  # fmt: skip
    said = _("立项前 %(days)s 天这一带共 %(many)s 起") % {"days": SHOWN_DAYS, "many": sum(counts)}
    since = until - timedelta(days=SHOWN_DAYS - 1)
    if problem.series is None:
        return Origin(_("有人看到后提出。"), bars_of(counts, marked), said, since, until)
    sentence = _("串并 %(number)s：%(place)s一带，%(what)s %(n)s 起。") % {
        "number": problem.series, "place": place, "what": problem.title_of_category,
        "n": problem.series.size,
    }  # fmt: skip
    address = reverse("linking:one", args=[problem.series.pk])
    return Origin(sentence, bars_of(counts, marked), said, since, until, address=address)


def cells_of(series: Series) -> list[str]:
    """The cells in which its incidents lie, the one with most of them first."""
    rows = series.members.within().filter(matter__merged_into=None).exclude(matter__h9=None)
    fine = rows.values_list("matter__h9", flat=True)
    counts = Counter(int(h3.cell_to_parent(one, CELL)) for one in fine)
    if not counts:
        raise Refused(_("这些警情都没有定位，立不了防范问题。"), code="no_place", status=409)
    return [as_text(one) for one in sorted(counts, key=lambda one: (-counts[one], one))]
