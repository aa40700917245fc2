"""The two numbers of a case: its own, as papers bear it, and its matter's."""

from __future__ import annotations

import re

from gongzhi.work.cases.models import Case

_WRITTEN = re.compile(r"(.{2,24})〔(\d{4})〕(\d{1,9})号")


def matter_number(number: str) -> str:
    """The matter's number of the case that is called so; what is no case's number as it came."""
    written = _WRITTEN.fullmatch(number.strip())
    if written is None:
        return number
    found = Case.objects.filter(word=written[1], year=int(written[2]), count=int(written[3]))
    case = found.select_related("matter").first()
    return case.matter.number if case else number
