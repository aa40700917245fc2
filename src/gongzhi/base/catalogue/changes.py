"""What another catalogue would change: which items, which of their keys, which versions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import BaseModel

from gongzhi.base.catalogue.kinds.procedure import Procedure
from gongzhi.base.catalogue.load import KINDS, Catalogue


@dataclass(frozen=True)
class Change:
    """One item that differs. ``before`` or ``after`` is None for what is new or gone."""

    kind: str
    code: str
    before: BaseModel | None
    after: BaseModel | None

    @property
    def file(self) -> str:
        """Where it stands, e.g. ``clocks/request_answer.toml``."""
        return f"{self.kind}/{self.code}.toml"

    @property
    def keys(self) -> list[str]:
        """Which keys of an item that is in both differ, e.g. ``limit``."""
        if self.before is None or self.after is None:
            return []
        return list(differing(self.before.model_dump(), self.after.model_dump()))


@dataclass(frozen=True)
class VersionChange:
    """One version of a procedure that differs."""

    code: str
    in_force_from: date
    is_new: bool = False
    is_gone: bool = False
    keys: tuple[str, ...] = ()


def changes(old: Catalogue, new: Catalogue) -> list[Change]:
    """The items in which two catalogues differ, by kind and code."""
    return [
        Change(kind, code, before.get(code), after.get(code))
        for kind in KINDS
        for before, after in [(getattr(old, kind), getattr(new, kind))]
        for code in sorted({*before, *after})
        if before.get(code) != after.get(code)
    ]


def version_changes(before: Procedure, after: Procedure) -> list[VersionChange]:
    """The versions in which two readings of one procedure differ, the oldest first."""
    was = {one.code: one for one in before.versions}
    now = {one.code: one for one in after.versions}
    found = []
    for code in sorted({*was, *now}):
        if code not in was:
            found.append(VersionChange(code, now[code].in_force_from, is_new=True))
        elif code not in now:
            found.append(VersionChange(code, was[code].in_force_from, is_gone=True))
        elif was[code] != now[code]:
            keys = differing(was[code].model_dump(), now[code].model_dump())
            found.append(VersionChange(code, now[code].in_force_from, keys=tuple(keys)))
    return found


def differing(before: Any, after: Any, at: str = "") -> Iterator[str]:
    """The paths of the keys in which two contents differ; items of a list go by their code."""
    if before == after:
        return
    left, right = _named(before), _named(after)
    if left is None or right is None:
        yield at
        return
    for name in [*left, *(name for name in right if name not in left)]:
        path = f"{at}.{name}" if at else str(name)
        if name not in left or name not in right:
            yield path
        else:
            yield from differing(left[name], right[name], path)


def _named(content: Any) -> Mapping[str, Any] | None:
    """What the content's parts are called; None for what has none, such as a number."""
    if isinstance(content, Mapping):
        return content
    if isinstance(content, list | tuple) and content and all(_coded(one) for one in content):
        return {str(one["code"]): one for one in content}
    return None


def _coded(one: Any) -> bool:
    return isinstance(one, Mapping) and "code" in one
