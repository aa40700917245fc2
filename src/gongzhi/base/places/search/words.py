"""How text becomes search tokens: the same ones on every database.

Chinese has no spaces, and a word list never knows every hamlet. So beside the words that the
segmenter sees, every pair of neighbouring characters is a token, and every single one: two
characters of any name are enough to find it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

LONGEST = 60
"""Characters of a query that are read."""
HAN = "〇\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_RUNS = re.compile(rf"[{HAN}]+|[^\W_]+?(?=[{HAN}]|[\W_]|$)")
_ALL_HAN = re.compile(rf"[{HAN}]+")


def key_of(text: str) -> str:
    """The text without what nobody types: case, width, accents, punctuation, blanks."""
    return "".join(runs_of(text))


def runs_of(text: str) -> list[str]:
    """Runs of Chinese characters, and Latin words and numbers, in order, in lower case."""
    wide = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(char for char in wide if not unicodedata.combining(char))
    return [match[0] for match in _RUNS.finditer(plain)]


def is_han(run: str) -> bool:
    """Whether it is a run of Chinese characters."""
    return bool(_ALL_HAN.fullmatch(run))


def pairs_of(run: str) -> list[str]:
    """Every two neighbouring characters; of a single one, itself."""
    return [run[i : i + 2] for i in range(len(run) - 1)] or [run]


def tokens_of(texts: Iterable[str]) -> list[str]:
    """The tokens under which these texts are found, each once, sorted."""
    import rjieba  # a third of a second of every start, for which no other command should wait

    found: set[str] = set()
    for text in texts:
        for run in runs_of(text):
            found.add(run)
            if is_han(run):
                found.update(run, pairs_of(run), rjieba.cut_for_search(run))
    return sorted(found)
