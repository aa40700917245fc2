"""What the log says of care: that something changed, and that a survey was opened and closed.

`KEPT` is one kind for everything that is booked, answered, offered or let go, by the platform,
about nobody, without a field: who reads the log learns that care is at work, nothing of anybody."""

from django.utils.translation import gettext_lazy as _

from gongzhi.base.log.events import Code, event

KEPT = event("care.kept", _("护理警心有变动"))
PULSE_OPENED = event("care.pulse_opened", _("发起无记名心情问卷"), form=Code, until=Code)
PULSE_CLOSED = event("care.pulse_closed", _("结束无记名心情问卷"))
