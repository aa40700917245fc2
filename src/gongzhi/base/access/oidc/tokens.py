"""Whether an ID token is the provider's, for us, for this sign-in, and of now."""

from __future__ import annotations

from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from joserfc.jwt import JWTClaimsRegistry

from gongzhi.base.access.oidc.asking import keys_of
from gongzhi.base.catalogue.kinds.provider import Provider

SIGNED_WITH = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA"]
"""Signatures of a key pair; nothing that our own secret could make, and not none."""


class WrongToken(Exception):
    """The token doesn't say what it must."""


def claims_of(provider: Provider, token: str, nonce: str) -> dict[str, Any]:
    """What the token says (OpenID Connect Core 1.0, 3.1.3.7). Raises WrongToken, ProviderDown."""
    try:
        claims = _signed(provider, token)
        _registry(provider, nonce).validate(claims)
    except (JoseError, ValueError) as wrong:
        raise WrongToken(type(wrong).__name__) from wrong
    several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    if claims.get("azp", "" if several else provider.client_id) != provider.client_id:
        raise WrongToken("azp")
    return claims


def _signed(provider: Provider, token: str) -> dict[str, Any]:
    """With the keys that are known, or else with those that the provider has by now."""
    try:
        return _opened(token, keys_of(provider))
    except (JoseError, ValueError):
        return _opened(token, keys_of(provider, anew=True))


def _opened(token: str, keys: dict[str, Any]) -> dict[str, Any]:
    return dict(jwt.decode(token, KeySet.import_key_set(keys), algorithms=SIGNED_WITH).claims)  # type: ignore[arg-type]


def _registry(provider: Provider, nonce: str) -> JWTClaimsRegistry:
    must: dict[str, Any] = {name: {"essential": True} for name in ("sub", "exp", "iat")}
    for name, value in (("iss", provider.issuer), ("aud", provider.client_id), ("nonce", nonce)):
        must[name] = {"essential": True, "value": value}
    return JWTClaimsRegistry(leeway=provider.leeway, **must)
