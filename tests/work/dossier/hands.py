"""A case of a station, its officers and its keeper, as the tests of dossiers need them."""

from __future__ import annotations

from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.actions import NewMatter, open_matter
from gongzhi.base.matters.models import Matter
from gongzhi.base.people.actions import open_account, open_unit
from gongzhi.base.people.models import Account, Unit

SYSTEM = Actor.system("test")


def station(code: str = "tandong") -> Unit:
    """A police station."""
    found = Unit.objects.filter(code=code).first()
    return found or open_unit(
        SYSTEM, code=code, kind="station", name_zh="潭东派出所", name_en="Tandong Station"
    )


def somebody(name: str, role: str = "case_officer", unit: Unit | None = None) -> Actor:
    """A member of staff of the station."""
    made = open_account(
        SYSTEM, username=name, display_name="海小某", unit=unit or station(), roles=[role]
    )
    return Actor.account(made)


def account(by: Actor) -> Account:
    """The account that acts."""
    assert isinstance(by.source, Account)
    return by.source


def case(owner: Unit | None = None) -> Matter:
    """A matter of the station."""
    told = {"words": "包在码头被偷了", "place": "观澜码头", "channel": "phone"}
    return open_matter(
        SYSTEM,
        NewMatter(procedure="incident", category="theft", owner=owner or station(), **told),  # type: ignore[arg-type]
    )
