"""The word of a case's number: whose it is and of which kind, as 听公（澜城）行立字."""

from __future__ import annotations

from gongzhi.base.people.models import Unit

KINDS = {"administrative_case": "行立字", "criminal_case": "刑立字"}
ENDINGS = ("派出所", "大队", "支队", "公安局", "中心", "分局")


def word_for(unit: Unit, procedure: str) -> str:
    """The authority's first character and 公, the unit's short name, and the kind."""
    top = unit
    while top.parent is not None:
        top = top.parent
    own = "" if top == unit else f"（{_short(unit.name_zh)}）"
    return f"{top.name_zh[:1]}公{own}{KINDS.get(procedure, '立字')}"


def _short(name: str) -> str:
    for ending in ENDINGS:
        name = name.removesuffix(ending)
    return name[:8]
