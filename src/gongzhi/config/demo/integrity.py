"""Integrity in the demo county: two declarations, one of them settled."""

from __future__ import annotations

from datetime import datetime, timedelta

from gongzhi.base.log.actions import moment
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account
from gongzhi.work.workforce.integrity import actions


def load_integrity(until: datetime) -> str:
    """Declare them; how many there are."""
    officer, leader, inspector = (
        Account.objects.select_related("unit").get(username=name)
        for name in ("officer", "unit_leader", "inspector")
    )
    with moment(until - timedelta(days=20)):
        told = "渔民送来一筐蟹，推不掉，已经交给所里食堂登记。"
        one = actions.declare(Actor.account(officer), officer, "gift", told, yuan=180)
    with moment(until - timedelta(days=18)):
        actions.settle(Actor.account(inspector), one, "handed_in")
    with moment(until - timedelta(days=2)):
        told = "妻子九月起在城关开了一家民宿，登记在她名下。"
        actions.declare(Actor.account(leader), leader, "family", told)
    return "2 declarations, one settled"
