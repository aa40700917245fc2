"""What a browser is called, as coarse as somebody needs to know their own session again."""

from __future__ import annotations

NAMES = (
    ("MicroMessenger", "WeChat"), ("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"), ("Safari/", "Safari"),
)  # fmt: skip
"""The first that stands in what a browser says of itself; they all claim to be the later ones."""
SYSTEMS = (
    ("HarmonyOS", "HarmonyOS"), ("OpenHarmony", "HarmonyOS"), ("Android", "Android"),
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)  # fmt: skip


def browser_of(said: str) -> str:
    """``Firefox · Windows``: no version, no model. "" of what is neither."""
    return " · ".join(filter(None, (_first(said, NAMES), _first(said, SYSTEMS))))


def _first(said: str, known: tuple[tuple[str, str], ...]) -> str:
    return next((name for sign, name in known if sign in said), "")
