"""Matters, and what people said of them. No side effects here: actions write."""

from gongzhi.base.matters.models.clocks import ClockChange, ClockRun
from gongzhi.base.matters.models.matter import Matter, Narrative, Party
from gongzhi.base.matters.models.parts import Part
from gongzhi.base.matters.models.told import (
    Attachment,
    Handover,
    Message,
    ShownElement,
)

__all__ = [
    "Attachment", "ClockChange", "ClockRun", "Handover", "Matter", "Message", "Narrative", "Part",
    "Party", "ShownElement",
]  # fmt: skip
