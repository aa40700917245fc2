"""Asking a person: a request like any other, under its clocks, that needs no place."""

from __future__ import annotations

from collections.abc import Mapping

from gongzhi.base.log.actions import action, record
from gongzhi.base.log.actor import Actor
from gongzhi.work.consultation import events
from gongzhi.work.participation.actions import file_request
from gongzhi.work.participation.models import Receipt

QUESTION = "question"
"""The category of what is asked of a person."""


@action
def ask_person(by: Actor, words: str, *, contact: Mapping[str, str], key: str) -> Receipt:
    """Ask somebody who answers within the days of the request's clock. A key used before is
    refused by the database, as with `file_request`."""
    receipt = file_request(
        by, category=QUESTION, words=words, place="", contact=contact, idempotency_key=key
    )
    record(events.PERSON_ASKED, receipt.matter)
    return receipt
