"""The addresses of GeoReport v2."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from gongzhi.base.access.keys import key_of
from gongzhi.base.access.marks import programs
from gongzhi.base.access.permissions import may
from gongzhi.base.access.throttle import address_of, limit
from gongzhi.base.places.selectors import own_county
from gongzhi.base.ui.context import county_name
from gongzhi.base.ui.errors import Refused
from gongzhi.watch.exchange.open311 import reading
from gongzhi.watch.exchange.open311.answers import Format, answer, in_its_form
from gongzhi.watch.exchange.open311.filing import file_from
from gongzhi.watch.exchange.open311.services import definition, service_named, services
from gongzhi.work.participation.codes import code_for, shown
from gongzhi.work.participation.selectors import receipt_of

CHANGED = "2026-11-24T00:00:00Z"
"""When what is offered here last changed."""
SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"
READS = 600
"""Reads that one address has in ten minutes; with a key, ten times as many."""
MINUTES = 600


@programs
@require_safe
@in_its_form
def discovery(request: HttpRequest, form: Format) -> HttpResponse:
    """Where the interface is and what it speaks."""
    endpoint = {
        "specification": SPECIFICATION,
        "url": request.build_absolute_uri("/open311/v2"),
        "changeset": CHANGED,
        "type": "production",
        "formats": ["application/json", "text/xml"],
    }
    told = {
        "changeset": CHANGED,
        "contact": county_name(),
        "key_service": _("密钥由本县数据管理员发放。"),
        "endpoints": [endpoint],
    }
    return answer("discovery", told, form)


@programs
@require_safe
@in_its_form
def service_list(request: HttpRequest, form: Format) -> HttpResponse:
    """What can be reported."""
    _of_this_county(request)
    return answer("services", services(), form)


@programs
@require_safe
@in_its_form
def service(request: HttpRequest, code: str, form: Format) -> HttpResponse:
    """What is asked about one service."""
    _of_this_county(request)
    return answer("service_definition", definition(service_named(code)), form)


@programs
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@in_its_form
def requests(request: HttpRequest, form: Format) -> HttpResponse:
    """The requests that a query finds; or, with POST, a new one."""
    _of_this_county(request)
    return _file(request, form) if request.method == "POST" else _list(request, form)


@programs
@never_cache
@require_safe
@in_its_form
def one_request(request: HttpRequest, number: str, form: Format) -> HttpResponse:
    """One request."""
    whole = _may_see_whole(request)
    return answer("service_requests", reading.shown([reading.request_named(number)], whole=whole),
                  form)  # fmt: skip


@programs
@never_cache
@require_safe
@in_its_form
def token(request: HttpRequest, code: str, form: Format) -> HttpResponse:
    """The number behind a follow-up code. Guessing codes is throttled like the residents' page."""
    limit("follow", address_of(request), tries=20, seconds=MINUTES)
    found = {"service_request_id": receipt_of(code).matter.number, "token": code}
    return answer("service_requests", [found], form)


def _list(request: HttpRequest, form: Format) -> HttpResponse:
    whole = _may_see_whole(request)
    page, more = reading.page_of(reading.requests_like(request.GET), request.GET)
    response = answer("service_requests", reading.shown(page, whole=whole), form)
    if more:
        query = request.GET.copy()
        query.pop("api_key", None)
        query["page"] = str(int(query.get("page") or 1) + 1)
        following = request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
        response["Link"] = f'<{following}>; rel="next"'
    return response


def _file(request: HttpRequest, form: Format) -> HttpResponse:
    key = key_of(request)
    if key is None:
        raise Refused(_("提交诉求需要接口密钥（api_key）。"), code="key_missing", status=403)
    limit("open311", f"key {key.pk}", tries=600, seconds=MINUTES)
    receipt, send = file_from(request, key)
    notice = _("查询码 %(code)s，凭它在本县网页上看进展。") % {"code": shown(code_for(send))}
    made: dict[str, Any] = {
        "service_request_id": receipt.matter.number,
        "service_notice": notice,
        "account_id": "",
    }
    return answer("service_requests", [made], form, status=201)


def _may_see_whole(request: HttpRequest) -> bool:
    """Whether the reader's key allows words and exact places; counts the read."""
    key = key_of(request)
    who = f"key {key.pk}" if key else address_of(request)
    limit("open311.read", who, tries=READS * (10 if key else 1), seconds=MINUTES)
    return key is not None and may(key, "participation.view_requests")


def _of_this_county(request: HttpRequest) -> None:
    """Refuse a request that names another jurisdiction."""
    named = request.GET.get("jurisdiction_id") or request.POST.get("jurisdiction_id")
    own = own_county()
    if named and own is not None and named != own.code:
        raise Refused(
            _("这里不是 jurisdiction_id“%(code)s”。") % {"code": named[:40]},
            code="jurisdiction",
            status=404,
        )
