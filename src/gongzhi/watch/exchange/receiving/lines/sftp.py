"""A folder on somebody's SFTP server: new files are fetched and read like dropped ones."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gongzhi.base.catalogue.kinds.connector import Connector
from gongzhi.base.catalogue.kinds.connector_sources import Sftp
from gongzhi.watch.exchange.outside import LineFailed
from gongzhi.watch.exchange.receiving.lines.asking import Asked, key_file, require_host, secret_of
from gongzhi.watch.exchange.receiving.lines.folder import UNFINISHED, is_asked
from gongzhi.watch.exchange.receiving.lines.tables import delivery_of
from gongzhi.watch.exchange.receiving.models import Batch
from gongzhi.watch.exchange.receiving.staging import Delivery

if TYPE_CHECKING:
    from asyncssh import SFTPClient

PATIENCE = 15.0
LARGEST = 4 * 1024**3


def deliveries(connector: Connector, asked: Asked) -> Iterator[Delivery]:
    """The files that were not fetched yet, the oldest first; the server's are left alone."""
    source = connector.source
    assert isinstance(source, Sftp)  # noqa: S101  (its kind said so)
    require_host(source.host, source.port)
    known: set[str] = set()
    if not (asked.again or asked.name):
        known = set(Batch.objects.filter(connector=connector.code).values_list("mark", flat=True))
    for name, mark in asyncio.run(_lying(source)):
        if mark in known or not is_asked(name, source, asked):
            continue
        with tempfile.TemporaryDirectory(prefix="gongzhi-received-") as folder:
            path = Path(folder) / name
            asyncio.run(_fetched(source, name, path))
            yield delivery_of(path, connector, source, mark=mark)


async def _lying(source: Sftp) -> list[tuple[str, str]]:
    """Names of files that fit, and a mark of each: a changed file is another delivery."""
    async with _connected(source) as client:
        found = []
        for one in await client.readdir(source.folder):
            name, said = str(one.filename), one.attrs
            fits = fnmatch(name, source.files) and not name.lower().endswith(UNFINISHED)
            if fits and not name.startswith(".") and said.type == 1:
                size, at = said.size or 0, said.mtime or 0
                found.append((at, name, f"{name[:120]}:{size}:{at}"))
    return [(name, mark) for _at, name, mark in sorted(found)]


async def _fetched(source: Sftp, name: str, path: Path) -> None:
    async with _connected(source) as client:
        there = f"{source.folder.rstrip('/')}/{name}"
        if ((await client.stat(there)).size or 0) > LARGEST:
            raise LineFailed("too_big")
        await client.get(there, str(path))


@asynccontextmanager
async def _connected(source: Sftp) -> AsyncIterator[SFTPClient]:
    """Signed in at the server whose key is the one that its owner told. Raises LineFailed."""
    try:
        import asyncssh
    except ModuleNotFoundError as missing:
        raise LineFailed("no_sftp") from missing
    name, word = secret_of(source.credentials)
    at = f"[{source.host}]:{source.port}" if source.port != 22 else source.host
    hosts = asyncssh.import_known_hosts(f"{at} {source.host_key}\n")
    try:
        async with (
            asyncssh.connect(
                source.host, source.port, username=name, known_hosts=hosts, config=None,
                agent_path=None, login_timeout=PATIENCE, connect_timeout=PATIENCE,
                **_signing(source, word),
            ) as line,
            line.start_sftp_client() as client,
        ):  # fmt: skip
            yield client
    except asyncssh.HostKeyNotVerifiable as other:
        raise LineFailed("other_server") from other
    except asyncssh.PermissionDenied as denied:
        raise LineFailed("not_signed_in") from denied
    except asyncssh.SFTPNoSuchFile as lost:
        raise LineFailed("no_folder") from lost
    except (TimeoutError, asyncssh.Error, OSError) as broken:
        raise LineFailed("no_answer") from broken


def _signing(source: Sftp, word: str) -> dict[str, Any]:
    """By the key ``keys/source-<name>.key`` where there is one, else by the password."""
    key = key_file(source.credentials, ".key")
    if source.credentials and key.exists():
        return {"client_keys": [str(key)], "passphrase": word or None}
    return {"password": word, "client_keys": []}
