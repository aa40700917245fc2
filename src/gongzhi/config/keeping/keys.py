"""The county's keys apart from everything else: in one file, sealed with a passphrase.

Whoever has the county's rows and not its keys reads no name; so the two never lie in one place
unsealed. The county's suite makes the passphrase slow to guess, and seals: scrypt and AES-256-GCM,
or PBKDF2 with SM3 and SM4-GCM.
"""

from __future__ import annotations

import json
import os
import re
import sys
from base64 import b64decode, b64encode
from pathlib import Path

from cryptography.exceptions import InvalidTag

from gongzhi.base.crypto.county import WrongSuite, named, suite
from gongzhi.base.crypto.suite import Aead, Suite
from gongzhi.config.keeping.state import Wont

PASSPHRASE = "GONGZHI_PASSPHRASE"  # noqa: S105  (the variable's name)
SHORTEST = 12
"""Characters of a passphrase."""
_FORM, _BOUND_TO = "gongzhi keys 1", b"gongzhi keys 1"
_MOST = {"n": 2**20, "r": 32, "p": 16, "rounds": 20_000_000}
"""Whoever asks for more work than that has made the file up."""
_NONCE = _SALT = 16
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,79}", re.ASCII)


def passphrase(file: Path | None) -> str:
    """From a file, from GONGZHI_PASSPHRASE, or asked for at the terminal."""
    if file is not None:
        try:
            return file.read_text("utf-8").strip()
        except OSError as wrong:
            raise Wont(f"The passphrase's file can't be read: {wrong}") from wrong
    if given := os.environ.get(PASSPHRASE):
        return given
    if sys.stdin.isatty():
        import getpass

        return getpass.getpass("Passphrase of the keys: ")
    raise Wont(f"Whose passphrase? Give --passphrase-file, or set {PASSPHRASE}.")


def sealed_keys(folder: Path, words: str) -> bytes:
    """All keys of this folder as the content of one file, which only the passphrase opens."""
    if len(words) < SHORTEST:
        raise Wont(f"A passphrase has {SHORTEST} characters or more.")
    keys = {path.name: b64encode(path.read_bytes()).decode() for path in _files(folder)}
    salt, nonce, by = os.urandom(_SALT), os.urandom(_NONCE), suite()
    box = _cipher(words, salt, by.cost, by).encrypt(nonce, json.dumps(keys).encode(), _BOUND_TO)
    told = {"form": _FORM, "suite": by.name, **by.cost}
    told |= {"salt": b64encode(salt).decode(), "nonce": b64encode(nonce).decode()}
    return json.dumps({**told, "sealed": b64encode(box).decode()}, indent=2).encode() + b"\n"


def opened_keys(content: bytes, words: str) -> dict[str, bytes]:
    """The keys by their names. Raises Wont for another file, or another passphrase."""
    try:
        told = json.loads(content)
        if told["form"] != _FORM:
            raise ValueError
        by = named(told.get("suite", "international"))
        cost = {name: int(told[name]) for name in by.cost}
        salt, nonce, box = (b64decode(told[name]) for name in ("salt", "nonce", "sealed"))
    except (WrongSuite, ValueError, KeyError, TypeError) as wrong:
        raise Wont("That is no file of a county's keys.") from wrong
    if any(cost[name] > _MOST[name] for name in cost):
        raise Wont("That file of keys asks for more work than any of ours.")
    try:
        keys = json.loads(_cipher(words, salt, cost, by).decrypt(nonce, box, _BOUND_TO))
    except (InvalidTag, ValueError) as wrong:
        raise Wont("The passphrase is another one, or the file of keys was changed.") from wrong
    return {name: b64decode(text) for name, text in keys.items() if _NAME.fullmatch(name)}


def put_keys(keys: dict[str, bytes], folder: Path) -> None:
    """Write the keys into the folder of a home that has none yet."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name, content in keys.items():
        path = folder / name
        path.unlink(missing_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            out.write(content)


def keys_in(folder: Path) -> dict[str, bytes]:
    """The keys that lie there, by their names."""
    return {path.name: path.read_bytes() for path in _files(folder)}


def _files(folder: Path) -> list[Path]:
    found = sorted(folder.iterdir()) if folder.is_dir() else []
    return [path for path in found if path.is_file() and _NAME.fullmatch(path.name)]


def _cipher(words: str, salt: bytes, cost: dict[str, int], by: Suite) -> Aead:
    return by.aead(by.stretch(words, salt, cost))
