"""Why an outside machine can't be reached, in words."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

FAILURES = {
    "exercise": gettext_lazy("演练中，不连外面"),
    "private": gettext_lazy("地址在内部网络。确实要连的，由运维写进 GONGZHI_INTRANET"),
    "no_host": gettext_lazy("找不到这个主机"),
    "no_answer": gettext_lazy("没有应答"),
    "timeout": gettext_lazy("等得太久"),
    "tls": gettext_lazy("证书不对，没有读"),
    "redirect_elsewhere": gettext_lazy("对方转到了别的主机，没有跟过去"),
    "too_many_redirects": gettext_lazy("对方转来转去"),
    "bad_address": gettext_lazy("地址写得不对"),
}


def why_failed(code: str) -> str:
    """What a `LineFailed` says."""
    if code.startswith("http_"):
        return _("对方回答 %(code)s") % {"code": code.removeprefix("http_")}
    return str(FAILURES.get(code, code))
