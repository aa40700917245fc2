"""One module for each kind of source: what it has to deliver."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module

from gongzhi.base.catalogue.kinds.connector import Connector
from gongzhi.watch.exchange.receiving.lines.asking import Asked
from gongzhi.watch.exchange.receiving.staging import Delivery

Deliveries = Callable[[Connector, Asked], Iterator[Delivery]]
MODULES = {
    "folder": "folder", "sftp": "sftp", "http": "http", "open311": "open311",
    "database": "database", "nats": "queue",
}  # fmt: skip
"""Kind of source → module, loaded when it is needed: a county without SFTP loads none."""


def deliveries(connector: Connector, asked: Asked) -> Iterator[Delivery]:
    """What the source has, one after the other. Raises LineFailed: it can't be reached, or may
    not be; Refused: what it has can't be read."""
    module = import_module(f"{__name__}.{MODULES[connector.source.kind]}")
    found: Deliveries = module.deliveries
    yield from found(connector, asked)
