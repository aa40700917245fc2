"""Counting what is asked, asking a person, writing articles and letting them out."""

from gongzhi.work.consultation.actions.asking import ask_person
from gongzhi.work.consultation.actions.counting import count_question, judge_answer
from gongzhi.work.consultation.actions.writing import (
    change_wording,
    decline_wording,
    propose_article,
    publish_wording,
    retire_article,
    revise_article,
)

__all__ = [
    "ask_person", "change_wording", "count_question", "decline_wording", "judge_answer",
    "propose_article", "publish_wording", "retire_article", "revise_article",
]  # fmt: skip
