"""What the log says of sharing: who may get what, and what left; never a row, never a reason."""

from django.utils.translation import gettext_lazy as _

from gongzhi.base.log.events import Code, Codes, Id, Whole, event

_OF = {"agreement": Id, "unit": Id}
SHARING_ASKED = event(
    "agreements.sharing_asked", _("申请共享数据"),
    offer=Code, fields=Codes, questions=Codes, until=Code, **_OF,
)  # fmt: skip
SHARING_CONSENTED = event(
    "agreements.sharing_consented", _("同意共享数据"), part=Code, of=Id, **_OF
)
SHARING_REFUSED = event(
    "agreements.sharing_refused", _("不同意共享数据"), part=Code, of=Id, **_OF
)  # fmt: skip
SHARING_WITHDRAWN = event("agreements.sharing_withdrawn", _("撤回共享申请"), **_OF)
SHARING_BEGUN = event("agreements.sharing_begun", _("共享约定生效"), until=Code, **_OF)
SHARING_ENDED = event("agreements.sharing_ended", _("提前结束共享约定"), **_OF)
SHARING_EXPIRED = event("agreements.sharing_expired", _("共享约定到期"), **_OF)
EXPIRY_NEAR = event("agreements.expiry_near", _("共享约定快到期"), until=Code, **_OF)
KEY_BOUND = event("agreements.key_bound", _("给共享约定发了密钥"), key=Id, **_OF)
KEY_LOOSED = event("agreements.key_loosed", _("收回过了期的约定密钥"), key=Id, **_OF)
ROWS_DELIVERED = event(
    "agreements.rows_delivered", _("按约定给了数据"), offer=Code, rows=Whole, **_OF
)
QUESTION_ANSWERED = event(
    "agreements.question_answered", _("答了约定的问题"),
    question=Code, period=Code, new=Whole, **_OF,
)  # fmt: skip
DELIVERY_REFUSED = event(
    "agreements.delivery_refused", _("没有给：不在约定里"), what=Code, why=Code, **_OF
)
