"""Whether this process can serve: asked by whoever started it."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from gongzhi.base.access.marks import public
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log import chain


@public
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """200 once the database answers and the catalogue is read; 500 otherwise."""
    seq, _ = chain.head()
    return JsonResponse({"ready": True, "entries": seq, "catalogue": catalogue().sizes()})
