"""All that changes rosters."""

from gongzhi.work.workforce.rosters.actions.feeds import close_feed, open_feed
from gongzhi.work.workforce.rosters.actions.making import (
    ask_roster,
    fail_roster,
    go_on_with,
    keep_roster,
    stop_roster,
)
from gongzhi.work.workforce.rosters.actions.planning import (
    move_duty,
    publish_roster,
    set_duty,
    tell_wish,
)
from gongzhi.work.workforce.rosters.actions.repairing import (
    decide_repair,
    tell_absence,
    undo_repair,
)
from gongzhi.work.workforce.rosters.actions.strength import (
    NewStrength,
    change_strength,
    drop_forecast,
    restore_strength,
    take_forecast,
)
from gongzhi.work.workforce.rosters.actions.swapping import (
    decide_offer,
    make_offer,
    take_offer,
    withdraw_offer,
)

__all__ = [
    "NewStrength", "ask_roster", "change_strength", "close_feed", "decide_offer", "decide_repair",
    "drop_forecast", "fail_roster", "go_on_with", "keep_roster", "make_offer", "move_duty",
    "open_feed", "publish_roster", "restore_strength", "set_duty", "stop_roster", "take_forecast",
    "take_offer", "tell_absence", "tell_wish", "undo_repair", "withdraw_offer",
]  # fmt: skip
