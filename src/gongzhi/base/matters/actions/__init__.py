"""What can be done with a matter, whatever its kind."""

from gongzhi.base.matters.actions.approving import approve_element, show_element
from gongzhi.base.matters.actions.erasing import erase_told
from gongzhi.base.matters.actions.joining import merge_all
from gongzhi.base.matters.actions.opening import correct_place, open_matter
from gongzhi.base.matters.actions.owners import change_priority, hand_over, merge_into, take_on
from gongzhi.base.matters.actions.parting import move_parties
from gongzhi.base.matters.actions.parts import ask_part, end_part, leave_parts_open, move_parts
from gongzhi.base.matters.actions.past import record_past
from gongzhi.base.matters.actions.sorting import recategorise
from gongzhi.base.matters.actions.steps import take_step
from gongzhi.base.matters.actions.talk import add_words
from gongzhi.base.matters.drafts import NewMatter, NewParty

__all__ = [
    "NewMatter", "NewParty", "add_words", "approve_element", "ask_part", "change_priority",
    "correct_place", "end_part", "erase_told", "hand_over", "leave_parts_open", "merge_all",
    "merge_into", "move_parties", "move_parts", "open_matter", "recategorise", "record_past",
    "show_element", "take_on", "take_step",
]  # fmt: skip
