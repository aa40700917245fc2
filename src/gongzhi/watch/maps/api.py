"""``/api/maps/v1/cells``: the maps' figures for a program, made of the same marks as the page.

A program asks with the parameters of the page's address. What a person's export is, an answer to a
program is, too: on the log, with what was asked.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gongzhi.base.access.keys import require_known, required_key
from gongzhi.base.access.marks import programs
from gongzhi.base.log.actor import Actor
from gongzhi.base.ui.errors import Refused
from gongzhi.watch.maps.actions import note_export
from gongzhi.watch.maps.asked import PARAMETERS, Asked, asked_in
from gongzhi.watch.maps.exporting import GEOJSON, as_geojson
from gongzhi.watch.maps.permissions import VIEW
from gongzhi.watch.maps.selectors.fixed import towns
from gongzhi.watch.maps.selectors.happened import compared, happened
from gongzhi.watch.maps.selectors.published import published


@programs
@never_cache
@require_safe
def cells(request: HttpRequest) -> HttpResponse:
    """Cells with their figures, as GeoJSON. Refuses (422) whatever it would have to guess."""
    key = required_key(request, VIEW, name="maps.api")
    require_known(request, PARAMETERS)
    shown = published()
    asked = asked_in(request.GET.dict(), shown.latest, towns())
    _require_understood(request, asked)
    found = happened(shown, asked)
    changes = compared(shown, asked).cells if asked.against else None
    note_export(Actor.key(key), asked, "geojson")
    return HttpResponse(as_geojson(asked, found, changes), content_type=GEOJSON)


def _require_understood(request: HttpRequest, asked: Asked) -> None:
    """A page leaves out what it doesn't know and shows the rest; a program would believe it."""
    told = {name: request.GET[name] for name in PARAMETERS if request.GET.get(name)}
    taken = asked.told
    wrong = {name: _("没有这个值。") for name, value in told.items() if taken[name] != value}
    if wrong:
        raise Refused(_("请求的内容不对，请看 fields。"), code="invalid", status=422, fields=wrong)
