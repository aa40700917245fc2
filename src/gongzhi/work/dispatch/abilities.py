"""What a unit can do and carries, in words."""

from __future__ import annotations

from gongzhi.base.catalogue.load import catalogue


def ability_words(code: str) -> str:
    """The name of a skill or of equipment; its code where the catalogue has it no more."""
    known = catalogue().abilities.get(code)
    return str(known.name) if known else code


def abilities(kind: str) -> list[tuple[str, str]]:
    """Code and name of every skill, or of all equipment, in the county's order."""
    return [(one.code, str(one.name)) for one in catalogue().abilities.values()
            if one.kind == kind]  # fmt: skip
