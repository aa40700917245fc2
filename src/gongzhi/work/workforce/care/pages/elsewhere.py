"""What care shows on other rooms' pages: an offer, after an incident that weighs on people."""

from __future__ import annotations

from django.http import HttpRequest

from gongzhi.base.people.models import Account
from gongzhi.base.ui.pieces import Drawn
from gongzhi.work.workforce.care.selectors.talks import offered_after


def offered(request: HttpRequest) -> Drawn | None:
    """Somebody to talk to, where the unit had such an incident these days. One query."""
    if not isinstance(request.user, Account):
        return None
    found = offered_after(request.user)
    return ("care/_offered.html", {"offered": found}) if found else None
