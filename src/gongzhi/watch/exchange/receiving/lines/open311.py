"""Requests of another city's Open311 (GeoReport v2): pages of JSON with known names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gongzhi.base.catalogue.kinds.connector import Connector
from gongzhi.base.catalogue.kinds.connector_sources import Http, Open311
from gongzhi.watch.exchange.receiving.lines import http
from gongzhi.watch.exchange.receiving.lines.asking import Asked, secret_of
from gongzhi.watch.exchange.receiving.staging import Delivery

PAGE = 100


def deliveries(connector: Connector, asked: Asked) -> Iterator[Delivery]:
    """What was asked there in the span. The key goes as a parameter, as GeoReport v2 has it."""
    source = connector.source
    assert isinstance(source, Open311)  # noqa: S101  (its kind said so)
    said = {"page_size": str(PAGE)}
    if asked.since and asked.until:
        said |= {"start_date": "{since}", "end_date": "{until}"}
    if source.jurisdiction:
        said["jurisdiction_id"] = source.jurisdiction
    _name, key = secret_of(source.credentials)
    if key:
        said["api_key"] = key
    plain: dict[str, Any] = {
        "kind": "http", "address": source.address.rstrip("/") + "/requests.json",
        "parameters": said, "paging": {"way": "page", "sends": "page", "size": PAGE},
    }  # fmt: skip
    asks = connector.model_copy(update={"source": Http.model_validate(plain)})
    yield from http.deliveries(asks, asked)
