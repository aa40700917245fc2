"""``gongzhi services``: the services that the county offers, and whether their files are good."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from gongzhi.config.begin import HomeOption, begin

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
