"""A survey's key, while it has one."""

from __future__ import annotations

from gongzhi.work.workforce.care.models import Pulse
from gongzhi.work.workforce.care.sealing import unseal


def lock_of(pulse: Pulse) -> bytes:
    """The key of a survey that runs."""
    return bytes.fromhex(unseal(bytes(pulse.lock))["key"])
