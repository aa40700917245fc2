"""Answers for fields and maps: places by name, a point's name, map layers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase, JsonResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongzhi.base.access.marks import public
from gongzhi.base.access.throttle import address_of, limit
from gongzhi.base.places.answers import hit, named
from gongzhi.base.places.coordinates import Point, checked
from gongzhi.base.places.layers import NAMES, folder_of, plain_outline
from gongzhi.base.places.naming import name_point
from gongzhi.base.places.search import search
from gongzhi.base.places.selectors import county_named, own_county
from gongzhi.base.ui.errors import Refused

A_MINUTE = {"tries": 900, "seconds": 60}
"""For one address, which may be a whole office that types."""
AN_HOUR = 3600


@public
@require_safe
def find(request: HttpRequest) -> JsonResponse:
    """``?q=``: places that may be meant, the nearer to ``lat``, ``lon`` first among equals."""
    limit("places.find", address_of(request), **A_MINUTE)
    asked = request.GET.get("q", "")
    county = county_named(request.GET["county"]) if request.GET.get("county") else None
    found = search(asked, near=_near(request), county=county)
    return _fresh([hit(one) for one in found])


@public
@require_safe
def near(request: HttpRequest) -> JsonResponse:
    """``?lat=&lon=``: what people call that point."""
    limit("places.near", address_of(request), **A_MINUTE)
    point = checked(request.GET.get("lat"), request.GET.get("lon"))
    return _fresh([named(point, name_point(point))])


@public
@require_safe
def layer(request: HttpRequest, name: str = "", code: str = "") -> HttpResponseBase:
    """A layer of the own county, or of the one of this code. 404 where there is none."""
    county = county_named(code) if code else own_county()
    if name not in NAMES:
        raise _no_layer()
    path = folder_of(county) / f"{name}.geojson"
    if path.exists():
        return _file(request, path)
    if name == "outline" and county is not None:
        return _kept(HttpResponse(plain_outline(county), content_type=GEOJSON))
    raise _no_layer()


GEOJSON = "application/geo+json"


def _near(request: HttpRequest) -> Point | None:
    """Where the asker looks; what is no place does not spoil the search."""
    try:
        return checked(request.GET.get("lat"), request.GET.get("lon"))
    except Refused:
        return None


def _fresh(found: list[dict[str, Any]]) -> JsonResponse:
    response = JsonResponse({"results": found}, json_dumps_params={"ensure_ascii": False})
    patch_cache_control(response, private=True, max_age=60)
    response["Vary"] = "Accept-Language, Cookie"
    return response


def _file(request: HttpRequest, path: Path) -> HttpResponseBase:
    """The file, gzipped for whoever reads that; 304 for whoever has it."""
    packed = path.with_suffix(".geojson.gz")
    use_packed = packed.exists() and "gzip" in request.headers.get("Accept-Encoding", "")
    chosen = packed if use_packed else path
    state = chosen.stat()
    etag = quote_etag(f"{state.st_mtime_ns:x}-{state.st_size:x}")
    unchanged = get_conditional_response(request, etag=etag)
    if isinstance(unchanged, HttpResponseNotModified):
        return _kept(unchanged, etag)
    response = FileResponse(chosen.open("rb"), content_type=GEOJSON)
    del response["Content-Disposition"]
    if use_packed:
        response["Content-Encoding"] = "gzip"
    return _kept(response, etag)


def _kept(response: HttpResponseBase, etag: str = "") -> HttpResponseBase:
    if etag:
        response["ETag"] = etag
    response["Vary"] = "Accept-Encoding"
    patch_cache_control(response, public=True, max_age=AN_HOUR)
    return response


def _no_layer() -> Refused:
    return Refused(_("没有这个图层。"), code="no_layer", status=404)
