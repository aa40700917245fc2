"""What the log says of signing in, of what is shown for it, and of keys."""

from django.utils.translation import gettext_lazy as _

from gongzhi.base.log.events import Code, Codes, Flag, Id, When, Whole, event

SIGNED_IN = event("access.signed_in", _("登录"), way=Code)
SIGNED_OUT = event("access.signed_out", _("退出登录"))
SIGN_IN_FAILED = event("access.sign_in_failed", _("登录失败"), way=Code)
SECOND_SHOWN = event("access.second_shown", _("通过了第二重验证"), way=Code)
CODE_APP_SET = event("access.code_app_set", _("设好了验证码应用"))
CODE_APP_REMOVED = event("access.code_app_removed", _("停用了验证码应用"))
CODES_DRAWN = event("access.codes_drawn", _("换了一批备用码"), codes=Whole)
PASSKEY_ADDED = event("access.passkey_added", _("添加了通行密钥"))
PASSKEY_REMOVED = event("access.passkey_removed", _("删除了通行密钥"))
SECOND_RESET = event(
    "access.second_reset", _("替人重置了第二重验证"), code_app=Flag, passkeys=Whole
)
SESSIONS_ENDED = event("access.sessions_ended", _("让登录失效"), sessions=Whole)
PROVIDER_LINKED = event("access.provider_linked", _("关联了统一身份"), provider=Code)
PROVIDER_UNLINKED = event("access.provider_unlinked", _("解除了统一身份关联"), provider=Code)
KEY_ISSUED = event(
    "access.key_issued", _("发放了接口密钥"),
    unit=Id, permissions=Codes, owner=Id, expires=When,
)  # fmt: skip
KEY_ROTATED = event("access.key_rotated", _("换了接口密钥"), older_until=When)
KEY_REVOKED = event("access.key_revoked", _("收回了接口密钥"))
