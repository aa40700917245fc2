"""What the log says of the three maps: that figures were taken away, and which."""

from django.utils.translation import gettext_lazy as _

from gongzhi.base.log.events import Code, Flag, When, Whole, event

EXPORTED = event(
    "maps.figures_exported", _("导出了三张图的数字"), format=Code, matters=Code, category=Code,
    group=Code, town=Code, since=When, until=When, resolution=Whole, hours=Whole, compared=Flag,
)  # fmt: skip
