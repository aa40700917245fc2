"""What care's page shows of residents' thanks: to whom they were said, and to nobody else."""

from __future__ import annotations

from django.http import HttpRequest

from gongzhi.base.people.models import Account
from gongzhi.base.ui.pieces import Drawn
from gongzhi.work.participation.selectors.thanks import thanks_to


def thanked(request: HttpRequest) -> Drawn | None:
    """One's own, if there are any. One query."""
    if not isinstance(request.user, Account):
        return None
    found = thanks_to(request.user)
    return ("participation/_thanks.html", {"thanks": found}) if found else None
