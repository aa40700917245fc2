"""What the log says of units and accounts."""

from django.utils.translation import gettext_lazy as _

from gongzhi.base.log.events import Code, Codes, Id, event

UNIT_OPENED = event("people.unit_opened", _("设立了单位"), unit=Code, kind=Code, parent=Id)
ACCOUNT_OPENED = event("people.account_opened", _("开通了账号"), unit=Id, roles=Codes)
