"""Files as they are shown: pictures only, and only to those who may see them."""

from __future__ import annotations

from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongzhi.base.access.marks import public
from gongzhi.base.files import store
from gongzhi.base.files.models import StoredFile
from gongzhi.base.files.permissions import may_see
from gongzhi.base.ui.errors import Refused

SHOWN = {"image/jpeg": "jpg"}
"""Whatever else were ever kept could only be downloaded."""


@public  # the asker is judged by what the file belongs to: see permissions
@require_safe
def picture(request: HttpRequest, key: int) -> HttpResponseBase:
    """The picture as it was kept."""
    file = _seen(request, key)
    return _answer(file, file.sha256)


@public
@require_safe
def small(request: HttpRequest, key: int) -> HttpResponseBase:
    """The small one, for lists."""
    file = _seen(request, key)
    return _answer(file, file.thumbnail or file.sha256)


def _seen(request: HttpRequest, key: int) -> StoredFile:
    """The file, if the asker may see it; else the same answer as if there were none."""
    file = StoredFile.objects.filter(pk=key).first()
    if file is None or not may_see(request, file):
        raise Refused(_("没有这个文件，或者您不能查看。"), code="no_such_file", status=404)
    return file


def _answer(file: StoredFile, digest: str) -> HttpResponseBase:
    try:
        content = store.path_of(digest).open("rb")
    except OSError:
        raise Refused(_("文件暂时读不出来。"), code="file_missing", status=404) from None
    ending = SHOWN.get(file.media_type)
    response = FileResponse(
        content,
        as_attachment=ending is None,
        filename=f"{file.pk}.{ending or 'bin'}",
        content_type=file.media_type if ending else "application/octet-stream",
    )
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    patch_cache_control(response, private=True, max_age=3600, immutable=True)
    return response
