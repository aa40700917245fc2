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
    "not_signed_in": gettext_lazy("对方不认用户名和密码，或者没有给写的权限"),
    "no_stream": gettext_lazy("对方没有这个数据流或者主题，也不让新建"),
    "no_client": gettext_lazy("没有装连接 Kafka 的程序：安装 gongzhi[kafka]"),
    "too_big": gettext_lazy("对方给的太大"),
    "no_secret": gettext_lazy("密钥目录里没有这个来源的凭据"),
    "no_folder": gettext_lazy("文件夹不在"),
    "no_file": gettext_lazy("文件不在"),
    "bad_query": gettext_lazy("查询写得不对，或者没有查的权限"),
    "no_json": gettext_lazy("回答不是 JSON"),
    "no_rows": gettext_lazy("回答里没有约定位置上的列表"),
    "pages_repeat": gettext_lazy("翻页翻回了看过的一页"),
    "other_server": gettext_lazy("对方的主机密钥和登记的不一样，没有连"),
    "no_sftp": gettext_lazy("没有装 SFTP 的程序：安装 gongzhi[sftp]"),
}


def why_failed(code: str) -> str:
    """What a `LineFailed` says."""
    if code.startswith("http_"):
        return _("对方回答 %(code)s") % {"code": code.removeprefix("http_")}
    return str(FAILURES.get(code, code))
