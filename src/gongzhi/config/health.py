"""Whether this process lives, and whether it can serve: asked by whoever started it."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from gongzhi.base.access.marks import public
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log import chain, jobs

SILENCE_SECONDS = 30.0
"""Without a sign of life for so long, the readers are said to be down."""


@public
@require_safe
def live(request: HttpRequest) -> JsonResponse:
    """200: this process answers. Asks neither database nor catalogue."""
    return JsonResponse({"live": True})


@public
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """200 once the database answers and the catalogue is read; 500 otherwise.

    `readers` says whether somebody follows the log, in this process or in another; pages are
    served without them, so they don't change the status.
    """
    seq, _ = chain.head()
    silent = jobs.seconds_since("log.readers")
    return JsonResponse(
        {
            "ready": True,
            "entries": seq,
            "readers": silent is not None and silent < SILENCE_SECONDS,
            "catalogue": catalogue().sizes(),
        }
    )
