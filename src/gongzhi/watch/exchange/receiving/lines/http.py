"""JSON over HTTP, page by page."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

from gongzhi.base.catalogue.kinds.connector import Connector
from gongzhi.base.catalogue.kinds.connector_sources import Http, Paging
from gongzhi.watch.exchange.fetching import Answer, fetch, same_host
from gongzhi.watch.exchange.outside import LineFailed
from gongzhi.watch.exchange.receiving.lines.asking import Asked, secret_of
from gongzhi.watch.exchange.receiving.staging import Delivery, Piece, found, text_table

JSON = "application/json"
LARGEST = 64 * 1024 * 1024
MOST_PAGES = 100_000
NEXT = re.compile(r'<([^>]*)>[^,]*;\s*rel="?next"?', re.IGNORECASE)


def deliveries(connector: Connector, asked: Asked) -> Iterator[Delivery]:
    """The answer with all its pages, as one delivery; nothing when nothing has changed."""
    source = connector.source
    assert isinstance(source, Http)  # noqa: S101  (its kind said so)
    headers = _signed(source)
    start = _first(source, asked)
    answer = fetch(
        start, etag=asked.etag, modified=asked.modified, accept=JSON, headers=headers,
        largest=LARGEST,
    )  # fmt: skip
    if not answer.fresh:
        return

    def pieces(cursor: str, after: int) -> Iterator[Piece]:
        if after and not cursor:  # the last page was read already
            return
        yield from _pages(connector, source, start, headers, cursor, answer)

    yield Delivery(pieces, etag=answer.etag, modified=answer.modified)


def _signed(source: Http) -> dict[str, str]:
    _name, token = secret_of(source.credentials)
    return {source.header: source.scheme + token} if token else {}


def _first(source: Http, asked: Asked) -> str:
    """The address of the first page."""
    span = {
        "since": asked.since.isoformat() if asked.since else "",
        "until": asked.until.isoformat() if asked.until else "",
    }
    said = {k: v.format_map(span) for k, v in source.parameters.items()}
    paging = source.paging
    if paging.way in {"offset", "page"}:
        said[paging.sends] = str(paging.first if paging.way == "page" else 0)
    return _with(source.address, said)


def _with(address: str, said: dict[str, str]) -> str:
    """The address with these parameters, in place of those of the same name."""
    parts = urlsplit(address)
    kept = [
        pair for pair in parts.query.split("&") if pair and pair.split("=", 1)[0] not in said
    ]  # as they are: some servers sign them
    query = "&".join([*kept, urlencode(said)] if said else kept)
    return parts._replace(query=query).geturl()


def _pages(
    connector: Connector, source: Http, start: str, headers: dict[str, str], cursor: str,
    first: Answer,
) -> Iterator[Piece]:  # fmt: skip
    """From `cursor` on, the address of a page; the first answer is there already."""
    address, answer = cursor or start, None if cursor else first
    seen: set[str] = set()
    while address and len(seen) < MOST_PAGES:
        seen.add(address)
        answer = answer or fetch(address, accept=JSON, headers=headers, largest=LARGEST)
        said = _parsed(answer)
        rows = _rows(said, source.rows)
        following = _next(source.paging, said, answer, address, len(rows))
        if following in seen:
            raise LineFailed("pages_repeat")
        yield Piece(text_table(rows, connector.contract), cursor=following)
        address, answer = following, None


def _parsed(answer: Answer) -> Any:
    try:
        return json.loads(answer.body)
    except (ValueError, RecursionError) as wrong:
        raise LineFailed("no_json") from wrong


def _rows(said: Any, where: str) -> list[dict[str, Any]]:
    rows = found(said, where) if where and isinstance(said, dict) else said
    if not isinstance(rows, list) or not all(isinstance(one, dict) for one in rows):
        raise LineFailed("no_rows")
    return rows


def _next(paging: Paging, said: Any, answer: Answer, address: str, many: int) -> str:
    """The address of the page after this one; "" after the last."""
    if paging.way == "none":
        return ""
    if paging.way in {"offset", "page"}:
        return _counted(paging, address, many)
    if paging.way == "link":
        there = NEXT.search(answer.link)
        target = str(there[1]) if there else ""
    else:
        stands = found(said, paging.at) if isinstance(said, dict) else None
        target = "" if stands in {None, ""} else str(stands)
    if target and paging.way == "cursor":
        return _with(address, {paging.sends: target})
    if not target:
        return ""
    whole = urljoin(address, target)
    if not same_host(address, whole):  # the credentials go nowhere else
        raise LineFailed("redirect_elsewhere")
    return whole


def _counted(paging: Paging, address: str, many: int) -> str:
    if many < paging.size:
        return ""
    said = re.search(rf"(?:^|&){re.escape(paging.sends)}=(\d+)", urlsplit(address).query)
    at = int(said[1]) if said else 0
    return _with(address, {paging.sends: str(at + (1 if paging.way == "page" else many))})
