"""What everything that a resident sends has in common: its key, its receipt, how to reach them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.utils.translation import gettext as _

from gongzhi.base.log.actions import now
from gongzhi.base.log.rows import insert
from gongzhi.base.matters.models import Matter, Message
from gongzhi.base.ui.errors import Refused
from gongzhi.work.participation.codes import code_for, hashed
from gongzhi.work.participation.models import Receipt

KEY_LENGTH = 20, 64
"""Characters of an idempotency key: at the least as many as make it unguessable."""
LONGEST_NAME = 80
PHONE = re.compile(r"[0-9+][0-9 ()+-]{4,29}", re.ASCII)


def require_key(key: str) -> None:
    """Refuse a key that is too short to be unguessable, or too long to be kept."""
    if not KEY_LENGTH[0] <= len(key) <= KEY_LENGTH[1]:
        raise Refused(_("页面不完整，请刷新后再提交一次。"), code="idempotency_key")


def new_receipt(matter: Matter, key: str, message: Message | None = None) -> Receipt:
    """The receipt of a matter, stored, inside an open action."""
    receipt = Receipt(
        matter=matter,
        code_hash=hashed(code_for(key)),
        made_at=now(),
        idempotency_key=key,
        message=message,
    )
    insert(receipt)
    return receipt


def checked_contact(contact: Mapping[str, str]) -> dict[str, str]:
    """Name, phone and e-mail without blanks, where given. Refuses what can be none of them.

    An e-mail address comes from programs alone, which have checked how it is written.
    """
    told = {name: contact.get(name, "").strip() for name in ("name", "phone", "email")}
    if len(told["name"]) > LONGEST_NAME or "\x00" in told["name"]:
        wrong = _("称呼最多写 %(n)s 个字。") % {"n": LONGEST_NAME}
        raise Refused(wrong, code="contact", fields={"name": wrong})
    if told["phone"] and not PHONE.fullmatch(told["phone"]):
        wrong = _("这不像电话号码，请检查；不想留也可以空着。")
        raise Refused(wrong, code="contact", fields={"phone": wrong})
    return {name: text for name, text in told.items() if text}
