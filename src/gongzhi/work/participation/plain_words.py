"""Whether an answer says anything, and says it plainly: hints for whoever writes one.

Nothing here judges the writer, and all but one thing is a hint: words that say nothing at all
(“已转相关部门处理”) are no answer, and are refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from gongzhi.base.matters.masking import private_in
from gongzhi.base.ui.errors import Refused
from gongzhi.work.participation.phrases import EMPTY, JARGON

SHORT, LONG = 15, 70
"""Characters: fewer explain nothing; a sentence with more is read twice."""
LEFT = 6
"""Characters that must be left when empty phrases are taken out."""
_SENTENCE = re.compile(r"[。！？!?；;\n]")
_WORD = re.compile(r"[\u4e00-\u9fffA-Za-z0-9]")


@dataclass(frozen=True)
class Hint:
    """``kind``: empty, short, long, jargon, private. ``words``: for the writer."""

    kind: str
    words: str


def says_nothing(words: str) -> bool:
    """Whether nothing is left of it without phrases that fit any matter."""
    rest, taken = EMPTY.subn("", words)
    return bool(taken) and len(_WORD.findall(rest)) < LEFT


def require_an_answer(words: str) -> None:
    """Refuse (422) words that say nothing."""
    if says_nothing(words):
        wrong = _("这段话放在哪件事上都一样，等于没有答复。请写查到了什么、做了什么、到哪天。")
        raise Refused(wrong, code="says_nothing", status=422, fields={"words": wrong})


def hints_for(words: str) -> list[Hint]:
    """What could be plainer; nothing of an empty field."""
    told = words.strip()
    if not told:
        return []
    found = []
    if says_nothing(told):
        found.append(Hint("empty", _("这段话放在哪件事上都一样，请写这件事查到了什么、做了什么。")))
    elif len(_WORD.findall(told)) < SHORT:
        found.append(Hint("short", _("有点短：查到了什么、怎么处理的、什么时候好，居民都想知道。")))
    longest = max(len(one) for one in _SENTENCE.split(told))
    if longest > LONG:
        long = _("有一句话 %(n)s 个字，拆成两三句更好懂。") % {"n": longest}
        found.append(Hint("long", long))
    for phrase, instead in JARGON.items():
        if phrase in told:
            said = _("“%(phrase)s”居民看不出是什么：%(instead)s。")
            found.append(Hint("jargon", said % {"phrase": phrase, "instead": instead}))
    if private_in(told):
        found.append(Hint("private", _("里面有电话、证件号之类的号码，别人看时会自动隐去。")))
    return found
