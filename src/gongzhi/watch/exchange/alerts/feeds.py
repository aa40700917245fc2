"""What a feed leads to: CAP messages in it, and links to others. Atom (RFC 4287) and RSS 2.0."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from urllib.parse import urljoin
from xml.etree.ElementTree import Element, tostring

from gongzhi.watch.exchange.fetching import LARGEST, same_host
from gongzhi.work.prevention.warnings.cap.reading import is_alert, parsed

MOST = 200
"""Entries of a feed that are looked at, the first ones."""
ATOM = "{http://www.w3.org/2005/Atom}"
CAP_TYPES = {"application/cap+xml", "application/common-alerting-protocol+xml"}


@dataclass
class Feed:
    """``messages``: as bytes; ``links``: (address, mark of the entry); ``foreign``: how many links
    led to another host."""

    messages: list[bytes] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    foreign: int = 0


def read_feed(body: bytes, address: str) -> Feed:
    """A feed, or one message alone. Raises NotReadable for what is no XML; what is neither is one
    message, which whoever judges it turns away."""
    root = parsed(body, LARGEST)
    feed = Feed()
    if root.tag == f"{ATOM}feed":
        _collect(feed, root.iterfind(f"{ATOM}entry"), address)
    elif root.tag.lower() in {"rss", "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}rdf"}:
        _collect(feed, root.iter("item"), address)
    else:
        feed.messages.append(body)
    return feed


def _collect(feed: Feed, entries: Iterator[Element], address: str) -> None:
    for number, entry in enumerate(entries):
        if number >= MOST:
            return
        inside = next((one for one in entry.iter() if is_alert(one)), None)
        if inside is not None:
            feed.messages.append(tostring(inside, encoding="utf-8"))
            continue
        link = _link(entry)
        if not link:
            continue
        whole = urljoin(address, link)
        if same_host(address, whole):
            feed.links.append((whole, _mark(whole, entry)))
        else:
            feed.foreign += 1


def _link(entry: Element) -> str:
    """The link to the message itself; where none says so, the first one that may be it."""
    links = [(one.get("type", ""), one.get("href", "")) for one in entry.iterfind(f"{ATOM}link")]
    links += [(one.get("type", ""), one.get("url", "")) for one in entry.iterfind("enclosure")]
    told = [href for kind, href in links if kind.split(";")[0].strip().lower() in CAP_TYPES]
    plain = [(one.text or "").strip() for one in entry.iterfind("link")]
    rest = [href for kind, href in links if "html" not in kind]
    return next(iter([*told, *rest, *plain]), "")


def _mark(link: str, entry: Element) -> str:
    """Changes when the entry does, though its link may stay."""
    told = [entry.findtext(name, "") for name in (f"{ATOM}updated", f"{ATOM}id", "pubDate", "guid")]
    return sha256("\n".join([link, *told]).encode()).hexdigest()
