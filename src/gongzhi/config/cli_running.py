"""``gongzhi run``, or apart ``web``, ``follow`` and ``worker``; and ``migrate`` before them."""

from __future__ import annotations

import os
import signal
import sys
from threading import Event
from typing import Annotated

import typer

from gongzhi.config.begin import HomeOption, begin, prepare

PortOption = Annotated[int, typer.Option(help="Port on the host.")]
HostOption = Annotated[str, typer.Option(help="Address to listen on.")]
WorkersOption = Annotated[
    int, typer.Option(min=1, max=64, help="Processes that serve; one core each.")
]


def run(
    home: HomeOption = None,
    port: PortOption = 8000,
    host: HostOption = "127.0.0.1",
    workers: WorkersOption = 1,
) -> None:
    """Serve the county, with the log's readers, until interrupted."""
    begin(home)
    prepare()
    from django.conf import settings

    _require_catalogue()
    if settings.DEMO and os.environ.get("GONGZHI_DEMO_LIFE"):
        import gongzhi.config.demo.trickle  # noqa: F401  (registers its job)
        from gongzhi.config.demo.receiving import listen

        if partner := listen():
            print(f"The ambulance service's own system, told at once: {partner}")
    if settings.EXERCISE:
        from gongzhi.config.cli_exercise import go_on

        go_on()
    print(f"http://{host}:{port}  (Ctrl-C ends it)", flush=True)
    _serve(host, port, workers, readers=True)


def web(
    home: HomeOption = None,
    port: PortOption = 8000,
    host: HostOption = "127.0.0.1",
    workers: WorkersOption = 1,
) -> None:
    """Serve pages alone, beside `gongzhi follow` and `gongzhi worker`; `gongzhi migrate` comes
    before."""
    begin(home)
    _require_tables()
    _require_catalogue()
    print(f"http://{host}:{port}  (Ctrl-C ends it)", flush=True)
    _serve(host, port, workers, readers=False)


def follow(
    home: HomeOption = None,
    readers_only: Annotated[
        bool, typer.Option("--readers-only", help="Leave the periodic jobs to `gongzhi worker`.")
    ] = False,
) -> None:
    """Run the log's readers alone, beside a server of your own."""
    begin(home)
    _require_tables()
    from gongzhi.base.log.readers import follow as run_readers

    _trace()
    run_readers(_until_asked_to_stop(), with_jobs=not readers_only)


def worker(home: HomeOption = None) -> None:
    """Do the periodic jobs alone: clocks, notices, forecasts. Several share them, one each at a
    time."""
    begin(home)
    _require_tables()
    from gongzhi.base.log import jobs

    _trace()
    jobs.work(_until_asked_to_stop())


def migrate(
    home: HomeOption = None,
    check: Annotated[
        bool,
        typer.Option(
            "--check", help="Only say what there is to do: exits 1, or 2 if it asks for a stop."
        ),
    ] = False,
) -> None:
    """Make the tables, or bring them up to date, while the release before goes on serving."""
    begin(home)
    from django.db.utils import OperationalError

    from gongzhi.config.rolling import patiently, pending, stops

    if check:
        waiting = pending()
        for one in waiting:
            print(f"{one.app_label}.{one.name}: {'; '.join(stops(one)) or 'rolls'}")
        if not waiting:
            print("the tables are up to date")
        sys.exit(2 if any(map(stops, waiting)) else 1 if waiting else 0)
    try:
        patiently()
        prepare()
    except OperationalError as wrong:
        if "lock timeout" not in str(wrong):
            raise
        sys.exit("A table was in use for too long, so nothing was changed there. Run it again.")
    print("the tables are up to date")


def _serve(host: str, port: int, workers: int, *, readers: bool) -> None:
    from gongzhi.config.serve import serve
    from gongzhi.config.workers import serve_with_workers

    _trace()
    if workers == 1:
        serve(host, port, readers=readers)
    else:
        serve_with_workers(host, port, workers, readers=readers)


def _trace() -> None:
    from gongzhi.watch.operations.tracing import NoTracing, trace_if_asked

    try:
        trace_if_asked()
    except NoTracing as wrong:
        sys.exit(str(wrong))


def _require_catalogue() -> None:
    from gongzhi.base.catalogue.load import CatalogueError, catalogue

    try:
        catalogue()
    except CatalogueError as wrong:
        sys.exit(f"The catalogue is wrong, so nothing was started:\n{wrong}")


def _require_tables() -> None:
    """Of several processes one alone may change the tables, and none guesses that it is the one."""
    from django.conf import settings

    from gongzhi.watch.operations.selectors import migrations

    if pending := migrations().pending:
        sys.exit(f"{len(pending)} migrations are to be run first: gongzhi migrate")
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)


def _until_asked_to_stop() -> Event:
    stop = Event()
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, lambda *_: stop.set())
    return stop
