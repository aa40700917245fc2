"""How every command begins: by which county it is about."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import django
import typer

from gongzhi.config.home import Home
from gongzhi.config.tables import ARRIVING, found_tables

HomeOption = Annotated[
    Path | None, typer.Option("--home", help="Where the county lives (or GONGZHI_HOME).")
]


def begin(home: Path | None, *, moving: bool = False) -> None:
    """Let Django read the settings of this home. Ends the program where the county isn't (yet, or
    any more) what it should be, unless it is just being moved."""
    if home is not None:
        os.environ["GONGZHI_HOME"] = str(home)
    if not moving and (wrong := _not_here(Home.from_environment())):
        sys.exit(wrong)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongzhi.config.settings")
    django.setup()


def _not_here(home: Home) -> str:
    """Why there is no whole county in this home; "" when there is, or when it is empty."""
    if home.arriving.exists():
        return f"A county is still arriving in {home.root}. Run that restore or import again."
    if home.moved.exists() and not os.environ.get("GONGZHI_DATABASE_URL"):
        return (
            f"This county was moved to PostgreSQL; {home.moved} says where."
            " Set GONGZHI_DATABASE_URL to it."
        )
    return ""


def prepare() -> None:
    """Make the database if it isn't there, or bring it up to date."""
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    _choose_suite()
    if ARRIVING in connection.introspection.table_names():
        sys.exit(
            "A county is still on its way into this database. Run `gongzhi database move` again."
        )
    # whitenoise warns of a folder for collected files that isn't there
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    if not found_tables():
        call_command("migrate", verbosity=0, interactive=False)


def _choose_suite() -> None:
    """Found the county with the suite that GONGZHI_SUITE says, or see that it has that one."""
    from django.conf import settings

    from gongzhi.base.crypto.county import WrongSuite, choose

    try:
        if name := os.environ.get("GONGZHI_SUITE", ""):
            choose(name, settings.HOME.keys)
    except WrongSuite as wrong:
        sys.exit(str(wrong))
