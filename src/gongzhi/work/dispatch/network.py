"""The county's network of ways, ready to be asked."""

from __future__ import annotations

import logging
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from zipfile import BadZipFile

from django.conf import settings

from gongzhi.analysis.travel import Network, Router, SeaRouter, Ways
from gongzhi.work.dispatch.conditions import conditions

logger = logging.getLogger(__name__)


def router() -> Ways:
    """All ways of the county, as they are now. Until a network is imported, and where its file
    can't be read, the desk goes on with estimates, and the server's log says what to do."""
    home = settings.HOME
    ways = _over(_edition(home.network), _edition(home.sea))
    ways.under(conditions())
    return ways


Edition = tuple[Path, int]


def land_edition() -> Edition | None:
    """Which file of roads the county has now; None until one is imported."""
    return _edition(settings.HOME.network)


@lru_cache(maxsize=1)
def land_network(edition: Edition) -> Network | None:
    """The roads of this file, as they were imported; None where it can't be read."""
    return _read(edition)


def _edition(path: Path) -> Edition | None:
    with suppress(FileNotFoundError):
        return path, path.stat().st_mtime_ns
    return None


@lru_cache(maxsize=1)
def _over(roads: Edition | None, sea: Edition | None) -> Ways:
    orders = settings.HOME.orders
    land, water = _read(roads), _read(sea)
    return Ways(Router(land, orders) if land else None, SeaRouter(water, orders) if water else None)


def _read(edition: Edition | None) -> Network | None:
    if edition is None:
        return None
    try:
        return Network.load(edition[0])
    except (BadZipFile, KeyError, OSError, ValueError) as wrong:
        logger.error("travel times are estimated: %s can't be read (%s)", edition[0], wrong)
        return None
