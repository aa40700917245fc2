"""The stream's place among the addresses, and what stands there where no stream is served."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from gongzhi.base.access.marks import staff
from gongzhi.base.ui.answers import error
from gongzhi.base.ui.sentences import Sentence

NO_STREAM = Sentence(_("没有实时更新"), _("这台服务器没有开启实时更新，请刷新页面查看最新情况。"))


@staff()
@require_safe
def stream(request: HttpRequest) -> HttpResponse:
    """503: `stream.stream` answers before Django does, unless another server runs Django."""
    return error(request, 503, NO_STREAM)
