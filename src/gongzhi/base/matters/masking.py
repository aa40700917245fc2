"""Numbers by which somebody can be reached or named, taken out of words before they are public.

Whoever shows words to more people than wrote them, or were written to, shows `masked` words. What
is stored stays as it was written: the unit that sees to it may need it. Telephone numbers (also
with blanks and dashes between, in full-width figures, or spelt in Chinese), identity and bank card
numbers, e-mail addresses, plates, and names in messengers are taken out. The short numbers of
services (110, 12345) stay, and so do those of the partners in the catalogue. Names are not looked
for: a name that can't be told from a place would take half the sentence with it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.matters.terms import HANDLE, MAIL, PLATE

_FIGURES = {
    ord(wide): plain for wide, plain in zip("０１２３４５６７８９＋－", "0123456789+-", strict=True)
}
_CHINESE = "〇零一二三四五六七八九幺"
_BETWEEN = r"[\s\-\u2010-\u2015_.·•,，、/()（）*\u200b-\u200d\u2060\ufeff]{0,3}"
"""What people put between figures, so that no machine finds them."""
_MOBILE = re.compile(
    rf"(?<!\d)(?:(?:\+|00)86{_BETWEEN})?1{_BETWEEN}[3-9](?:{_BETWEEN}\d){{9}}(?!\d)"
)
_LANDLINE = re.compile(rf"(?<!\d)[(（]?0\d{{2,3}}{_BETWEEN}[2-9](?:[ -]?\d){{6,7}}(?!\d)")
_FOREIGN = re.compile(r"(?<![\d+])\+\d(?:[ -]?\d){6,13}(?!\d)")
_SAID = re.compile(
    r"(?:电话|手机|号码|联系|致电|拨打?|热线|tel|phone|call|mobile)[^\d\n]{0,6}"
    r"(?P<number>[2-9]\d{2,3}[ -]?\d{4})(?!\d)",
    re.IGNORECASE,
)
"""A number without its area, which only the words before it tell from an amount."""
_SPELT = re.compile(
    rf"(?<![{_CHINESE}])[幺一][三四五六七八九](?:[ ,，、-]?[{_CHINESE}]){{9}}(?![{_CHINESE}])"
)
_LONG = re.compile(r"(?<!\d)\d(?:[ -]?\d){13,18}(?:[ -]?[Xx])?(?![\dA-Za-z])")


class Private(NamedTuple):
    """Where in the words something stands that says who or where somebody is, and of what kind."""

    start: int
    end: int
    kind: str


def masked(words: str) -> str:
    """The words without what could reach or name somebody."""
    told, at = [], 0
    for one in private_in(words):
        told += [words[at : one.start], _("（号码已隐去）")]
        at = one.end
    return "".join([*told, words[at:]])


def private_in(words: str) -> list[Private]:
    """What `masked` would take out, in the order of the words; none overlaps another."""
    plain = words.translate(_FIGURES)  # as long as before, so that places fit
    found = sorted(_found(plain), key=lambda one: (one.start, -one.end))
    kept: list[Private] = []
    for one in found:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
        elif one.end > kept[-1].end:  # two that overlap go together
            kept[-1] = Private(kept[-1].start, one.end, kept[-1].kind)
    return kept


def _found(plain: str) -> Iterator[Private]:
    known = _offices()
    for pattern, kind, fits in _PATTERNS:
        for match in pattern.finditer(plain):
            group = "number" if "number" in pattern.groupindex else 0
            if fits(match[group]) and _digits(match[group]) not in known:
                yield Private(match.start(group), match.end(group), kind)


def _offices() -> set[str]:
    """Numbers that the catalogue publishes itself."""
    return {_digits(one.phone) for one in catalogue().partners.values()} - {""}


def _digits(text: str) -> str:
    return "".join(one for one in text if one.isdigit())


def _identity_or_card(text: str) -> bool:
    digits = _digits(text)
    return _is_identity(digits, text[-1] in "Xx") or (len(digits) >= 16 and _is_card(digits))


def _is_identity(digits: str, ends_with_x: bool) -> bool:
    """Eighteen with the day of birth in the middle, or fifteen as they were before 2000."""
    if len(digits) == 17 + (not ends_with_x):
        return _is_day(digits[6:14])
    return len(digits) == 15 and _is_day(f"19{digits[6:12]}")


def _is_day(text: str) -> bool:
    try:
        return 1900 <= date(int(text[:4]), int(text[4:6]), int(text[6:8])).year < 2100
    except ValueError:
        return False


def _is_card(digits: str) -> bool:
    """By the check digit (ISO/IEC 7812-1)."""
    doubled = (int(one) * (1 + at % 2) for at, one in enumerate(reversed(digits)))
    return sum(one - 9 if one > 9 else one for one in doubled) % 10 == 0


def _any(_text: str) -> bool:
    return True


_PATTERNS: tuple[tuple[re.Pattern[str], str, Callable[[str], bool]], ...] = (
    (_MOBILE, "phone", _any),
    (_LANDLINE, "phone", _any),
    (_FOREIGN, "phone", _any),
    (_SAID, "phone", _any),
    (_SPELT, "phone", _any),
    (_LONG, "identity", _identity_or_card),
    (re.compile(MAIL), "email", _any),
    (re.compile(PLATE), "plate", _any),
    (re.compile(HANDLE, re.IGNORECASE), "account", _any),
)
