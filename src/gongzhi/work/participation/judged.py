"""Whether a suggestion was right: kept once a request, when a person first says whose it is."""

from __future__ import annotations

from gongzhi.base.log.actions import now, record
from gongzhi.base.matters.models import Matter
from gongzhi.work.participation.events import SUGGESTION_JUDGED
from gongzhi.work.participation.models import JudgedSuggestion
from gongzhi.work.participation.suggesting import Suggested, suggestion_of


def judge_suggestion(matter: Matter, chosen: str, suggested: Suggested | None = None) -> None:
    """Hold what was suggested against what was chosen; inside an action. Nothing was suggested,
    or a person has judged before: nothing is kept."""
    told = suggested or suggestion_of(matter)
    if told is None or JudgedSuggestion.objects.filter(matter=matter).exists():
        return
    code = told.category.code
    JudgedSuggestion.objects.create(
        matter=matter, suggested=code, chosen=chosen, percent=told.percent, at=now()
    )
    record(
        SUGGESTION_JUDGED, matter,
        suggested=code, chosen=chosen, percent=told.percent, right=code == chosen,
    )  # fmt: skip
