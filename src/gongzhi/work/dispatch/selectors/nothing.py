"""What an empty queue says: what is true, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from gongzhi.base.access.permissions import may
from gongzhi.base.people.models import Account
from gongzhi.base.places.models import County


@dataclass(frozen=True)
class Nothing:
    """An empty queue: title and words, a link that leads on, and what its neighbour says."""

    title: str
    words: str
    aside: str
    icon: str = "inbox"
    href: str = ""
    action: str = ""


def nothing(
    who: Account, show: str, q: str, county: County | None, counts: Mapping[str, int]
) -> Nothing:
    """Why the queue that this person looks at has no row; `counts`: by filter."""
    if q:
        return _nothing_found(show, q, county)
    if county is not None:
        return _nothing_imported(county, counts)
    if show == "mine":
        return _nothing_mine(counts)
    if show == "all":
        return _nothing_ever(who)
    return _nothing_open(counts)


def _nothing_found(show: str, q: str, county: County | None) -> Nothing:
    narrow = show != "all"
    return Nothing(
        _("没有与“%(q)s”有关的警情") % {"q": q},
        _("现在只在“%(filter)s”里找。") % {"filter": _("我的") if show == "mine" else _("未结")}
        if narrow
        else _("换个编号、类别、地址或呼号再找。"),
        _("搜到的警情点开后，地点、警力和处置记录显示在这里。"),
        "search",
        _console(county, show="all", q=q) if narrow else _console(county, show="all"),
        _("在全部警情里找") if narrow else _("清除搜索"),
    )


def _nothing_imported(county: County, counts: Mapping[str, int]) -> Nothing:
    aside = _("导入的资料只能查看，不能派警。")
    if counts["all"]:
        return Nothing(
            _("导入的资料里没有未结的"), _("这些都是已经过去的事，在“全部”里看。"), aside, "check",
            _console(county, show="all"), _("看全部"),
        )  # fmt: skip
    if county.matters.exists():
        return Nothing(
            _("这份资料是居民诉求"),
            _("里面没有警情。居民诉求由指挥长和督察员查看，您的岗位看不到。"),
            aside, "lock", _console(None), _("回到本县"),
        )  # fmt: skip
    return Nothing(
        _("这份资料还没有导入成功的记录"),
        _("请看看导入时列出的未导入行和原因。"),
        aside, "inbox", _console(None), _("回到本县"),
    )  # fmt: skip


def _nothing_mine(counts: Mapping[str, int]) -> Nothing:
    there = counts["open"]
    return Nothing(
        _("没有归您的未结警情"),
        _("您派出的、由本单位承办的，会出现在这里。"),
        _("打开一件警情后，地点、建议出警和处置记录显示在这里。"),
        "check",
        _console(None) if there else "",
        _("看全部未结") if there else "",
    )


def _nothing_ever(who: Account) -> Nothing:
    takes = may(who, "calls.take_call")
    return Nothing(
        _("还没有接到过警情"),
        _("登记一通报警，警情马上排到这里。"),
        _coming(),
        "inbox",
        reverse("calls:new") if takes else "",
        _("去接警") if takes else "",
    )


def _nothing_open(counts: Mapping[str, int]) -> Nothing:
    past = counts["all"]
    return Nothing(
        _("现在没有未结的警情"),
        _("新的警情会立刻出现在这里，并在右边打开。"),
        _coming(),
        "check",
        _console(None, show="all") if past else "",
        _("看办结的") if past else "",
    )


def _coming() -> str:
    return _("来了警情，地点、建议出警和处置记录会显示在这里。")


def _console(county: County | None, **asked: str) -> str:
    told = {**asked, **({"county": county.code} if county else {})}
    return reverse("dispatch:console") + (f"?{urlencode(told)}" if told else "")
