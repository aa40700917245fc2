"""From the log to numbers: stories of matters, the facts in them, and what is to be expected."""

from gongzhi.work.workforce.appraisal.counting.facts import Fact, facts_of
from gongzhi.work.workforce.appraisal.counting.numbers import Number, mix_of, numbers_of

__all__ = ["Fact", "Number", "facts_of", "mix_of", "numbers_of"]
