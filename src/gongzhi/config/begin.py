"""How every command begins: by which county it is about."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import django
import typer

HomeOption = Annotated[
    Path | None, typer.Option("--home", help="Where the county lives (or GONGZHI_HOME).")
]


def begin(home: Path | None) -> None:
    """Let Django read the settings of this home."""
    if home is not None:
        os.environ["GONGZHI_HOME"] = str(home)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongzhi.config.settings")
    django.setup()


def prepare() -> None:
    """Make the database if it isn't there, or bring it up to date."""
    from django.conf import settings
    from django.core.management import call_command

    # whitenoise warns of a folder for collected files that isn't there
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0, interactive=False)
