"""What is asked of a source, and how one signs in there."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from gongzhi.watch.exchange.outside import LineFailed, require_allowed


@dataclass(frozen=True)
class Asked:
    """All that is new; or what `name` is called; or what is of a span of time."""

    since: datetime | None = None
    until: datetime | None = None
    name: str = ""
    again: bool = False
    """Also what was taken over before."""
    etag: str = ""
    modified: str = ""


def secret_of(credentials: str) -> tuple[str, str]:
    """Name and password, two lines; one line alone is a token, with an empty name. From the file
    ``keys/source-<name>`` or the variable ``GONGZHI_SOURCE_<NAME>``. Raises LineFailed when neither
    is there."""
    if not credentials:
        return "", ""
    text = os.environ.get("GONGZHI_SOURCE_" + credentials.upper().replace("-", "_"))
    path = key_file(credentials)
    if text is None and not path.exists():
        raise LineFailed("no_secret")
    said = (path.read_text("utf-8") if text is None else text).strip()
    first, _newline, second = said.partition("\n")
    return (first.strip(), second.strip()) if second.strip() else ("", first.strip())


def key_file(credentials: str, ending: str = "") -> Path:
    """Where the secret of this name lies."""
    folder: Path = settings.HOME.keys
    return folder / f"source-{credentials}{ending}"


def require_host(host: str, port: int) -> None:
    """Raises LineFailed for a host that may not be asked; in a drill there is none."""
    if settings.EXERCISE:
        raise LineFailed("exercise")
    require_allowed(host, port, intranet=None if settings.FETCH_PRIVATE else settings.INTRANET)
