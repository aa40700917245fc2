"""The lake follows the log, and its files follow the lake."""

from __future__ import annotations

from gongzhi.base.log.jobs import every
from gongzhi.base.log.readers import Together, reader
from gongzhi.watch.exchange.lake.keeping import keep
from gongzhi.watch.exchange.lake.writing import write_behind

READER = "exchange.lake"
SECONDS = 60.0

reader(READER)(Together(keep))


@every(SECONDS, "exchange.lake_files")
def write_files() -> int:
    """Write the months that are behind; how many."""
    return len(write_behind())
