"""``gongzhi services``: the services that the county offers, and whether their files are good."""

from __future__ import annotations

import sys
from typing import Annotated, Literal

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
