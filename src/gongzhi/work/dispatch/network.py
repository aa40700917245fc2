"""The county's network of ways, ready to be asked."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from gongzhi.analysis.travel import Network, Router


def router() -> Router | None:
    """The router over the county's network; None until one is imported."""
    path: Path = settings.HOME.network
    try:
        return _over(path, path.stat().st_mtime_ns)
    except FileNotFoundError:
        return None


@lru_cache(maxsize=1)
def _over(path: Path, _edition: int) -> Router:
    return Router(Network.load(path))
