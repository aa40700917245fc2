"""``/api/features/v1/``: landing page, conformance, collections, their features, one feature."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import shapely
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gongzhi.base.access.keys import key_of, required_key
from gongzhi.base.access.marks import programs
from gongzhi.base.access.models import ApiKey
from gongzhi.base.access.permissions import may
from gongzhi.base.access.throttle import address_of, limit
from gongzhi.base.log.actor import Actor
from gongzhi.base.ui.context import county_name
from gongzhi.base.ui.errors import Refused
from gongzhi.watch.exchange.features.asking import Wanted, require_plain, wanted_in
from gongzhi.watch.exchange.features.collections import (
    COLLECTIONS,
    COUNTED,
    Collection,
    Feature,
    asked_of,
    shape_of,
    within,
)
from gongzhi.watch.exchange.features.describing import CONFORMS, OPENAPI, description
from gongzhi.watch.maps.actions import note_export

GEOJSON = "application/geo+json"
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
READS, SECONDS = 1200, 600


@programs
@require_safe
def landing(request: HttpRequest) -> JsonResponse:
    """Where everything is."""
    _may_ask(request)
    require_plain(request)
    links = [
        _link(request, "self", "landing"), _link(request, "service-desc", "api", OPENAPI),
        _link(request, "conformance", "conformance"), _link(request, "data", "collections"),
    ]  # fmt: skip
    title = _("%(county)s的地图") % {"county": county_name()}
    return _told({"title": title, "links": links})


@programs
@require_safe
def conformance(request: HttpRequest) -> JsonResponse:
    """Which classes of the standard are kept."""
    _may_ask(request)
    require_plain(request)
    return _told({"conformsTo": CONFORMS})


@programs
@require_safe
def api(request: HttpRequest) -> JsonResponse:
    """The interface described (OpenAPI 3.0)."""
    _may_ask(request)
    require_plain(request)
    return _told(description(request.build_absolute_uri(reverse("features:landing"))), OPENAPI)


@programs
@never_cache
@require_safe
def collections(request: HttpRequest) -> JsonResponse:
    """Those that this program may read."""
    _may_ask(request)
    require_plain(request)
    key = key_of(request)
    shown = [one for one in COLLECTIONS.values() if _may_read(one, key)]
    return _told({
        "links": [_link(request, "self", "collections")],
        "collections": [_described(request, one) for one in shown],
    })  # fmt: skip


@programs
@never_cache
@require_safe
def collection(request: HttpRequest, code: str) -> JsonResponse:
    """One of them. Refuses (404) one that there is not, and one that needs a key: 401, 403."""
    _may_ask(request)
    require_plain(request)
    return _told(_described(request, _readable(request, code)))


@programs
@never_cache
@require_safe
def items(request: HttpRequest, code: str) -> JsonResponse:
    """A page of its features. Counts that are staff's go on the log, with who took them."""
    _may_ask(request)
    one, wanted = _readable(request, code), wanted_in(request)
    found = within(_read(request, one, wanted), wanted.box)
    page = found[wanted.offset : wanted.offset + wanted.limit]
    links = [_link(request, "self", "items", GEOJSON, code, query=request.GET.dict())]
    links.append(_link(request, "collection", "collection", "application/json", code))
    if wanted.offset + len(page) < len(found):
        more = {**request.GET.dict(), "limit": wanted.limit, "offset": wanted.offset + wanted.limit}
        links.append(_link(request, "next", "items", GEOJSON, code, query=more))
    return _told({
        "type": "FeatureCollection", "timeStamp": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "numberMatched": len(found), "numberReturned": len(page), "features": list(page),
        "links": links,
    }, GEOJSON)  # fmt: skip


@programs
@never_cache
@require_safe
def item(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """One feature. Refuses (404) one that there is not."""
    _may_ask(request)
    require_plain(request)
    one = _readable(request, code)
    found = next((each for each in _read(request, one, Wanted()) if each["id"] == name), None)
    if found is None:
        raise Refused(_("没有这个要素。"), code="unknown_feature", status=404)
    links = [_link(request, "self", "item", GEOJSON, code, name)]
    links.append(_link(request, "collection", "collection", "application/json", code))
    return _told({**found, "links": links}, GEOJSON)


def _read(request: HttpRequest, one: Collection, wanted: Wanted) -> list[Feature]:
    if one.code in COUNTED:
        key = key_of(request)
        assert key is not None  # noqa: S101  (`_readable` asked for it)
        note_export(Actor.key(key), asked_of(one.code, wanted), "geojson")
    return list(one.read(wanted))


def _may_ask(request: HttpRequest) -> None:
    limit("features.api", address_of(request), tries=READS, seconds=SECONDS)


def _may_read(one: Collection, key: ApiKey | None) -> bool:
    return not one.permission or (key is not None and may(key, one.permission))


def _readable(request: HttpRequest, code: str) -> Collection:
    one = COLLECTIONS.get(code)
    if one is None:
        raise Refused(_("没有这个集合。"), code="unknown_collection", status=404)
    if one.permission:
        required_key(request, one.permission, name="features.keyed")
    return one


def _described(request: HttpRequest, one: Collection) -> dict[str, Any]:
    links = [
        _link(request, "self", "collection", "application/json", one.code),
        _link(request, "items", "items", GEOJSON, one.code),
    ]
    told: dict[str, Any] = {
        "id": one.code, "title": str(one.title), "description": str(one.about),
        "itemType": "feature", "crs": [CRS84], "links": links,
    }  # fmt: skip
    if box := _bounds(one):
        told["extent"] = {"spatial": {"bbox": [box], "crs": CRS84}}
    return told


def _bounds(one: Collection) -> list[float] | None:
    """Of everybody's layers alone: what is counted lies within them."""
    found = COLLECTIONS["outline"].read(Wanted()) if one.permission else one.read(Wanted())
    if not found:
        return None
    return [round(float(side), 5) for side in shapely.total_bounds([shape_of(f) for f in found])]


def _link(
    request: HttpRequest, rel: str, view: str, form: str = "application/json", *names: str,
    query: dict[str, Any] | None = None,
) -> dict[str, str]:  # fmt: skip
    """An address of ours; a key that stood in the address asked is not told again."""
    told = {name: one for name, one in (query or {}).items() if name != "api_key"}
    at = reverse(f"features:{view}", args=names) + (f"?{urlencode(told)}" if told else "")
    return {"href": request.build_absolute_uri(at), "rel": rel, "type": form}


def _told(said: dict[str, Any], form: str = "application/json") -> JsonResponse:
    answer = JsonResponse(said, content_type=form, json_dumps_params={"ensure_ascii": False})
    answer["Access-Control-Allow-Origin"] = "*"
    return answer
