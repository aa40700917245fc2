"""Where the built front end lies, and under which address the browser finds it."""

from __future__ import annotations

import hashlib
import json
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.core.checks import CheckMessage, Warning, register
from django.templatetags.static import static

STATIC = Path(__file__).resolve().parent / "static"
BUILT = STATIC / "built"


def built(entry: str) -> str:
    """The address of an entry such as ``app.css``, with the hash of its content in the name."""
    return static(f"built/{_manifest(_changed(BUILT / 'manifest.json')).get(entry, entry)}")


def built_file(entry: str) -> Path | None:
    """The file of an entry, or None while the front end isn't built."""
    name = _manifest(_changed(BUILT / "manifest.json")).get(entry)
    return BUILT / name if name else None


def sprite() -> str:
    """The address of the icons, which changes when they change."""
    path = STATIC / "ui" / "icons.svg"
    return f"{static('ui/icons.svg')}?{_digest(path, _changed(path))}"


def icon_names() -> list[str]:
    """Every drawing in the sprite, for the style guide and for checking names."""
    return re.findall(r'<symbol id="([\w-]+)"', (STATIC / "ui" / "icons.svg").read_text("utf-8"))


def build_mark() -> str:
    """A short text that differs between any two builds; names the service worker's cache."""
    path = BUILT / "manifest.json"
    return _digest(path, _changed(path))


def _changed(path: Path) -> int:
    """When a file last changed (ns), 0 if it isn't there: the caches below follow a rebuild."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


@lru_cache(maxsize=4)
def _manifest(changed: int) -> dict[str, str]:
    if not changed:
        return {}
    named: dict[str, str] = json.loads((BUILT / "manifest.json").read_text("utf-8"))
    return named


@lru_cache(maxsize=8)
def _digest(path: Path, changed: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:10] if changed else "0"


@register()
def front_end_is_built(**_kwargs: Any) -> list[CheckMessage]:
    """Say so when the pages would come without style and script."""
    if BUILT.joinpath("manifest.json").exists():
        return []
    return [Warning("the front end is not built", hint="run `make setup`", id="ui.W001")]
