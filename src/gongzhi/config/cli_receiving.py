"""``gongzhi exchange``, the half that comes in: sources of rows."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from gongzhi.config.begin import HomeOption, begin, prepare

if TYPE_CHECKING:
    from gongzhi.base.catalogue.kinds.connector import Connector
    from gongzhi.watch.exchange.receiving.models import Batch

NameArgument = Annotated[str, typer.Argument(help="Code of the source, as its file is called.")]
T = TypeVar("T")
STEPS = {"day": timedelta(days=1), "week": timedelta(days=7)}


def run(name: NameArgument, home: HomeOption = None) -> None:
    """Take over what a source has now, instead of waiting for its turn.

    Ctrl-C leaves what was read; the next run goes on there.
    """
    connector = _connector(home, name)
    from gongzhi.watch.exchange.receiving.running import run as take_over

    _tell(_asked(lambda: take_over(connector, _progress)))


def replay(
    name: NameArgument,
    batch: Annotated[int, typer.Argument(help="Number of the delivery, from its page.")],
    home: HomeOption = None,
) -> None:
    """Hold a delivery to the contract as its file says now."""
    connector = _connector(home, name)
    from gongzhi.watch.exchange.receiving.models import Batch
    from gongzhi.watch.exchange.receiving.running import replay as hold_anew

    found = Batch.objects.filter(pk=batch, connector=name).first()
    if found is None:
        sys.exit(f"{name} has no delivery {batch}")
    _tell([_asked(lambda: hold_anew(connector, found, _progress))])


def backfill(
    name: NameArgument,
    since: Annotated[datetime, typer.Option("--from", formats=["%Y-%m-%d"], help="First day.")],
    until: Annotated[datetime, typer.Option("--to", formats=["%Y-%m-%d"], help="Last day.")],
    by: Annotated[str, typer.Option(help="day or week: how much each delivery is.")] = "day",
    home: HomeOption = None,
) -> None:
    """Take over a span of days again; what is known already changes nothing."""
    if by not in STEPS:
        sys.exit("--by is day or week")
    connector = _connector(home, name)
    from gongzhi.watch.exchange.receiving.running import backfill as take_again

    first, last = since.replace(tzinfo=UTC), until.replace(tzinfo=UTC) + timedelta(days=1)
    _tell(_asked(lambda: take_again(connector, first, last, STEPS[by], _progress)))


def _connector(home: Path | None, name: str) -> Connector:
    begin(home)
    prepare()
    from gongzhi.base.catalogue.load import CatalogueError
    from gongzhi.watch.exchange.receiving.running import connector_of

    try:
        return connector_of(name)
    except CatalogueError as wrong:
        sys.exit(str(wrong))


def _asked(work: Callable[[], T]) -> T:
    from gongzhi.base.ui.errors import Refused
    from gongzhi.watch.exchange.outside import LineFailed
    from gongzhi.watch.exchange.outside_words import why_failed

    try:
        return work()
    except Refused as refused:
        sys.exit(str(refused))
    except LineFailed as failed:
        sys.exit(why_failed(failed.code))


def _progress(batch: Batch) -> None:
    print(f"  {batch.name or batch.connector}: {batch.read} rows read", file=sys.stderr)


def _tell(batches: Iterable[Batch]) -> None:
    done = list(batches)
    for one in done:
        held = f" ({', '.join(one.reasons)})" if one.reasons else ""
        print(
            f"{one.pk} {one.name or one.connector}: {one.state}{held}; read {one.read}, "
            f"new {one.kept}, known {one.known}, quarantined {one.quarantined}"
        )
    if not done:
        print("nothing new")
