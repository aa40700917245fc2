"""All that changes vacancies, bids, rotations and moves."""

from gongzhi.work.workforce.movement.actions.appeals import answer_appeal, appeal
from gongzhi.work.workforce.movement.actions.bids import bid, take_back
from gongzhi.work.workforce.movement.actions.rotations import (
    agree_move,
    decline_move,
    plan_rotation,
)
from gongzhi.work.workforce.movement.actions.vacancies import (
    NewVacancy,
    decide_vacancy,
    open_vacancy,
    withdraw_vacancy,
)

__all__ = [
    "NewVacancy", "agree_move", "answer_appeal", "appeal", "bid", "decide_vacancy", "decline_move",
    "open_vacancy", "plan_rotation", "take_back", "withdraw_vacancy",
]  # fmt: skip
