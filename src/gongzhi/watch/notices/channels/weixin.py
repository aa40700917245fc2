"""The token of a Weixin account: got for its app id and secret, kept for as long as it holds.

It is asked for as a *stable* token: asking again gives the same one while it holds, so processes
need not agree on one, and asking with force is for one that Weixin no longer takes. (Weixin's
developer pages: ``/cgi-bin/stable_token``, two hours; error codes 40001, 40014 and 42001.)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from threading import Lock
from time import monotonic
from typing import Any

from gongzhi.watch.notices.channels.letter import LineFailed

OVER = frozenset({40001, 40014, 42001})
"""What Weixin answers to a token that is over."""
EARLY = 300.0
"""Seconds before its end from which on another one is got."""
AT_LEAST = 60.0
Post = Callable[[str, Mapping[str, Any]], Mapping[str, Any]]


@dataclass(frozen=True)
class _Token:
    text: str
    until: float


_held: dict[str, _Token] = {}
_lock = Lock()


def token_for(url: str, app: str, secret: str, post: Post, *, anew: bool = False) -> str:
    """The token of this app, from the one that is held or from Weixin; ``anew``: the one that is
    held isn't taken any more. Raises LineFailed where none is given."""
    name = f"{url} {app}"
    with _lock:
        held = _held.get(name)
        if held is not None and not anew and monotonic() < held.until:
            return held.text
        answer = post(url, {
            "grant_type": "client_credential", "appid": app, "secret": secret,
            "force_refresh": anew,
        })  # fmt: skip
        text = str(answer.get("access_token") or "")
        if not text:
            _held.pop(name, None)
            raise LineFailed("not_let_in")
        lasts = float(answer.get("expires_in") or 0) - EARLY
        _held[name] = _Token(text, monotonic() + max(lasts, AT_LEAST))
        return text


def forget_tokens() -> None:
    """Hold none; for tests."""
    with _lock:
        _held.clear()
