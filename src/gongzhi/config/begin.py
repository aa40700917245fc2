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
