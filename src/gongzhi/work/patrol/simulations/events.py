"""What the log says of simulations: numbers, never what somebody called them."""

from django.utils.translation import gettext_lazy as _

from gongzhi.base.log.events import Number, Whole, event

ASKED = event("simulations.asked", _("安排推演"), changes=Whole, years=Number, repeats=Whole)
STOPPED = event("simulations.stopped", _("停下推演"), repeats=Whole)
WENT_ON = event("simulations.went_on", _("继续推演"), repeats=Whole)
DONE = event("simulations.done", _("推演完成"), repeats=Whole)
FAILED = event("simulations.failed", _("推演做不了"), repeats=Whole)
DROPPED = event("simulations.dropped", _("删除推演"), repeats=Whole)
