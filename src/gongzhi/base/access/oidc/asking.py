"""What the provider tells of itself, and what it is asked: three small requests, kept short.

Its description and keys are remembered for some minutes. A key that isn't among them is asked for
anew, so that the provider may change its keys whenever it likes.
"""

from __future__ import annotations

import json
import os
import time
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any
from urllib.error import URLError
from urllib.parse import quote_plus, urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.conf import settings

from gongzhi.base.catalogue.kinds.provider import Provider

PATIENCE = 5.0
MOST = 512 * 1024
REMEMBERED = 600.0
PAUSE = 5.0
"""Seconds between two looks at the keys because of one that is unknown: nobody makes us ask on."""


class ProviderDown(Exception):
    """The provider can't be reached, or says what no provider says."""


@dataclass(frozen=True)
class Endpoints:
    """Where the provider is asked what; ``end_session`` and ``more`` (of a person: userinfo) are ""
    where it has none."""

    authorize: str
    token: str
    keys: str
    end_session: str
    more: str
    basic: bool
    """Whether it wants the client's secret in a header, as most do."""


_told: dict[str, tuple[float, Any]] = {}


def endpoints(provider: Provider) -> Endpoints:
    """Where it is asked what. Raises ProviderDown, also where it calls itself something else."""
    told = _remembered(f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration")
    if told.get("issuer") != provider.issuer:
        raise ProviderDown("issuer")
    try:
        ways = told.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        return Endpoints(
            authorize=_address(told["authorization_endpoint"]),
            token=_address(told["token_endpoint"]),
            keys=_address(told["jwks_uri"]),
            end_session=_address(told.get("end_session_endpoint", "")),
            more=_address(told.get("userinfo_endpoint", "")),
            basic="client_secret_basic" in ways,
        )
    except (KeyError, TypeError, ValueError) as wrong:
        raise ProviderDown("description") from wrong


def keys_of(provider: Provider, *, anew: bool = False) -> dict[str, Any]:
    """Its public keys (a JWK set); `anew` where one was missing."""
    return _remembered(endpoints(provider).keys, within=PAUSE if anew else REMEMBERED)


def tokens_for(provider: Provider, code: str, verifier: str, back: str) -> tuple[str, str]:
    """(ID token, access token or "") that it gives for this code. Raises ProviderDown."""
    at = endpoints(provider)
    form = {
        "grant_type": "authorization_code", "code": code, "redirect_uri": back,
        "code_verifier": verifier, "client_id": provider.client_id,
    }  # fmt: skip
    headers = {}
    if secret := secret_of(provider):
        if at.basic:
            pair = f"{quote_plus(provider.client_id)}:{quote_plus(secret)}"
            headers["Authorization"] = f"Basic {b64encode(pair.encode()).decode()}"
        else:
            form["client_secret"] = secret
    told = _asked(at.token, urlencode(form).encode(), headers)
    token, opens = told.get("id_token"), told.get("access_token")
    if not isinstance(token, str):
        raise ProviderDown("no_token")
    return token, opens if isinstance(opens, str) else ""


def more_of(provider: Provider, opens: str) -> dict[str, Any]:
    """What else it says of the person whose access token this is; {} where it has no such place.
    Raises ProviderDown."""
    at = endpoints(provider).more
    return _asked(at, headers={"Authorization": f"Bearer {opens}"}) if at and opens else {}


def secret_of(provider: Provider) -> str:
    """The client's secret; "" of a client that has none and relies on PKCE."""
    name = f"GONGZHI_PROVIDER_{provider.code.upper()}"
    path = settings.HOME.keys / f"provider-{provider.code}"
    return os.environ.get(name) or (path.read_text("utf-8").strip() if path.exists() else "")


def forget() -> None:
    """Ask everything anew."""
    _told.clear()


def _remembered(address: str, within: float = REMEMBERED) -> dict[str, Any]:
    at, told = _told.get(address, (0.0, None))
    if told is None or time.monotonic() - at > within:
        told = _asked(address)
        _told[address] = (time.monotonic(), told)
    return dict(told)


class _NoRedirect(HTTPRedirectHandler):
    """What the county wrote down is asked, and nobody else."""

    def redirect_request(self, *_args: Any, **_kwargs: Any) -> None:
        """Never."""


def _asked(
    address: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
) -> dict[str, Any]:
    if settings.EXERCISE:
        raise ProviderDown("exercise")
    request = Request(_address(address), body, {"Accept": "application/json", **(headers or {})})  # noqa: S310  (checked to be http)
    try:
        with build_opener(_NoRedirect).open(request, timeout=PATIENCE) as answer:
            told = json.loads(answer.read(MOST))
    except (URLError, HTTPException, OSError, ValueError) as broken:
        raise ProviderDown("no_answer") from broken
    if not isinstance(told, dict):
        raise ProviderDown("no_object")
    return told


def _address(said: str) -> str:
    if said and not said.startswith(("https://", "http://")):
        raise ValueError("no web address")
    return said
