"""What the log says of matters."""

from django.utils.translation import gettext_lazy as _

from gongzhi.base.log.events import Code, Codes, Flag, Id, Whole, event

OPENED = event(
    "matters.matter_opened",
    _("立件"),
    procedure=Code, version=Code, category=Code, priority=Whole, unit=Id,
)  # fmt: skip
STEP_TAKEN = event(
    "matters.step_taken", _("进入下一环节"), step=Code, previous=Code, elements=Codes
)
HANDED_OVER = event(
    "matters.matter_handed_over", _("移交"), giver=Id, taker=Id, reason=Code, bounce=Flag
)
