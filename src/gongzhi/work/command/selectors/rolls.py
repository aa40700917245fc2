"""Roll-calls as those see them who are asked: a piece on the crew's and on the partner's page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from gongzhi.base.people.models import Account
from gongzhi.base.ui.pieces import Drawn
from gongzhi.work.command.models import RollAnswer
from gongzhi.work.linked.selectors.partners import name_of

PIECE = "command/parts/asked.html"


def open_answers() -> Any:
    """Answers that a round waits for."""
    found = RollAnswer.objects.filter(roll__ended_at=None, roll__lane__closed_at=None)
    return found.select_related("roll__lane").order_by("roll__started_at")


def roll_of_crew(request: HttpRequest) -> Drawn | None:
    """The round that asks the crew that this account is on duty with."""
    mine = {"crew__members__account": request.user, "crew__members__ended_at": None}
    return _piece(request, mine)


def roll_of_partner(request: HttpRequest) -> Drawn | None:
    """The round that asks the partner whose unit this account is of."""
    return _piece(request, {"partner__unit": getattr(request.user, "unit_id", None)})


def _piece(request: HttpRequest, mine: Mapping[str, Any]) -> Drawn | None:
    if not isinstance(request.user, Account):
        return None
    answer = open_answers().filter(**mine).first()
    return None if answer is None else (PIECE, {"answer": answer})


def who_is_asked(answer: RollAnswer) -> str:
    """The post with its holder, the crew's call sign, or the partner."""
    if answer.holder is not None:
        return f"{answer.holder.get_post_display()} · {answer.holder.who}"
    if answer.partner is not None:
        return name_of(answer.partner)
    return str(answer.crew)
