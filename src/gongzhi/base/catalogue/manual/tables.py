"""Tables whose cells stand in both languages, the second below the first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from django.utils.translation import override

Say = Callable[[], str]


def both(say: Say) -> str:
    """What it says in Chinese and, below, in English; once where that is the same."""
    with override("en"):
        english = say()
    return cell("<br>".join(dict.fromkeys([say(), english])))


def cell(text: str) -> str:
    """A bar would end the cell."""
    return text.replace("|", "&#124;")


def row(cells: Sequence[str]) -> str:
    """One line of a table."""
    return " ".join(["|", *(f"{one} |" if one else "|" for one in cells)])


def head(heads: Sequence[Say]) -> Iterator[str]:
    """The two lines that a table begins with."""
    yield row([both(one) for one in heads])
    yield "|---" * len(heads) + "|"
