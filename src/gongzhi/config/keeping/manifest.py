"""What a backup says of itself, signed with the key that signs the county's log."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from gongzhi.base.crypto.county import of_key
from gongzhi.base.crypto.suite import Hasher, Signer
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


def signed(told: dict[str, Any], key: Signer) -> bytes:
    """The manifest's content with its signature."""
    from gongzhi.base.log.chain import canonical

    told = {**told, "signed_by": key.public}
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
    if not of_key(trusted).is_signed(trusted, signature, canonical(told).encode()):
        raise Wont(f"{backup.name}: its manifest was changed after it was signed.")
    for name in backup.parts:
        require_part(backup, name)


def require_part(backup: Backup, name: str) -> None:
    """Refuse a part that isn't what the manifest says."""
    suite = of_key(backup.signed_by)
    is_so = _hash(backup.folder / name, suite.hasher())
    if is_so != backup.parts[name].get(suite.digest_name):
        raise Wont(f"{backup.name}: its part {name!r} is damaged or missing.")


def _hash(path: Path, digest: Hasher) -> str:
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
