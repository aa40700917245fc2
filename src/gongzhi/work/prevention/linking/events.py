"""What the log says of series: numbers, and reasons by their codes; never a word of a call."""

from django.utils.translation import gettext_lazy as _

from gongzhi.base.log.events import Code, Codes, Flag, Id, Number, Whole, event

PROPOSED = event(
    "linking.series_proposed", _("提出疑似串并"),
    topic=Flag, category=Code, town=Code, members=Whole, weight=Number, reasons=Codes,
)  # fmt: skip
"""``reasons``: the parts of the comparison that speak for it, the strongest first; ``weight``: how
many bits more than needed, and more for more members."""
CHANGED = event(
    "linking.series_changed", _("疑似串并有增减"), members=Whole, added=Whole, removed=Whole
)
LAPSED = event("linking.series_lapsed", _("不再像一个系列，撤下提示"), members=Whole)
CONFIRMED = event("linking.series_confirmed", _("确认串并"), reason=Code, members=Whole)
REJECTED = event("linking.series_rejected", _("排除串并"), reason=Code, members=Whole)
MEMBER_LEFT_OUT = event(
    "linking.member_left_out", _("从串并里去掉一起"), matter=Id, reason=Code, members=Whole
)
MEMBER_PUT_BACK = event(
    "linking.member_put_back", _("把去掉的一起放回串并"), matter=Id, members=Whole
)
UNDONE = event("linking.verdict_undone", _("撤销串并的判断"), reason=Code, verdict=Code)
