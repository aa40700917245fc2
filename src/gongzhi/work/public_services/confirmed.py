"""Putting what was confirmed into a form, inside an open action."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence

from gongzhi.base.log.actions import now
from gongzhi.work.public_services.models import Unfinished
from gongzhi.work.public_services.selectors.facts import Offer, Taken, as_kept, taken_of
from gongzhi.work.public_services.selectors.forms import content_of


def put(held: Unfinished, chosen: Sequence[Offer]) -> None:
    """Each into its field, with where it comes from."""
    content, taken = content_of(held), taken_of(held)
    content |= {one.field.code: one.text for one in chosen}
    taken |= {one.field.code: Taken(one.text, one.source) for one in chosen}
    held.content = json.dumps(content, ensure_ascii=False)
    held.taken, held.saved_at = as_kept(taken), now()
    held.save()


def leave(held: Unfinished, fields: Collection[str]) -> None:
    """Out of the form again, to be typed."""
    content, taken = content_of(held), taken_of(held)
    for code in fields:
        content.pop(code, None)
        taken.pop(code, None)
    held.content = json.dumps(content, ensure_ascii=False) if content else ""
    held.taken, held.saved_at = as_kept(taken), now()
    held.save()
