"""What the log says of the lake."""

from django.utils.translation import gettext_lazy as _

from gongzhi.base.log.events import Whole, event

REBUILT = event("lake.lake_rebuilt", _("重建了分析数据"), facts=Whole, months=Whole)
