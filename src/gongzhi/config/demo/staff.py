"""Who acts in the demo county's history: the desk's accounts, and a clerk in every department."""

from __future__ import annotations

from dataclasses import dataclass

from gongzhi.base.log.actor import Actor
from gongzhi.base.people.actions import open_account
from gongzhi.base.people.models import Account, Unit
from gongzhi.config.demo.organisation import DEPARTMENTS


@dataclass(frozen=True)
class Staff:
    """Actors by what they do, units by their codes."""

    call_taker: Actor
    dispatcher: Actor
    clerks: dict[int, Actor]
    """By the unit they work in."""
    units: dict[str, Unit]

    @classmethod
    def of_county(cls) -> Staff:
        """As they are in the database now."""
        accounts = {account.username: account for account in Account.objects.select_related("unit")}
        clerks = [a for a in accounts.values() if {"partner", "officer"} & set(a.roles)]
        return cls(
            call_taker=Actor.account(accounts["call_taker"]),
            dispatcher=Actor.account(accounts["dispatcher"]),
            clerks={clerk.unit_id: Actor.account(clerk) for clerk in clerks},
            units={unit.code: unit for unit in Unit.objects.all()},
        )

    def clerk_of(self, unit: Unit) -> Actor:
        """Whoever handles requests there; the platform where nobody does."""
        return self.clerks.get(unit.pk, Actor.system("demo"))


def load_clerks(by: Actor) -> int:
    """Open an account without a password in every department and station that has none."""
    manned = set(Account.objects.values_list("unit__code", flat=True))
    stations = Unit.objects.filter(kind=Unit.Kind.STATION)
    wanted = [(code, "partner") for code, *_ in DEPARTMENTS]
    wanted += [(station.code, "officer") for station in stations]
    units = {unit.code: unit for unit in Unit.objects.all()}
    for code, role in wanted:
        if code not in manned:
            open_account(
                by,
                username=f"clerk_{code}",
                # 海 with 小 and a word for the unit: nobody is called that.
                display_name=f"海小{units[code].name_zh[0]}",
                unit=units[code],
                roles=[role],
            )
    return len(wanted)
