"""Sealing words that were written before words were sealed."""

from __future__ import annotations

from django.db.models import Model

from gongzhi.base.log.actions import action, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.events import WORDS_SEALED
from gongzhi.base.people.sealed_text import columns, in_the_clear

MOST = 200
"""Rows of one transaction, so that nobody waits long for it."""


@action
def seal_words(by: Actor, model: type[Model]) -> int:
    """Seal the next rows of the model that lie in the clear; how many those were."""
    names = dict(columns())[model]
    keys = in_the_clear(model, names, MOST)
    for row in model._default_manager.filter(pk__in=keys):  # noqa: SLF001  (Django's documented API)
        row.save(update_fields=names)
    record(WORDS_SEALED, model._meta.label_lower, rows=len(keys))  # noqa: SLF001  (as above)
    return len(keys)
