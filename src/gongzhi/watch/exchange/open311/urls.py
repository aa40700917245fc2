"""Addresses of GeoReport v2; each also with ``.json`` or ``.xml`` at its end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.urls import URLPattern, re_path

from gongzhi.watch.exchange.open311 import api

app_name = "open311"


def _address(pattern: str, view: Callable[..., HttpResponse], name: str) -> URLPattern:
    # A code may hold a dot itself: only these two endings are taken off.
    kept: Any = view
    address: URLPattern = re_path(rf"^{pattern}(?:\.(?P<form>json|xml))?$", kept, name=name)
    return address


urlpatterns = [
    _address(r"discovery", api.discovery, "discovery"),
    _address(r"v2/discovery", api.discovery, "discovery_v2"),
    _address(r"v2/services", api.service_list, "services"),
    _address(r"v2/services/(?P<code>[a-z0-9_]{1,40})", api.service, "service"),
    _address(r"v2/requests", api.requests, "requests"),
    _address(r"v2/requests/(?P<number>[A-Za-z0-9-]{1,40})", api.one_request, "request"),
    _address(r"v2/tokens/(?P<code>[A-Za-z0-9-]{1,40})", api.token, "token"),
]
