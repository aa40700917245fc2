"""Messages over HTTP: a text gateway as the county describes it, and robots of work groups."""

from __future__ import annotations

import hmac
import json
import os
import time
from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote_plus

from django.conf import settings

from gongzhi.base.catalogue.kinds.channel import Channel
from gongzhi.base.catalogue.kinds.notice import filled
from gongzhi.watch.exchange.outside import line_to, parsed
from gongzhi.watch.notices.channels.letter import Letter, LineFailed, NotNow, Refuses
from gongzhi.watch.notices.channels.weixin import OVER, token_for

MOST = 64 * 1024
"""Bytes of an answer that are read."""
BUSY = {408, 425, 429}


@dataclass(frozen=True)
class Gateway:
    """One channel of ``catalogue/channels``."""

    channel: Channel

    @contextmanager
    def open(self) -> Iterator[Gateway]:
        """Each message has a connection of its own: gateways close them as they like."""
        yield self

    def send(self, letter: Letter) -> None:
        """Post one message; the answer must say that it was taken."""
        answer = self._posted(letter)
        if self.channel.token_url and answer.get("errcode") in OVER:
            answer = self._posted(letter, anew=True)
            if answer.get("errcode") in OVER:
                raise LineFailed("not_let_in")
        wanted = self.channel.succeeds if self.channel.form == "http" else {"errcode": 0}
        if any(answer.get(name) != value for name, value in wanted.items()):
            raise Refuses("not_taken")

    def _posted(self, letter: Letter, *, anew: bool = False) -> Mapping[str, Any]:
        url = self._url()
        if self.channel.token_url:
            # The token in an address is no letter's business: it never stands in a log of ours.
            url = url.replace("{token}", quote_plus(self._token(anew=anew)))
        return _post(url, self._body(letter), self._headers(letter))

    def _token(self, *, anew: bool) -> str:
        one = self.channel
        return token_for(one.token_url, one.app, self._secret(), _ask, anew=anew)

    def _url(self) -> str:
        secret = self._secret()
        url = self.channel.url.replace("{secret}", secret)
        if self.channel.form == "dingtalk" and secret and "{secret}" not in self.channel.url:
            stamp = str(int(time.time() * 1000))
            told = hmac.digest(secret.encode(), f"{stamp}\n{secret}".encode(), "sha256")
            url += f"&timestamp={stamp}&sign={quote_plus(b64encode(told))}"
        return url

    def _headers(self, letter: Letter) -> dict[str, str]:
        facts = {"secret": self._secret(), "id": letter.name}
        given = {name: filled(said, facts) for name, said in self.channel.headers.items()}
        return {"Content-Type": "application/json", "Idempotency-Key": letter.name, **given}

    def _body(self, letter: Letter) -> dict[str, Any]:
        if self.channel.form in {"wecom", "dingtalk"}:
            return {"msgtype": "text", "text": {"content": letter.short}}
        if self.channel.form == "weixin":
            words = {"first": {"value": letter.subject}, "remark": {"value": letter.short}}
            return {"touser": letter.address, "url": letter.link, "data": words,
                    **self.channel.body}  # fmt: skip
        facts = {
            "address": letter.address, "subject": letter.subject, "text": letter.text,
            "short": letter.short, "id": letter.name, "secret": self._secret(),
        }  # fmt: skip
        return {name: _filled(said, facts) for name, said in self.channel.body.items()}

    def _secret(self) -> str:
        """A file in the home's keys, or a variable: never the catalogue."""
        name = self.channel.secret
        if name is None:
            return ""
        path = settings.HOME.keys / name
        variable = os.environ.get(f"GONGZHI_SECRET_{name.upper()}", "")
        found = path.read_text("utf-8").strip() if path.exists() else variable
        if not found:
            raise LineFailed("no_secret")
        return found


def _ask(url: str, body: Mapping[str, Any]) -> Mapping[str, Any]:
    return _post(url, body, {"Content-Type": "application/json"})


def _filled(said: Any, facts: Mapping[str, str]) -> Any:
    if isinstance(said, str):
        return filled(said, facts)
    if isinstance(said, dict):
        return {name: _filled(inner, facts) for name, inner in said.items()}
    return [_filled(inner, facts) for inner in said] if isinstance(said, list) else said


def _post(url: str, body: Mapping[str, Any], headers: Mapping[str, str]) -> Mapping[str, Any]:
    parts = parsed(url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    sent = json.dumps(body, ensure_ascii=False).encode()
    within = parts.scheme == "http"  # in the clear only inside
    with line_to(parts, intranet=settings.INTRANET, within=within) as line:
        line.request("POST", target, body=sent, headers=dict(headers))
        answer = line.getresponse()
        status, text = answer.status, answer.read(MOST)
    if status in BUSY:
        raise NotNow(f"http_{status}")
    if status in {401, 403} or status >= 500:
        raise LineFailed(f"http_{status}")
    if not 200 <= status < 300:
        raise Refuses(f"http_{status}")
    try:
        found = json.loads(text or b"{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
