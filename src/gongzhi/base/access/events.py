"""What the log says of signing in and of keys."""

from django.utils.translation import gettext_lazy as _

from gongzhi.base.log.events import Code, Codes, Id, event

SIGNED_IN = event("access.signed_in", _("登录"), way=Code)
SIGNED_OUT = event("access.signed_out", _("退出登录"))
SIGN_IN_FAILED = event("access.sign_in_failed", _("登录失败"), way=Code)
KEY_ISSUED = event("access.key_issued", _("发放了接口密钥"), unit=Id, permissions=Codes)
KEY_REVOKED = event("access.key_revoked", _("收回了接口密钥"))
