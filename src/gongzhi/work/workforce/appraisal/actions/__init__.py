"""All that changes rounds, sheets and what stands on them."""

from gongzhi.work.workforce.appraisal.actions.backgrounds import (
    erase_background,
    forget_backgrounds,
    tell_background,
)
from gongzhi.work.workforce.appraisal.actions.conduct import NewNote, note_conduct, strike_conduct
from gongzhi.work.workforce.appraisal.actions.deciding import (
    close_round,
    decide_grade,
    propose_grade,
)
from gongzhi.work.workforce.appraisal.actions.formulas import adopt_formula, try_formula
from gongzhi.work.workforce.appraisal.actions.objecting import answer_objection, object_to
from gongzhi.work.workforce.appraisal.actions.reading import (
    answer_about_colleague,
    comment,
    read_sheet,
    take_sheet,
)
from gongzhi.work.workforce.appraisal.actions.rounds import open_round

__all__ = [
    "NewNote", "adopt_formula", "answer_about_colleague", "answer_objection", "close_round",
    "comment", "decide_grade", "erase_background", "forget_backgrounds", "note_conduct",
    "object_to", "open_round", "propose_grade", "read_sheet", "strike_conduct", "take_sheet",
    "tell_background", "try_formula",
]  # fmt: skip
