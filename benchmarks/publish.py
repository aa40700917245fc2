"""How fast the log comes to NATS JetStream, and whether a consumer that dies misses anything.

    .venv/bin/python benchmarks/publish.py [--quick] [--entries N] [--json FILE]
                                           [--only sqlite|postgresql]

A log of `--entries` entries about 500 incidents and requests, as a county writes them, is
published to a NATS server on this machine that keeps its files on disk, in rounds.
``entries_per_second``: read from the database, checked against what may leave, written as
CloudEvents, every one acknowledged by the server and the cursor moved, over the time of all of
that with the line's opening; the median of the rounds (``rounds``). ``processor_us_each``:
microseconds of our process's own time an entry, which what else runs hardly changes.
``ratio_to_bare``: the time of it over that of sending as many ready texts through the same client
and nothing else.

``consumer``: a process that acknowledges what it takes is killed (SIGKILL) in the middle, while
publishing goes on; it comes back under its name. ``missed``: events that it never got; ``again``:
those that it got twice, because it died before it could say so; ``refused_twice``: what a
publisher that had died, too, sent again and the server did not keep. PostgreSQL:
GONGZHI_TEST_DATABASE_URL, or a server for this run.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE)]

from _report import SEED, on_both, options, tell  # noqa: E402
from tests.brokers import nats_server  # noqa: E402
from tests.county import RunningCounty, gongzhi  # noqa: E402

ENTRIES, ROUNDS = 150_000, 5
STREAM = """code = "bench"
name = {{ zh = "试", en = "Bench" }}
broker = "nats"
servers = ["{server}"]
begin = "start"
tls = false
"""
MAKE = """
import random
from copy import copy
from gongzhi.base.log import chain
from gongzhi.base.log.actions import now
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.turns import in_turn
from gongzhi.base.matters.actions import NewMatter, open_matter
from gongzhi.base.matters.models import Matter
from gongzhi.base.people.actions import open_unit
from gongzhi.base.people.models import Unit

system, draw = Actor.system("bench"), random.Random({seed})
unit = Unit.objects.filter(code="b").first() or open_unit(
    system, code="b", kind="bureau", name_zh="县公安局", name_en="Bureau")
if Matter.objects.count() < 500:
    first = open_matter(system, NewMatter("resident_request", "lamp_out", unit, "路灯不亮"))
    def another():
        one = copy(first)
        one.pk = None
        return one
    Matter.objects.bulk_create([another() for _ in range(500)])
matters = list(Matter.objects.values_list("pk", flat=True))
kinds = [
    ("matters.matter_opened", dict(procedure="resident_request", version="2026-01", unit=unit.pk,
        category="lamp_out", priority=3, channel="web", town="lancheng", h7="87318c2a4ffffff")),
    ("matters.step_taken", dict(step="accepted", previous="received", elements=[], choices=[])),
    ("dispatch.unit_arrived", dict(unit=3, code="l_01", assignment=1, first=True)),
    ("matters.clock_warned", dict(clock="request_accept", due_at=now().isoformat(), unit=unit.pk)),
]
for done in range(0, {entries}, 5000):
    with in_turn():
        chain.append([
            chain.draft(now(), "account:7", kind, "matters.matter:%d" % draw.choice(matters), said)
            for kind, said in (draw.choice(kinds) for _ in range(min(5000, {entries} - done)))])
"""
PUBLISH = """
import json, time
from gongzhi.base.catalogue.load import catalogue
from gongzhi.watch.exchange.publishing.models import Publication
from gongzhi.watch.exchange.publishing.sending import publish
stream, begun, busy = catalogue().streams["bench"], time.perf_counter(), time.process_time()
sent = publish(stream)
took, busy = time.perf_counter() - begun, time.process_time() - busy
failure = Publication.objects.get().failure
print(json.dumps(dict(sent=sent, seconds=took, busy=busy, failure=failure)))
"""
BARE = """
import asyncio, json, sys, time
import nats
async def send(server, many):
    client = await nats.connect("nats://" + server)
    js = client.jetstream(publish_async_max_pending=4000)
    await js.add_stream(name="BARE", subjects=["bare.>"])
    text, begun, sent = b"x" * 420, time.perf_counter(), []
    for n in range(many):
        sent.append(await js.publish_async("bare.a", text, headers={"Nats-Msg-Id": "id-%030d" % n}))
        if len(sent) == 1000:
            await asyncio.gather(*sent)
            sent.clear()
    await asyncio.gather(*sent)
    print(json.dumps(dict(seconds=time.perf_counter() - begun)))
    await client.close()
