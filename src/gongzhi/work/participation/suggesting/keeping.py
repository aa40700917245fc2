"""What was learned, kept in the county's home: weights over numbers of terms, never a text."""

from __future__ import annotations

import logging
import os
from pathlib import Path
from threading import Lock
from zipfile import BadZipFile

import numpy as np
from django.conf import settings

from gongzhi.analysis.routing import Router, learn, opened
from gongzhi.work.participation.suggesting.examples import examples

SEED = 1
_log = logging.getLogger(__name__)
_opening = Lock()
_kept: dict[Path, tuple[float, Router]] = {}


def learn_anew() -> int:
    """Learn from all there is now and keep it; from how many messages. Seconds to a minute."""
    messages, labels = examples()
    if len(set(labels)) < 2:
        return 0
    router = learn(messages, labels, seed=SEED)
    path: Path = settings.HOME.routing
    part = path.with_suffix(f".{os.getpid()}.part")
    with part.open("wb") as out:
        np.savez_compressed(out, allow_pickle=False, **router.arrays())
    part.replace(path)
    return len(messages)


def kept_router() -> Router | None:
    """What was learned last; None before the first time, and when the file can't be read. It is
    opened once, and again when there is a newer one."""
    path: Path = settings.HOME.routing
    try:
        made = path.stat().st_mtime_ns
    except OSError:
        return None
    with _opening:
        held = _kept.get(path)
        if held is None or held[0] != made:
            router = _read(path)
            if router is None:
                return None
            _kept[path] = held = (made, router)
        return held[1]


def _read(path: Path) -> Router | None:
    try:
        with np.load(path, allow_pickle=False) as held:
            return opened({name: held[name] for name in held.files})
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):
        _log.warning("%s can't be read; it is learned anew tonight", path)
        return None
