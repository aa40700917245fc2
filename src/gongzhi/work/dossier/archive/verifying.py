"""Reading an archived case back: is each file what it was? Needs neither database nor Django."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

MANIFEST = "manifest.sha256"
"""A line a file, "hash  path", as `sha256sum -c` reads it, too."""


def hash_of(path: Path) -> str:
    """SHA-256 of a file's content, read piece by piece."""
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def first_fault(folder: Path, *, manifest: str = "") -> str:
    """The first thing altered, missing or added, in words; "" when all is as it was written.

    `manifest`: the manifest's own hash as the log has it; whoever rewrites a whole archive can
    rewrite its manifest, but not the log.
    """
    return next(_faults(folder, manifest), "")


def _faults(folder: Path, manifest: str) -> Iterator[str]:
    if not (folder / MANIFEST).is_file():
        yield f"{MANIFEST}: missing"
        return
    if manifest and hash_of(folder / MANIFEST) != manifest:
        yield f"{MANIFEST}: altered"
    listed = dict(_listed(folder))
    there = {one.relative_to(folder).as_posix(): one for one in sorted(folder.rglob("*"))}
    for name, digest in sorted(listed.items()):
        path = there.get(name)
        if not digest:
            yield f"{MANIFEST}: altered (a line that is none: {name!r:.80})"
        elif path is None:
            yield f"{name}: missing"
        elif path.is_symlink() or not path.is_file() or hash_of(path) != digest:
            yield f"{name}: altered"
    for name, path in there.items():
        if name not in listed and name != MANIFEST and (path.is_symlink() or not path.is_dir()):
            yield f"{name}: added"
    yield from _disagreeing(folder)


def _listed(folder: Path) -> Iterator[tuple[str, str]]:
    for line in (folder / MANIFEST).read_text("utf-8", errors="replace").splitlines():
        digest, gap, name = line.partition("  ")
        good = bool(gap and name) and len(digest) == 64
        yield (name, digest) if good else (line, "")


def _disagreeing(folder: Path) -> Iterator[str]:
    """What the index names and the folder doesn't have under that hash."""
    index = json.loads((folder / "index.json").read_text("utf-8"))
    named = [file for one in index["documents"] for file in one["files"]]
    named += [one["file"] for one in index["evidence"]] + index["photos"]
    for file in named:
        path = folder / file["path"]
        if not path.is_file() or hash_of(path) != file["sha256"]:
            yield f"index.json: names {file['path']}, which is not what it says"