asyncio.run(send(sys.argv[1], int(sys.argv[2])))
"""
CONSUME = """
import asyncio, sys
import nats
from nats.js.api import ConsumerConfig
async def take(server):
    client = await nats.connect("nats://" + server)
    pull = await client.jetstream().pull_subscribe(
        "gongzhi.>", durable="partner", config=ConsumerConfig(ack_wait=2))
    idle = 0
    while idle < 3:
        try:
            some = await pull.fetch(200, timeout=1)
        except TimeoutError:
            idle += 1
            continue
        idle = 0
        for one in some:
            print(one.headers["Nats-Msg-Id"], flush=True)
            await one.ack()
    await client.flush()
    await client.close()
asyncio.run(take(sys.argv[1]))
"""


def bench(database_url: str, entries: int) -> dict[str, Any]:
    """What was measured on this database."""
    with tempfile.TemporaryDirectory(prefix="gongzhi-publish-") as folder:
        home = Path(folder) / "county"
        county = RunningCounty(home, database_url=database_url)
        gongzhi(home, "init", env=county.env)
        with nats_server(Path(folder) / "jetstream") as broker:
            streams = home / "catalogue" / "streams"
            streams.mkdir(parents=True)
            (streams / "bench.toml").write_text(STREAM.format(server=broker.server), "utf-8")
            county.env["GONGZHI_INTRANET"] = "127.0.0.0/8"
            found = _speed(county, broker.server, entries)
            return found | {"consumer": _death(county, broker.server, max(2000, entries // 10))}


def _speed(county: RunningCounty, server: str, entries: int) -> dict[str, Any]:
    each, rounds, busy = entries // ROUNDS, [], []
    for _ in range(ROUNDS):
        county.python(MAKE.format(seed=SEED, entries=each))
        told = _told(county.python(PUBLISH))
        if told["failure"] or told["sent"] < each:
            raise SystemExit(f"not all was published: {told}")
        rounds.append(told["sent"] / told["seconds"])
        busy.append(1_000_000 * told["busy"] / told["sent"])
    bare = _told(_run(BARE, server, str(each)))["seconds"]
    speed = statistics.median(rounds)
    return {
        "entries_per_second": round(speed), "rounds": [round(one) for one in rounds],
        "processor_us_each": round(statistics.median(busy), 1),
        "ratio_to_bare": round(each / speed / bare, 2), "entries": each * ROUNDS,
    }  # fmt: skip


def _death(county: RunningCounty, server: str, many: int) -> dict[str, int]:
    """Kill the consumer half-way and let it return; publish from the middle on once more."""
    consumer = subprocess.Popen(
        [sys.executable, "-c", CONSUME, server], stdout=subprocess.PIPE, text=True
    )
    assert consumer.stdout
    before = [consumer.stdout.readline().strip() for _ in range(many // 2)]
    consumer.kill()
    before += consumer.stdout.read().split("\n")[:-1]  # its last line may be half of one
    consumer.wait()
    county.python(MAKE.format(seed=SEED + 1, entries=many))
    county.python(PUBLISH)
    again = county.python(AGAIN.format(many=many) + PUBLISH)
    after = _run(CONSUME, server).split()
    ids = set(county.python(IDS).split())
    got = [one for one in (*before, *after) if one]
    return {
        "events": len(ids), "missed": len(ids - set(got)), "again": len(got) - len(set(got)),
        "refused_twice": _told(again)["sent"], "foreign": len(set(got) - ids),
    }  # fmt: skip


AGAIN = """
from gongzhi.watch.exchange.publishing.models import Publication
one = Publication.objects.get()
Publication.objects.update(seq=one.seq - {many})
"""
IDS = """
from gongzhi.base.log.models import Entry
from gongzhi.watch.exchange.leaving import KINDS
print(*Entry.objects.filter(kind__in=KINDS).values_list("id", flat=True), sep="\\n")
"""


def _run(code: str, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], check=True, capture_output=True, text=True
    )
    return done.stdout


def _told(output: str) -> dict[str, Any]:
    return dict(json.loads(output.strip().splitlines()[-1]))


def main() -> None:
    """Measure, print, write."""
    parser = options(__doc__, "10,000 entries")
    parser.add_argument("--entries", type=int, help=f"of the log, {ENTRIES:,} when left out")
    asked = parser.parse_args()
    entries = asked.entries or (10_000 if asked.quick else ENTRIES)
    tell(asked, on_both(asked, lambda url: bench(url, entries)))


if __name__ == "__main__":
    main()
