"""The county's network of ways, ready to be asked."""

from __future__ import annotations

import logging
from functools import lru_cache
from pathlib import Path
from zipfile import BadZipFile

from django.conf import settings

from gongzhi.analysis.travel import Network, Router

logger = logging.getLogger(__name__)


def router() -> Router | None:
    """The router over the county's network; None until one is imported, and where its file can't
    be read: the desk goes on with estimates, and the server's log says what to do."""
    path: Path = settings.HOME.network
    try:
        edition = path.stat().st_mtime_ns
    except FileNotFoundError:
        return None
    return _over(path, edition)


@lru_cache(maxsize=1)
def _over(path: Path, _edition: int) -> Router | None:
    try:
        return Router(Network.load(path))
    except (BadZipFile, KeyError, OSError, ValueError) as wrong:
        logger.error("travel times are estimated: %s can't be read (%s)", path, wrong)
        return None
