"""Passkeys (WebAuthn): what the browser is asked, and whether its answer is right."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from fido2.server import Fido2Server
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialDescriptor,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialType,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from gongzhi.base.access.models import Passkey
from gongzhi.base.people.models import Account
from gongzhi.base.ui.context import county_name
from gongzhi.base.ui.errors import Refused

ASKED = "passkey"
"""Where the session keeps what was asked, once."""
_MUST = UserVerificationRequirement.REQUIRED
"""Finger, face or PIN, on the person's own phone or stick, which tells us only that it was right:
so a passkey is both, something one has and something one knows or is."""


def ask_new(request: HttpRequest, account: Account) -> dict[str, Any]:
    """What a browser needs to make a passkey."""
    known = [
        PublicKeyCredentialDescriptor(
            type=PublicKeyCredentialType.PUBLIC_KEY, id=websafe_decode(one.credential_id)
        )
        for one in account.passkeys.all()
    ]
    user = PublicKeyCredentialUserEntity(
        id=f"account:{account.pk}".encode(),
        name=account.username,
        display_name=account.display_name,
    )
    options, state = _server(request).register_begin(
        user,
        known,
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=_MUST,
    )
    request.session[ASKED] = state
    return dict(options)


def made(request: HttpRequest, answer: str) -> tuple[str, bytes, int]:
    """(id, credential, counter) of the passkey that the browser has made. Refuses (422)."""
    state = _asked(request)
    try:
        told = _server(request).register_complete(state, _read(answer))
    except (ValueError, KeyError, TypeError) as wrong:
        raise _refused() from wrong
    credential = told.credential_data
    if credential is None:
        raise _refused()
    return websafe_encode(credential.credential_id), bytes(credential), told.counter


def ask_known(request: HttpRequest) -> dict[str, Any]:
    """What a browser needs to show a passkey; it asks its owner which."""
    options, state = _server(request).authenticate_begin(user_verification=_MUST)
    request.session[ASKED] = state
    return dict(options)


def shown(request: HttpRequest, answer: str) -> tuple[Passkey, int]:
    """The passkey that was shown, and its counter now. Refuses (422) an unknown or a wrong one."""
    state = _asked(request)
    try:
        told = AuthenticationResponse.from_dict(_read(answer))
        found = Passkey.objects.select_related("account__unit").get(
            credential_id=websafe_encode(told.raw_id)
        )
        credential = AttestedCredentialData(bytes(found.public_key))
        _server(request).authenticate_complete(state, [credential], told)
    except (ValueError, KeyError, TypeError, Passkey.DoesNotExist) as wrong:
        raise _refused() from wrong
    return found, told.response.authenticator_data.counter


def _server(request: HttpRequest) -> Fido2Server:
    """For the host that the browser named, which Django has checked; only from our own pages."""
    host = request.get_host()
    origin = f"{request.scheme}://{host}"
    name = host.rpartition(":")[0] if ":" in host else host
    own = PublicKeyCredentialRpEntity(name=county_name(), id=name)
    return Fido2Server(own, verify_origin=lambda said: said == origin)


def _asked(request: HttpRequest) -> dict[str, Any]:
    state: dict[str, Any] | None = request.session.pop(ASKED, None)
    if state is None:
        raise _refused()
    return state


def _read(answer: str) -> Mapping[str, Any]:
    told = json.loads(answer[:20_000])
    if not isinstance(told, dict):
        raise ValueError("no object")
    return told


def _refused() -> Refused:
    return Refused(
        _("没有认出这个通行密钥。请再试一次，或者换一种办法登录。"), code="passkey", status=422
    )
