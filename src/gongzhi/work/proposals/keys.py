"""What a running vote's sealed secret opens."""

from __future__ import annotations

import hashlib
import hmac
from base64 import b64decode

from django.utils.translation import gettext as _

from gongzhi.base.people.sealing import unseal
from gongzhi.base.ui.errors import Refused
from gongzhi.work.proposals.boxes import Boxes
from gongzhi.work.proposals.models import Vote


def signing_key(vote: Vote) -> bytes:
    """The private key. Refused once it is destroyed."""
    return _secret(vote, "sign")


def boxes_of(vote: Vote, kind: str) -> Boxes:
    """Its sealed boxes of this kind."""
    return Boxes(vote, kind, _secret(vote, "lock"))


def rights_key(vote: Vote) -> bytes:
    """What the codes of counters are made with; gone with the key of the boxes."""
    return hmac.new(_secret(vote, "lock"), b"gongzhi rights 1", hashlib.sha256).digest()


def _secret(vote: Vote, name: str) -> bytes:
    if not vote.secret:
        raise Refused(_("这次投票没有在进行。"), code="vote_over", status=409)
    return b64decode(unseal(bytes(vote.secret))[name])
