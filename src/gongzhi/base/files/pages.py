"""Files as they are shown: pictures only, and only to those who may see them."""

from __future__ import annotations

from itertools import chain

from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongzhi.base.access.marks import public
from gongzhi.base.files.contents import FAULTS, Unreadable, pieces, require_whole
from gongzhi.base.files.models import StoredFile
from gongzhi.base.files.permissions import may_see
from gongzhi.base.ui.errors import Refused

SHOWN = {"image/jpeg": "jpg"}
"""Whatever else were ever kept could only be downloaded."""


@public  # the asker is judged by what the file belongs to: see permissions
@require_safe
def picture(request: HttpRequest, key: int) -> HttpResponseBase:
    """The picture as it was kept."""
    return _answer(_seen(request, key))


@public
@require_safe
def small(request: HttpRequest, key: int) -> HttpResponseBase:
    """The small one, for lists."""
    file = _seen(request, key)
    return _answer(file, small=bool(file.thumbnail))


def _seen(request: HttpRequest, key: int) -> StoredFile:
    """The file, if the asker may see it; else the same answer as if there were none."""
    file = StoredFile.objects.select_related("key").filter(pk=key).first()
    if file is None or not may_see(request, file):
        raise Refused(_("没有这个文件，或者您不能查看。"), code="no_such_file", status=404)
    return file


def _answer(file: StoredFile, *, small: bool = False) -> HttpResponseBase:
    ending = SHOWN.get(file.media_type)
    shown = pieces(file, small=small)
    try:
        first = next(shown, b"")  # so that what can't be read at all is said in words
    except Unreadable as wrong:
        raise Refused(FAULTS[wrong.fault], code="file_unreadable", status=404) from None
    response = StreamingHttpResponse(
        chain((first,), shown),
        content_type=file.media_type if ending else "application/octet-stream",
    )
    way = "inline" if ending else "attachment"
    response["Content-Disposition"] = f'{way}; filename="{file.pk}.{ending or "bin"}"'
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    patch_cache_control(response, private=True, max_age=3600, immutable=True)
    return response


def shown_inline(file: StoredFile) -> HttpResponseBase:
    """A picture that we made anew, to be looked at this once and kept by no browser."""
    response = _answer(file)
    response["Cache-Control"] = "no-store"
    return response


def download(file: StoredFile, name: str) -> HttpResponseBase:
    """The file as it was kept, to be saved and never shown; read through first, so that nobody
    gets half of one that isn't what it was."""
    require_whole(file)
    response = StreamingHttpResponse(pieces(file), content_type="application/octet-stream")
    response["Content-Length"] = str(file.bytes)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response
