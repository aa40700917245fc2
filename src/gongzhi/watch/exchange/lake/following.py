"""The lake's reader, run to the end of the log by whoever can't wait for the server's."""

from __future__ import annotations

from gongzhi.base.log.readers import advance, registered
from gongzhi.watch.exchange.lake.readers import READER


def catch_up() -> int:
    """Read until nothing is new; how many entries that were."""
    total = 0
    while read := advance(READER, registered()[READER]):
        total += read
    return total
