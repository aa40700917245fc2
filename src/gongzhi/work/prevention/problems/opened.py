"""Writing a new problem, whatever it is opened for."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from gongzhi.base.log.actions import now, record
from gongzhi.base.people.models import Unit
from gongzhi.base.ui.errors import Refused
from gongzhi.work.prevention.linking.models import Series
from gongzhi.work.prevention.problems import events
from gongzhi.work.prevention.problems.models import Problem, Rise
from gongzhi.work.prevention.problems.shapes import town_of


def opened(
    about: str, cells: Sequence[str], *, title: str, unit: Unit,
    rise: Rise | None = None, series: Series | None = None,
) -> Problem:  # fmt: skip
    """Write the problem and its event; for the actions of this package."""
    town = rise.town if rise else town_of(cells[0])
    made = Problem.objects.create(
        rise=rise, series=series, about=about, cells=list(cells), town=town, unit=unit,
        title=title.strip()[:120], opened_at=now(), stage_at=now(),
    )  # fmt: skip
    record(
        events.OPENED, made, about=about, rise=rise.pk if rise else None,
        series=series.pk if series else None, unit=unit.pk, cells=made.cells,
    )  # fmt: skip
    return made


def require_title(title: str) -> None:
    """Refuse a problem without a name."""
    if not title.strip():
        words = _("请给问题起个名字。")
        raise Refused(words, code="title", status=422, fields={"title": words})
