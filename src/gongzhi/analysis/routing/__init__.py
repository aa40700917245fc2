"""Which department, or which kind, a message is for: suggested from its terms, with the reason and
how sure it is. A person decides.

    router = learn(messages, labels, seed=1)
    router.suggest(message)          # the likeliest labels, each with its odds and its terms
    judge(messages, labels, seed=1)  # how well that goes with messages it hasn't seen
"""

from gongzhi.analysis.routing.judging import Judged, calibration_error, judge
from gongzhi.analysis.routing.learning import Router, Suggestion, learn, opened
from gongzhi.analysis.routing.messages import Message, Part

__all__ = [
    "Judged",
    "Message",
    "Part",
    "Router",
    "Suggestion",
    "calibration_error",
    "judge",
    "learn",
    "opened",
]
