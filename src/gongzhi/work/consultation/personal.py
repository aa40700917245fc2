"""Whether words say who somebody is: looked at before a question of one becomes an answer for all.

It finds what has a form (numbers, addresses, names with a title, whole sentences of the one who
asked), and so never everything: a second person reads it, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gongzhi.base.matters.terms import names_in

PHONE, CARD, MAIL, PLATE, NUMBER = "phone", "card", "mail", "plate", "number"
NAME, DOOR, DAY, WORDS = "name", "door", "day", "words"
SAID = {
    PHONE: _("手机号"), CARD: _("证件号、卡号"), MAIL: _("邮箱"), PLATE: _("车牌号"),
    NUMBER: _("一件诉求、申请的编号"), NAME: _("像是姓名"), DOOR: _("门牌号"),
    DAY: _("某一天"), WORDS: _("和居民的原话一样"),
}  # fmt: skip
SURE = frozenset({PHONE, CARD, MAIL, PLATE, NUMBER})
"""What has no place in an article whatever a reader thinks of it; the others may be innocent."""
_PATTERNS = (
    (PHONE, re.compile(r"(?<!\d)1[3-9]\d(?:[ -]?\d{4}){2}(?!\d)")),
    (CARD, re.compile(r"(?<!\d)(?:\d{17}[\dXx]|\d{15,19})(?![\dA-Za-z])")),
    (MAIL, re.compile(r"[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+", re.ASCII)),
    (PLATE, re.compile(r"[\u4e00-\u9fff][A-Z][·\s]?[A-HJ-NP-Z0-9]{5,6}(?![A-Za-z0-9])")),
    (NUMBER, re.compile(r"(?<![A-Z])[A-Z]{2}\d{6}-\d+")),
    (NAME, re.compile(r"\b(?:Mr|Mrs|Ms|Miss)\.? [A-Z][a-z]+")),
    (DOOR, re.compile(r"[\u4e00-\u9fff]{0,3}(?:路|街|巷|弄|村|里)\s?\d+\s?(?:号|弄)")),
    (DOOR, re.compile(r"\d+\s?(?:幢|栋|单元|室)")),
    (DOOR, re.compile(r"\b\d+ [A-Z][a-z]+ (?:Road|Street|Lane)\b|\b(?:Room|Flat) \d+")),
    (
        DAY,
        re.compile(r"\d{4}\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?[日号]|(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)"),
    ),
)
RUN = 12
"""Characters in a row that are no coincidence any more."""


@dataclass(frozen=True)
class Hit:
    """Something that may say who somebody is."""

    kind: str
    words: str

    @property
    def said(self) -> Promise | str:
        """What it looks like."""
        return SAID[self.kind]

    @property
    def sure(self) -> bool:
        """Whether it has to go."""
        return self.kind in SURE


def hits_in(texts: Iterable[str], told: str = "") -> list[Hit]:
    """What these texts may give away, each thing once; `told`: what the one who asked wrote."""
    found: dict[Hit, None] = {}
    for text in texts:
        taken: list[range] = []
        for kind, pattern in _PATTERNS:
            for match in pattern.finditer(text):
                spot = range(*match.span())
                if not any(spot.start in other for other in taken):
                    taken.append(spot)
                    found[Hit(kind, match.group())] = None
        for words in names_in(text):
            found[Hit(NAME, words)] = None
        for words in _repeated(text, told):
            found[Hit(WORDS, words)] = None
    return list(found)


def _repeated(text: str, told: str) -> list[str]:
    """The runs of `told` that stand in the text as they are."""
    known = {told[at : at + RUN] for at in range(len(told) - RUN + 1)}
    runs: list[str] = []
    at = 0
    while at + RUN <= len(text):
        if text[at : at + RUN] not in known:
            at += 1
            continue
        end = at + RUN
        while end < len(text) and text[end - RUN + 1 : end + 1] in known:
            end += 1
        runs.append(text[at:end])
        at = end
    return runs
