"""What other rooms' pages show of tasks."""

from __future__ import annotations

from django.http import HttpRequest

from gongzhi.base.access.permissions import may
from gongzhi.base.ui.pieces import Drawn, PieceAbout
from gongzhi.work.volunteering.permissions import RUN, VIEW
from gongzhi.work.volunteering.selectors.tasks import hanging_on


def at_home(_request: HttpRequest) -> Drawn | None:
    """On the front door: the way to the list."""
    return "volunteering/_home.html", {}


def for_residents(sort: str) -> PieceAbout:
    """On the page of a problem, a proposal, a consultation (its `sort`): its tasks."""

    def drawn(_request: HttpRequest, key: int) -> Drawn | None:
        return "volunteering/_hanging.html", {"tasks": hanging_on(f"{sort}:{key}")}

    return drawn


def for_staff(sort: str) -> PieceAbout:
    """The same for staff, with the way to open one."""

    def drawn(request: HttpRequest, key: int) -> Drawn | None:
        if not may(request.user, VIEW):
            return None
        origin = f"{sort}:{key}"
        told = {"tasks": hanging_on(origin), "opens": may(request.user, RUN), "staff": True}
        return "volunteering/_hanging.html", {**told, "origin": origin}

    return drawn
