"""What other rooms' pages show of proposals and consultations."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse

from gongzhi.base.ui.errors import Refused
from gongzhi.base.ui.pieces import Drawn
from gongzhi.work.proposals.selectors.consultations import consultation_of
from gongzhi.work.proposals.selectors.proposals import proposal_of, shown_title

TEMPLATE = "ui/parts/for_the_sake_of.html"


def proposal_on_task(_request: HttpRequest, key: int) -> Drawn | None:
    """On the page of a task for volunteers: the proposal that it helps to deliver."""
    try:
        title = shown_title(proposal_of(key))
    except Refused:
        return None
    return TEMPLATE, {"title": title, "open": reverse("proposals:proposal", args=[key])}


def consultation_on_task(_request: HttpRequest, key: int) -> Drawn | None:
    """The same for what residents were asked."""
    try:
        title = str(consultation_of(key))
    except Refused:
        return None
    return TEMPLATE, {"title": title, "open": reverse("proposals:consultation", args=[key])}
