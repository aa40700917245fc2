"""Which suite this county has: founded with, kept among its keys, never changed."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from gongzhi.base.crypto.commercial import Commercial
from gongzhi.base.crypto.international import International
from gongzhi.base.crypto.suite import Suite

FILE = "suite"
"""Below the home's keys, so that it goes where they go; a home without it is international."""
_SUITES: dict[str, Suite] = {one.name: one for one in (International(), Commercial())}


class WrongSuite(ValueError):
    """The county has another suite, or there is none of this name."""


def suite() -> Suite:
    """This county's."""
    return _read(Path(settings.HOME.keys))


def named(name: str) -> Suite:
    """The suite of this name. Raises WrongSuite."""
    if name not in _SUITES:
        raise WrongSuite(f"There is no suite {name!r}: {' or '.join(_SUITES)}.")
    return _SUITES[name]


def of_key(public: str) -> Suite:
    """The suite that a public key is of: those of SM2 have a byte more."""
    return named("commercial" if len(public) == 66 else "international")


def of_form(form: bytes) -> Suite | None:
    """The suite whose seals begin with this byte."""
    return next((one for one in _SUITES.values() if one.form == form), None)


def choose(name: str, keys: Path) -> None:
    """Found the county of these keys with this suite. Raises WrongSuite where it has another one,
    or where anything was signed or sealed already."""
    wanted, path = named(name), keys / FILE
    has = _read(keys)
    if has is wanted:
        return
    if path.exists() or (keys / "log-signing").exists() or (keys / "personal-fields").exists():
        raise WrongSuite(f"This county was founded with the {has.name} suite and keeps it.")
    keys.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.write_text(f"{wanted.name}\n", "ascii")
    _read.cache_clear()


@lru_cache(maxsize=32)
def _read(keys: Path) -> Suite:
    path = keys / FILE
    return named(path.read_text("ascii").strip() if path.exists() else "international")
