"""The line on residents' pages while a warning stands."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext as _

from gongzhi.base.ui.banners import Banner
from gongzhi.base.ui.context import address
from gongzhi.work.prevention.warnings.selectors import standing
from gongzhi.work.prevention.warnings.words import called


def banner(request: HttpRequest) -> Banner | None:
    """The gravest one, and how many more; none on the warnings' own pages."""
    url = address("warnings:index")
    if not url or request.path.startswith(url):
        return None
    found = standing()
    if not found:
        return None
    first = found[0]
    assert first.current is not None  # noqa: S101  (what stands says something)
    more = len(found) - 1
    words = first.current.headline
    if more:
        words = _("%(headline)s（另有 %(n)s 条）") % {"headline": words, "n": more}
    return Banner(url, called(first), words, first.kind.icon, first.current.severity)
