"""One case file of the demo county: what was seized, and a phone that went to an expert."""

from __future__ import annotations

from datetime import timedelta

from gongzhi.base.log.actions import moment
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.models import Matter
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused
from gongzhi.work.dossier import actions
from gongzhi.work.dossier.models import Exhibit

SEIZED = {
    "holder": "海某",
    "place": "澜城老街口",
    "items": "手机一部，黑色，屏幕左上角有裂纹。",
    "officers": "海小案",
}


def load_case_file() -> int:
    """Give the first incident of the case officer's station a document and an exhibit; how many."""
    officer = Account.objects.get(username="case_officer")
    keeper = Account.objects.get(username="officer")
    own = Matter.objects.filter(procedure="incident", owner_unit=officer.unit, county=None)
    matter = own.order_by("pk").first()
    if matter is None:
        return 0
    by = Actor.account(officer)
    with moment(matter.opened_at + timedelta(minutes=40)):
        thing = actions.take_exhibit(
            by, matter, name="黑色手机", quantity="一部", features="屏幕左上角有裂纹",
            found_at="澜城老街口", witness="海某某", seal_number="F2026-001",
        )  # fmt: skip
        _write_list(by, matter)
    with moment(matter.opened_at + timedelta(minutes=75)):
        _hand_on(thing, officer, keeper, "store", where="物证室三号柜")
    with moment(matter.opened_at + timedelta(minutes=110)):
        _hand_on(
            thing, keeper, officer, "lend", where="二楼收件窗口",
            outside="价格认定中心", basis="鉴定聘请书",
        )  # fmt: skip
    return 1


def _write_list(by: Actor, matter: Matter) -> None:
    made = actions.draft_document(by, matter, "seizure_list", SEIZED)
    try:
        actions.issue_document(by, made)
    except Refused as refused:
        if refused.code != "no_chinese_font":  # then it stays a draft
            raise


def _hand_on(
    thing: Exhibit, giver: Account, taker: Account, purpose: str, *, where: str,
    outside: str = "", basis: str = "",
) -> None:  # fmt: skip
    offer = actions.offer_exhibit(
        Actor.account(giver), thing, purpose, taker, where=where, outside=outside, basis=basis
    )
    actions.confirm_offer(Actor.account(taker), offer)
