"""A few pages that fail in every way, mounted by the tests beside the real ones."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import include, path
from django.views.decorators.http import require_POST

from gongzhi.base.ui.errors import Refused

SENTENCE = "还不能办结：缺少现场照片。"


def refused(request: HttpRequest) -> HttpResponse:
    raise Refused(
        SENTENCE,
        code="element_missing",
        status=409,
        fields={"photo": "请上传照片。"},
        retry_after=30,
    )


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("a secret that no page may show")


def forbidden(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


def suspicious(request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation


def bare(request: HttpRequest, status: int) -> HttpResponse:
    return HttpResponse(status=status)


def echo(request: HttpRequest) -> JsonResponse:
    return JsonResponse(dict(request.POST.items()))


urlpatterns = [
    path("refused/", refused),
    path("api/refused/", refused),
    path("broken/", broken),
    path("forbidden/", forbidden),
    path("suspicious/", suspicious),
    path("bare/<int:status>/", bare),
    path("posted/", require_POST(echo)),
    path("echo/", echo),
    path("api/echo/", echo),
    path("", include("gongzhi.base.ui.urls")),
]
handler400 = "gongzhi.base.ui.pages.bad_request"
handler403 = "gongzhi.base.ui.pages.permission_denied"
handler404 = "gongzhi.base.ui.pages.page_not_found"
handler500 = "gongzhi.base.ui.pages.server_error"
