"""A bureau with an inspectorate and two stations, and somebody who complains of one of them."""

from __future__ import annotations

from typing import Any

from gongzhi.base.log.actor import Actor
from gongzhi.base.people.actions import open_account, open_unit
from gongzhi.base.people.models import Account, Unit
from gongzhi.work.complaints import actions
from gongzhi.work.complaints.actions import NewComplaint
from gongzhi.work.complaints.models import Complaint
from gongzhi.work.participation.models import Receipt

SYSTEM, RESIDENT = Actor.system("test"), Actor.resident()
KEY = "c" * 24
UNITS = {
    "bureau": ("bureau", "听澜县公安局", ""),
    "supervision": ("department", "警务督察大队", "bureau"),
    "lancheng": ("station", "澜城派出所", "bureau"),
    "wangchao": ("station", "望潮派出所", "bureau"),
    "desk": ("department", "澜城社区警务室", "lancheng"),
}
STAFF = {
    "inspector": ("inspector", "supervision"),
    "head": ("bureau_leader", "bureau"),
    "chief": ("unit_leader", "lancheng"),
    "officer": ("officer", "lancheng"),
}
WORDS, WISH, HAPPENED = "值班民警骂人还摔了我的材料", "要求当面道歉", "十一月二十日下午三点"
NAME, PHONE, NUMBER = "海听潮", "13900007788", "032117"
TOLD = {"told": "经调取值班室录像，情况属实，已责令当面道歉。"}


def unit(code: str) -> Unit:
    """One of the units, with those above it."""
    found = Unit.objects.filter(code=code).first()
    kind, name, above = UNITS[code]
    return found or open_unit(
        SYSTEM, code=code, kind=kind, name_zh=name, name_en=code.title(),
        parent=unit(above) if above else None,
    )  # fmt: skip


def account(name: str, *roles: str, of: str = "") -> Account:
    """One of the staff, or somebody of these roles in a unit."""
    found = Account.objects.filter(username=name).select_related("unit").first()
    if found:
        return found
    role, home = STAFF.get(name, ("", of))
    return open_account(
        SYSTEM, username=name, display_name=f"海小{name}", unit=unit(of or home),
        roles=list(roles) or [role],
    )  # fmt: skip


def by(name: str) -> Actor:
    """One of the staff, as actions want them."""
    return Actor.account(account(name))


def county() -> None:
    """Every unit, and the staff."""
    for code in UNITS:
        unit(code)
    for name in STAFF:
        account(name)


def complaint(key: str = KEY, of: str = "lancheng", **more: Any) -> Complaint:
    """A complaint against a station, or against nobody knows whom."""
    county()
    told = {
        "words": WORDS, "wish": WISH, "happened": HAPPENED, "number": NUMBER,
        "contact": {"name": NAME, "phone": PHONE}, **more,
    }  # fmt: skip
    new = NewComplaint(unit=unit(of) if of else None, **told)
    return again(Complaint(pk=actions.complain(RESIDENT, new, idempotency_key=key).matter_id))


def step(one: Complaint, code: str, name: str = "inspector", **elements: str) -> Complaint:
    """Take a step, and read the complaint anew."""
    actions.take_complaint_step(by(name), one, code, elements=elements)
    return again(one)


def decided(one: Complaint, name: str = "inspector") -> Complaint:
    """The same, looked into and upheld."""
    for code in ("taken_up", "accepted", "inquiry"):
        one = step(one, code, name)
    return step(one, "decided", name, finding="upheld", **TOLD)


def receipt_of(one: Complaint) -> Receipt:
    """The complainant's."""
    return Receipt.objects.get(matter=one.matter)


def again(one: Complaint) -> Complaint:
    """The complaint as the database has it now."""
    found = Complaint.objects.select_related("matter__owner_unit", "matter__owner", "unit")
    return found.get(pk=one.pk)
