"""What may be shown of counts: marks, each for five facts, and nothing but sums of marks."""

from gongzhi.analysis.disclosure.marks import STEP, Marks, marks_of
from gongzhi.analysis.disclosure.ratio import Ratio, ratios
from gongzhi.analysis.disclosure.tables import told_of

__all__ = ["STEP", "Marks", "Ratio", "marks_of", "ratios", "told_of"]
