"""What the log says of proofs: that one was asked for and came, never of which address."""

from django.utils.translation import gettext_lazy as _

from gongzhi.base.log.events import Id, Whole, event

CODE_ASKED = event("reach.code_asked", _("要了验证码"), proof=Id)
CODE_SENT = event("reach.code_sent", _("验证码发出去了"), proof=Id)
ADDRESS_PROVED = event("reach.address_proved", _("验证了号码或者邮箱"), proof=Id)
PROOFS_ERASED = event("reach.proofs_erased", _("清除了验证过的号码和邮箱"), count=Whole)
