"""Why one was turned away, or an office can't be reached, in a duty officer's words."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongzhi.watch.exchange.outside_words import why_failed

REASONS = {
    "too_big": gettext_lazy("文件太大，超过 1 MB"),
    "forbidden_xml": gettext_lazy("文件里有 DTD 或者实体，可能是攻击，没有读"),
    "broken_xml": gettext_lazy("不是完整的 XML"),
    "not_cap": gettext_lazy("不是 CAP 1.2 预警"),
    "missing": gettext_lazy("缺少必需的内容"),
    "bad_time": gettext_lazy("时间写法不对，或者没有时区"),
    "unknown_code": gettext_lazy("用了标准里没有的代码"),
    "bad_name": gettext_lazy("编号或者发送者里有不允许的字符"),
    "bad_reference": gettext_lazy("看不出更新的是哪一条"),
    "bad_polygon": gettext_lazy("边界不是闭合的一圈"),
    "bad_circle": gettext_lazy("圆圈写得不对"),
    "sent_in_future": gettext_lazy("发送时间在将来，对方的时钟快了"),
    "too_old": gettext_lazy("一个星期以前发的"),
    "sent_after_expires": gettext_lazy("发送时间在结束时间以后"),
    "over": gettext_lazy("收到时已经过期"),
    "too_long": gettext_lazy("结束时间在一个月以后，多半写错了"),
    "onset_after_expires": gettext_lazy("开始时间在结束时间以后"),
    "no_area": gettext_lazy("没有说在哪里"),
    "no_shape": gettext_lazy("地点只有编码，没有边界，画不出来"),
    "swapped": gettext_lazy("经度和纬度写反了"),
    "nowhere": gettext_lazy("位置不在地球上，或者是 0, 0"),
    "not_public": gettext_lazy("不是给公众的"),
    "not_a_warning": gettext_lazy("只是回执，不是预警"),
    "status_exercise": gettext_lazy("是演练"),
    "status_test": gettext_lazy("是测试"),
    "status_draft": gettext_lazy("是草稿"),
    "status_system": gettext_lazy("是系统消息"),
}


def reason(told: str) -> str:
    """One reason with the element it is about: 缺少必需的内容（expires）."""
    code, _sep, element = told.partition(":")
    said = str(REASONS.get(code, code))
    return _("%(said)s（%(element)s）") % {"said": said, "element": element} if element else said


def failure(code: str) -> str:
    """Why an office can't be reached or read."""
    return str(REASONS.get(code) or why_failed(code))
