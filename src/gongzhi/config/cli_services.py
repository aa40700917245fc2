"""``gongzhi services``: the services that the county offers, and whether their files are good."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from gongzhi.config.begin import HomeOption, begin

if TYPE_CHECKING:
    from gongzhi.work.public_services.selectors.visits import Tally, Year

services_app = typer.Typer(no_args_is_help=True, help="The services that residents apply for.")


@services_app.command("check")
def check(
    code: Annotated[str, typer.Argument(help="Only this service.")] = "",
    home: HomeOption = None,
) -> None:
    """Read every service file; say what is wrong, or what each one asks and how long it takes."""
    begin(home)
    from gongzhi.base.catalogue.load import CatalogueError, catalogue
    from gongzhi.work.public_services.selectors.services import terms_of

    try:
        services = catalogue().services
    except CatalogueError as wrong:
        sys.exit(str(wrong))
    if code and code not in services:
        sys.exit(f"There is no service {code!r}; there are: {', '.join(services)}")
    for one in services.values():
        if code in ("", one.code):
            terms = "; ".join(f"{it.words} ({it.basis})" for it in terms_of(one)) or "at once"
            held = sum(not it.is_asked_for for it in one.materials)
            print(
                f"{one.code}: {len(one.questions)} questions, {len(one.fields)} fields, "
                f"{len(one.materials) - held} materials asked for, {held} looked up, "
                f"{one.visits} visits; {terms}"
            )
    print(f"{len(services)} services are good")


@services_app.command("search")
def search(
    question: Annotated[str, typer.Argument(help="As a resident would ask, in either language.")],
    lang: Annotated[Literal["zh", "en"], typer.Option(help="The language of the answer.")] = "zh",
    home: HomeOption = None,
) -> None:
    """Print the articles that answer QUESTION, the best first, and the law of the best one.

    Nothing is counted and nothing kept. Ends with 1 where there is no answer.
    """
    begin(home)
    from django.utils.translation import override

    from gongzhi.work.consultation.selectors.articles import basis_of
    from gongzhi.work.consultation.selectors.finding import answer

    with override({"zh": "zh-hans", "en": "en"}[lang]):
        found = answer(question)
        print(found.outcome.label)
        for place, one in enumerate(found.articles, 1):
            print(f"{place}. {one.code}: {one.question}")
        for one in found.articles[:1]:
            print("", *one.answer, *basis_of(one), sep="\n   ")
    if not found.articles:
        sys.exit(1)


@services_app.command("visits")
def visits(
    year: Annotated[
        int | None, typer.Option(min=2000, max=2100, help="Without it: the one that runs.")
    ] = None,
    home: HomeOption = None,
) -> None:
    """Print how often people came to a counter in a year, beside what each service's file predicts.

    Applications whose result is handed over, by service and office, those first where people came
    most beyond the prediction; second visits by what they were for. These numbers are exact: the
    page /services/visits/ shows them in steps of five.
    """
    begin(home)
    from django.utils import timezone
    from django.utils.translation import override

    from gongzhi.base.log.actions import now
    from gongzhi.work.public_services.selectors.visits import year_of

    local: datetime = timezone.localtime(now())
    with override("en"):
        found = year_of(year or local.year)
        if not found.services:
            print(f"{found.year}: no application was finished, so nobody's visits are counted.")
            return
        for line in _visits_told(found):
            print(line)


_LINE = "{:<26} {:>8} {:>9} {:>5} {:>9}  {}"


def _visits_told(found: Year) -> Iterator[str]:
    all_ = found.all
    yield (
        f"{found.year}: {all_.finished} applications finished, {all_.visits} visits: "
        f"{all_.mean:.2f} each, {found.predicted:.2f} predicted; "
        f"{all_.spared_part:.0%} with one visit at most"
    )
    yield f"second visits: {_reasons(all_) or 'none'}"
    yield ""
    yield _LINE.format("service / office", "finished", "predicted", "came", "1 at most", "second")
    for one in found.services:
        yield _figures(one.code, one.all, str(one.predicted))
        for office, tally in one.offices:
            yield _figures(f"  {office.code if office else '?'}", tally, "")


def _figures(name: str, tally: Tally, predicted: str) -> str:
    spared = f"{tally.spared_part:.0%}"
    came = f"{tally.mean:.2f}"
    return _LINE.format(
        name[:26], tally.finished, predicted, came, spared, _reasons(tally)
    ).rstrip()


def _reasons(tally: Tally) -> str:
    return ", ".join(f"{why} {times}" for why, times in tally.reasons)


@services_app.command("load-register")
def load_register(
    code: Annotated[str, typer.Argument(help="A register of the catalogue, such as residence.")],
    table: Annotated[Path, typer.Argument(help="CSV in UTF-8, with a heading row.")],
    home: HomeOption = None,
) -> None:
    """Put the entries of a TABLE in the place of all that the register has.

    Columns: on (the day of the entry, 2024-08-16), person.name, person.id_number, person.phone, and
    the facts that the register's file lists, such as living.address. All rows or none.
    """
    begin(home)
    from gongzhi.base.catalogue.load import catalogue
    from gongzhi.base.log.actor import Actor
    from gongzhi.base.ui.errors import Refused
    from gongzhi.work.public_services.actions import load_register as load

    register = catalogue().registers.get(code)
    if register is None:
        sys.exit(f"There is no register {code!r}; there are: {', '.join(catalogue().registers)}")
    try:
        with table.open(encoding="utf-8-sig", newline="") as lines:
            rows = [(date.fromisoformat(row.pop("on")), row) for row in csv.DictReader(lines)]
        number = load(Actor.system("command_line"), register, rows)
    except (OSError, KeyError, ValueError, Refused) as wrong:
        sys.exit(f"{table}: {wrong}")
    print(f"{number} entries; delete {table} now, it lies in the clear")
