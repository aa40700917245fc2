"""What can be done with a matter, whatever its kind."""

from gongzhi.base.matters.actions.opening import (
    NewMatter,
    NewParty,
    correct_place,
    open_matter,
)
from gongzhi.base.matters.actions.owners import change_priority, hand_over, merge_into, take_on
from gongzhi.base.matters.actions.steps import take_step
from gongzhi.base.matters.actions.talk import add_words

__all__ = [
    "NewMatter", "NewParty", "add_words", "change_priority", "correct_place",
    "hand_over", "merge_into", "open_matter", "take_on", "take_step",
]  # fmt: skip
