"""Why something could not be sent, in words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongzhi.watch.exchange.outside_words import why_failed


def why(code: str) -> str:
    """In the reader's language; of a server's own answer, its number."""
    if code.startswith("smtp_"):
        return _("邮件服务器不收（%(code)s）") % {"code": code.removeprefix("smtp_")}
    own = {
        "no_channel": _("本县没有接这个渠道"),
        "no_secret": _("没有找到这个渠道的密钥"),
        "not_let_in": _("服务器不认我们的用户名和密码"),
        "sender_refused": _("服务器不让我们用这个发件地址"),
        "not_taken": _("对方说没有收下"),
        "too_late": _("放得太久，发了也没用了"),
    }
    return own.get(code) or why_failed(code)
