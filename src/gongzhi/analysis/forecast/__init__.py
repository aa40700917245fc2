"""Calls for service by cell and shift, foretold: baselines, models, and the gate between them."""

from gongzhi.analysis.forecast.counts import (
    COARSEST,
    FINEST,
    Area,
    Counts,
    Unfit,
    area_of,
    counting,
    counts_of,
)
from gongzhi.analysis.forecast.evaluation import Evaluation, Split, evaluate, split
from gongzhi.analysis.forecast.gate import Skill, Verdict, judge, skill
from gongzhi.analysis.forecast.held import Held, Recipe
from gongzhi.analysis.forecast.history import Known
from gongzhi.analysis.forecast.measuring import Scores
from gongzhi.analysis.forecast.models import MODELS, SIMPLE
from gongzhi.analysis.forecast.outlook import Bounds, Outlook, foresee
from gongzhi.analysis.forecast.regression import Days

__all__ = [
    "COARSEST", "FINEST", "MODELS", "SIMPLE", "Area", "Bounds", "Counts", "Days", "Evaluation",
    "Held", "Known", "Outlook", "Recipe", "Scores", "Skill", "Split", "Unfit", "Verdict",
    "area_of", "counting", "counts_of", "evaluate", "foresee", "judge", "skill", "split",
]  # fmt: skip
