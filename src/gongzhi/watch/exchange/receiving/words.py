"""Why a row is in quarantine and why a delivery is held, in words."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongzhi.base.catalogue.kinds.connector import Connector

ROWS = {
    "missing": gettext_lazy("没有填"),
    "type": gettext_lazy("读不成约定的类型"),
    "choice": gettext_lazy("不在约定的取值里"),
    "range": gettext_lazy("超出约定的范围"),
    "pattern": gettext_lazy("写法和约定的不一样"),
    "length": gettext_lazy("太长"),
    "reference": gettext_lazy("对不上：引用的那一项不存在"),
    "twice": gettext_lazy("重复，而且内容不一样"),
    "unreadable": gettext_lazy("这一行读不出来"),
    "width": gettext_lazy("这一行的格数和表头不一样"),
    "nul": gettext_lazy("这一行有空字符"),
    "encoding": gettext_lazy("这一行的编码不对"),
}
KINDS = {
    "text": gettext_lazy("文字"),
    "code": gettext_lazy("取值"),
    "whole": gettext_lazy("整数"),
    "decimal": gettext_lazy("小数"),
    "flag": gettext_lazy("是或否"),
    "day": gettext_lazy("日期"),
    "time": gettext_lazy("时间"),
}
HOLDS = {
    "volume_low": gettext_lazy("行数少于约定的下限"),
    "volume_high": gettext_lazy("行数多于约定的上限"),
    "volume_fell": gettext_lazy("行数比平时少得多"),
    "volume_rose": gettext_lazy("行数比平时多得多"),
    "stale": gettext_lazy("最新的一行也太旧了"),
    "many_bad": gettext_lazy("不合约定的行太多"),
    "columns": gettext_lazy("缺列"),
    "empty": gettext_lazy("里面没有一行数据"),
    "gone": gettext_lazy("读到一半，来源那里已经没有了"),
    "unreadable": gettext_lazy("不是能读的表格"),
}


def row_reason(code: str, connector: Connector) -> str:
    """``field:reason`` as ``field: what is wrong``."""
    name, _colon, reason = code.partition(":")
    one = connector.contract.field(name)
    whose = str(one.says) if one else {"key": _("编号"), "row": _("整行")}.get(name, name)
    told = {"field": whose, "why": ROWS.get(reason, reason)}
    return _("%(field)s：%(why)s") % told


def hold_reason(code: str, connector: Connector) -> str:
    """``columns:field`` as a sentence."""
    reason, _colon, about = code.partition(":")
    said = str(HOLDS.get(reason, reason))
    one = connector.contract.field(about) if about else None
    if one is not None:
        said = _("缺“%(column)s”这一列") % {"column": one.source_column}
    return said
