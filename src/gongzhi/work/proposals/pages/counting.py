"""What everybody may download after a vote."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from gongzhi.base.access.marks import public
from gongzhi.work.proposals.selectors.votes import file_of, vote_of


@public
@require_safe
def ballots(request: HttpRequest, key: int) -> HttpResponse:
    """All ballots and the key: what `gongzhi votes verify` counts again."""
    one = vote_of(key)
    response = HttpResponse(file_of(one), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{one.paper.ref}.json"'
    return response
