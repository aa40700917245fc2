"""Topics that somebody can subscribe to, and the events that are news of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise


@dataclass(frozen=True)
class Topic:
    """``kinds``: events that are news of it, and what each is called; ``page``: the name of the
    page where it stands; ``one``: of the page of the thing itself, by its key, if it has one."""

    name: _StrOrPromise
    kinds: Mapping[str, _StrOrPromise]
    page: str
    one: str = ""


TOPICS: Mapping[str, Topic] = {
    "proposals": Topic(
        _("居民建议，答应了什么、做到没有"),
        {
            "proposals.proposal_made": _("一条新的居民建议"),
            "proposals.promise_made": _("答应了一件事"),
            "proposals.promise_ended": _("答应的事有了结果"),
        },
        "proposals:proposals", "proposals:proposal",
    ),
    "consultations": Topic(
        _("征求意见"),
        {
            "proposals.consultation_opened": _("公开征求意见"),
            "proposals.consultation_decided": _("征求意见有了决定"),
        },
        "proposals:consultations", "proposals:consultation",
    ),
    "votes": Topic(
        _("居民投票"),
        {
            "proposals.vote_opened": _("居民投票开始了"),
            "proposals.vote_counted": _("居民投票有了结果"),
        },
        "proposals:votes", "proposals:vote",
    ),
    "problems": Topic(
        _("社区难题，请大家一起想办法的，和结果"),
        {
            "problems.opened_to_residents": _("一个社区难题请大家一起想办法"),
            "problems.result_published": _("一个社区难题有了结果"),
        },
        "problems:open_list", "problems:open",
    ),
    "articles": Topic(
        _("新的问答"), {"consultation.article_published": _("一条新的问答")}, "consultation:ask"
    ),
}  # fmt: skip
"""Code → topic. News of one says what kind of thing it is, and where; never what is in it."""

NEARBY = frozenset({"proposals", "consultations", "problems"})
"""Topics of which whoever follows a place is told, where they happen there."""


def of_kind(kind: str) -> str:
    """The topic that this event is news of; "" for none."""
    return next((code for code, topic in TOPICS.items() if kind in topic.kinds), "")
