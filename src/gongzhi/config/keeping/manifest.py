"""What a backup says of itself, signed with the key that signs the county's log."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from gongzhi.base.log.keys import public_hex
from gongzhi.config.keeping.state import Head, Wont

FORM = "gongzhi backup 1"
NAME = "manifest.json"
_PIECE = 256 * 1024


@dataclass(frozen=True)
class Backup:
    """One backup of a folder."""

    folder: Path
    at: datetime
    county: str
    head: Head
    migrations: dict[str, list[str]]
    parts: dict[str, Any]
    signed_by: str

    @property
    def name(self) -> str:
        """As the command line calls it."""
        return self.folder.name

    @property
    def is_county(self) -> bool:
        """Whether it holds a county; else it only tells what was erased."""
        return "database" in self.parts


def signed(told: dict[str, Any], key: Ed25519PrivateKey) -> bytes:
    """The manifest's content with its signature (RFC 8032)."""
    from gongzhi.base.log.chain import canonical

    told = {**told, "signed_by": public_hex(key)}
    signature = key.sign(canonical(told).encode()).hex()
    return (
        json.dumps({**told, "signature": signature}, indent=1, ensure_ascii=False) + "\n"
    ).encode()


def all_in(folder: Path) -> list[Backup]:
    """Every backup of the folder, the oldest first; what is none is passed over."""
    found = [_heard(path) for path in folder.glob(f"[0-9]*/{NAME}")]
    return sorted((one for one in found if one), key=lambda one: (one.at, one.name))


def require_whole(backup: Backup, trusted: str) -> None:
    """Refuse a backup that another county signed, or that isn't what was signed."""
    from gongzhi.base.log.chain import canonical

    told = json.loads((backup.folder / NAME).read_text("utf-8"))
    signature = bytes.fromhex(told.pop("signature"))
    if backup.signed_by != trusted:
        raise Wont(
            f"{backup.name} is a backup of another county: it was signed with {backup.signed_by},"
            f" and these keys sign with {trusted}."
        )
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(trusted)).verify(
            signature, canonical(told).encode()
        )
    except InvalidSignature as wrong:
        raise Wont(f"{backup.name}: its manifest was changed after it was signed.") from wrong
    for name in backup.parts:
        require_part(backup, name)


def require_part(backup: Backup, name: str) -> None:
    """Refuse a part that isn't what the manifest says."""
    if _hash(backup.folder / name) != backup.parts[name]["sha256"]:
        raise Wont(f"{backup.name}: its part {name!r} is damaged or missing.")


def _hash(path: Path) -> str:
    digest = sha256()
    try:
        with path.open("rb") as content:
            for piece in iter(lambda: content.read(_PIECE), b""):
                digest.update(piece)
    except OSError:
        return ""
    return digest.hexdigest()


def _heard(path: Path) -> Backup | None:
    try:
        told = json.loads(path.read_text("utf-8"))
        if told["form"] != FORM:
            return None
        bytes.fromhex(told["signature"])
        return Backup(
            path.parent, datetime.fromisoformat(told["at"]), told["county"], Head(**told["head"]),
            told["migrations"], told["parts"], told["signed_by"],
        )  # fmt: skip
    except (OSError, ValueError, KeyError, TypeError):
        return None
