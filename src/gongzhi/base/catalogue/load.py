"""Reading the catalogue: what ships, with the county's own files laid over it."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from django.conf import settings
from pydantic import BaseModel, ValidationError

from gongzhi.base.catalogue.fitting import unfit
from gongzhi.base.catalogue.whole import KINDS, Catalogue

__all__ = ["KINDS", "Catalogue", "CatalogueError", "catalogue", "read", "shipped"]
M = TypeVar("M", bound=BaseModel)


class CatalogueError(ValueError):
    """A file is wrong; each line names file, key and what was expected."""


def shipped() -> Path:
    """The folder that ships: inside the installed package, or at the root of a checkout."""
    package = Path(__file__).resolve().parents[2]
    inside = package / "catalogue"
    return inside if inside.is_dir() else package.parent.parent / "catalogue"


def read(*roots: Path) -> Catalogue:
    """The catalogue of these folders; a file in a later one replaces its namesake before.

    Raises CatalogueError with all faults of all files, a line each.
    """
    faults: list[str] = []
    kinds: Any = {kind: _read_kind(kind, model, roots, faults) for kind, model in KINDS.items()}
    if faults:
        raise CatalogueError("\n".join(faults))
    read_in = Catalogue(**kinds)
    if faults := unfit(read_in):
        raise CatalogueError("\n".join(faults))
    return read_in


@cache
def catalogue() -> Catalogue:
    """This county's catalogue, read once a process."""
    return read(shipped(), settings.HOME.catalogue)


def read_one(kind: str, code: str, model: type[M]) -> M:
    """One item as its file says now, though the process began with another one.

    Raises CatalogueError: there is no such file, or it is wrong."""
    name, faults = f"{code}.toml", list[str]()
    for root in (settings.HOME.catalogue, shipped()):
        path = root / kind / name
        if path.exists():
            item = _read_file(path, model, faults)
            if item is not None:
                return item
            raise CatalogueError("\n".join(faults))
    raise CatalogueError(f"{kind}/{name}: there is no such file")


def _read_kind(
    kind: str, model: type[M], roots: tuple[Path, ...], faults: list[str]
) -> dict[str, M]:
    files = {path.name: path for root in roots for path in sorted((root / kind).glob("*.toml"))}
    found: dict[str, M] = {}
    for path in files.values():
        item = _read_file(path, model, faults)
        if item is not None:
            found[item.code] = item  # type: ignore[attr-defined]
    return dict(sorted(found.items(), key=lambda pair: (getattr(pair[1], "order", 0), pair[0])))


def _read_file(path: Path, model: type[M], faults: list[str]) -> M | None:
    where = f"{path.parent.name}/{path.name}"
    try:
        content = tomllib.loads(path.read_text("utf-8"))
        item = model.model_validate(content)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as broken:
        faults.append(f"{where}: not readable as TOML: {broken}")
    except ValidationError as wrong:
        faults.extend(_fault(where, error) for error in wrong.errors())
    else:
        if content["code"] == path.stem:
            return item
        faults.append(f'{where}: code: expected "{path.stem}", as the file is called')
    return None


def _fault(where: str, error: Any) -> str:
    key = ".".join(str(part) for part in error["loc"]) or "(file)"
    given = "" if error["type"] == "missing" else f", not {error['input']!r:.60}"
    return f"{where}: {key}: {error['msg']}{given}"
