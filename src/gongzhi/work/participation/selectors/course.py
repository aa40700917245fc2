"""What may be done with a request now, by whom, and why not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongzhi.base.access.permissions import lacking, may
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.course import step_that_may_follow
from gongzhi.base.matters.models import Matter
from gongzhi.base.matters.permissions import require_owner, require_step
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

STEPS = {"accept": "accepted", "start": "in_progress", "ask": "waiting_for_resident",
         "answer": "answered", "merge": "merged"}  # fmt: skip
NEEDS = {
    "accept": "participation.answer_request",
    "start": "participation.answer_request",
    "ask": "participation.ask_resident",
    "answer": "participation.answer_request",
    "merge": "matters.take_step",
    "sort": "participation.answer_request",
    "send": "matters.hand_over",
    "take": "participation.answer_request",
    "note": "participation.answer_request",
}
WORDS: dict[str, tuple[_StrOrPromise, str]] = {
    "accept": (gettext_lazy("受理这件"), "check"),
    "start": (gettext_lazy("开始办理"), "pulse"),
    "answer": (gettext_lazy("答复居民"), "megaphone"),
    "ask": (gettext_lazy("问居民"), "question"),
    "send": (gettext_lazy("移交给别的单位"), "hand-over"),
    "merge": (gettext_lazy("合并到另一件"), "merge"),
    "sort": (gettext_lazy("改类别"), "filter"),
    "take": (gettext_lazy("指定承办人"), "person"),
    "note": (gettext_lazy("内部记录"), "edit"),
}


@dataclass(frozen=True)
class Deed:
    """Something that can be done with a request; ``refusal`` says why not now."""

    code: str
    words: str
    icon: str
    refusal: str = ""


def deeds(account: Account, matter: Matter) -> list[Deed]:
    """Everything that units do with requests, what is possible now and what isn't."""
    return [
        Deed(code, str(words), icon, _refusal(account, matter, code))
        for code, (words, icon) in WORDS.items()
    ]


def _refusal(account: Account, matter: Matter, code: str) -> str:
    try:
        _check(account, matter, code)
    except Refused as refused:
        return str(refused)
    return ""


def _check(account: Account, matter: Matter, code: str) -> None:
    if not may(account, NEEDS[code]):
        raise lacking(NEEDS[code])
    by = Actor.account(account)
    require_owner(by, matter)
    if code in STEPS:
        require_step(by, matter, step_that_may_follow(matter, STEPS[code]))
    elif matter.closed_at is not None and code != "note":
        raise Refused(_("已经办结。"))
    elif code == "sort" and matter.step == "answered":
        raise Refused(_("已经答复了，类别不能再改。"))
