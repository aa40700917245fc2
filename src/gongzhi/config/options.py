"""Options that several commands of analysis have alike."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

SeedOption = Annotated[int, typer.Option("--seed", help="The same seed, the same figures.")]
JsonOption = Annotated[
    Path | None, typer.Option("--json", help="Write everything there; - for the terminal.")
]
