"""Who may open the three maps, and what is moving on them."""

from __future__ import annotations

from gongzhi.base.access.permissions import may
from gongzhi.base.people.models import Account

VIEW = "maps.view_maps"


def sees_moving(who: Account) -> bool:
    """Whether they see units on the move: whoever may play past shifts does."""
    return may(who, "replay.view_shift")
