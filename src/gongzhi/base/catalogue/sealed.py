"""Which procedures are sealed: their matters are told of on their own pages, and nowhere else.

Whatever lists, counts, searches or tells matters of several kinds leaves these out, for everybody;
a test walks every address to see that it does (``tests/safeguards/test_sealed_complaints.py``).
"""

from __future__ import annotations

from gongzhi.base.catalogue.load import catalogue


def sealed_procedures() -> list[str]:
    """Their codes."""
    return [one.code for one in catalogue().procedures.values() if one.sealed]


def procedures_for(kind: str) -> list[str]:
    """The codes of the procedures for matters of this kind."""
    return [one.code for one in catalogue().procedures.values() if one.kind == kind]
