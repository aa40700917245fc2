"""What the log says of forecasts: that they were made, and what the gate let through."""

from django.utils.translation import gettext_lazy as _

from gongzhi.base.log.events import Code, Codes, Flag, Whole, event

EXAMINED = event(
    "forecasts.ways_examined", _("检验各类预测的办法"),
    until=Code, days=Whole, categories=Whole, adopted=Codes, enough=Flag,
)  # fmt: skip
FORESEEN = event(
    "forecasts.days_foreseen", _("作出往后几天的预测"), after=Code, days=Whole, categories=Whole
)
