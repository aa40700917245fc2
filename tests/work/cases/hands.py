"""A bureau with its legal department and a station, its officers, and a case, for the tests."""

from __future__ import annotations

from typing import Any

from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.actions import NewMatter, open_matter
from gongzhi.base.matters.models import Matter, Party
from gongzhi.base.people.actions import open_account, open_unit
from gongzhi.base.people.models import Account, Unit
from gongzhi.work.cases import actions
from gongzhi.work.cases.actions import NewCase
from gongzhi.work.cases.models import Case

SYSTEM = Actor.system("test")
NAMES = {
    "bureau": ("bureau", "听澜县公安局", ""),
    "legal": ("department", "法制大队", "bureau"),
    "lancheng": ("station", "澜城派出所", "bureau"),
    "wangchao": ("station", "望潮派出所", "bureau"),
}
STAFF = {
    "lead": ("case_officer", "lancheng"),
    "second": ("case_officer", "lancheng"),
    "third": ("case_officer", "lancheng"),
    "far": ("case_officer", "wangchao"),
    "far_second": ("case_officer", "wangchao"),
    "chief": ("unit_leader", "lancheng"),
    "far_chief": ("unit_leader", "wangchao"),
    "head": ("bureau_leader", "bureau"),
    "legal": ("legal_reviewer", "legal"),
    "watch": ("supervisor", "bureau"),
    "patrol": ("officer", "lancheng"),
}
FIRST = {"acceptance_record": "受案登记表"}
QUESTIONED = {
    "questioning_officers": "2", "questioning_recording": "录像 3 号", "family_told": "已电话通知",
}  # fmt: skip


def unit(code: str) -> Unit:
    """One of the units, with those above it."""
    found = Unit.objects.filter(code=code).first()
    kind, name, above = NAMES[code]
    return found or open_unit(
        SYSTEM, code=code, kind=kind, name_zh=name, name_en=code.title(),
        parent=unit(above) if above else None,
    )  # fmt: skip


def account(name: str) -> Account:
    """One of the staff."""
    role, of = STAFF[name]
    found = Account.objects.filter(username=name).select_related("unit").first()
    return found or open_account(
        SYSTEM, username=name, display_name=f"海小{name}", unit=unit(of), roles=[role]
    )


def by(name: str) -> Actor:
    """One of the staff, as actions want them."""
    return Actor.account(account(name))


def incident() -> Matter:
    """A theft that somebody called about."""
    new = NewMatter(
        procedure="incident", category="theft", owner=unit("lancheng"), words="手机被偷",
        channel="phone",
    )  # fmt: skip
    return open_matter(SYSTEM, new)


def case(procedure: str = "administrative_case", **more: Any) -> Case:
    """A case of the two officers."""
    new = NewCase(procedure, "theft", account("lead"), account("second"), "码头上手机被偷", **more)
    return actions.open_case(by("lead"), new)


def filed(**more: Any) -> Case:
    """An administrative case that was filed, so that its thirty days run."""
    made = case(**more)
    actions.take_case_step(by("lead"), made, "filed", elements=FIRST)
    return again(made)


def suspected(one: Case, number: int = 1) -> list[Party]:
    """So many suspects, put down in the case."""
    told = [{"name": f"海某{n}"} for n in range(number)]
    return [actions.add_party(by("lead"), one, "suspect", fields) for fields in told]


def again(one: Case) -> Case:
    """The case as the database has it now."""
    return Case.objects.select_related("matter__owner_unit__parent").get(pk=one.pk)
