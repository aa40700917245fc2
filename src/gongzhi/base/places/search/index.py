"""The full-text index on either database, over the same tokens.

SQLite: an FTS5 table beside the gazetteer, rebuilt by whoever writes the gazetteer.
PostgreSQL: a GIN index over a ``tsvector`` made of the tokens themselves; no text parser of the
server has a say in what a word is, so both databases find the same.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection

_VECTOR = "array_to_tsvector(string_to_array(tokens, ' '))"
MAKE = {
    "sqlite": [
        (
            "CREATE VIRTUAL TABLE places_gazetteer_words USING fts5(tokens, "
            "content='places_gazetteerentry', content_rowid='id', "
            'tokenize="unicode61 remove_diacritics 0")'
        )
    ],
    "postgresql": [
        f"CREATE INDEX places_gazetteer_words ON places_gazetteerentry USING gin (({_VECTOR}))"
    ],
}
DROP = {
    "sqlite": ["DROP TABLE places_gazetteer_words"],
    "postgresql": ["DROP INDEX places_gazetteer_words"],
}
_SETTLE = {
    "sqlite": "INSERT INTO places_gazetteer_words(places_gazetteer_words) VALUES ('rebuild')",
    "postgresql": "SELECT gin_clean_pending_list('places_gazetteer_words'::regclass)",
}
_FIND = {
    "sqlite": (
        "SELECT rowid FROM places_gazetteer_words WHERE places_gazetteer_words MATCH %s "
        "ORDER BY {order} LIMIT %s"
    ),
    # A query of ever more rows with the best first: the sort is by what the index gave.
    "postgresql": (
        f"SELECT id FROM places_gazetteerentry WHERE {_VECTOR} @@ %s::tsquery "  # noqa: S608
        "ORDER BY {order} LIMIT %s"
    ),
}
_BEST_FIRST = {
    "sqlite": "rank",
    "postgresql": f"ts_rank({_VECTOR}, %s::tsquery) DESC, id",
}


def rebuild() -> None:
    """Read the tokens again, after the gazetteer was written.

    PostgreSQL keeps the index by itself, but what many rows brought stands on a list beside it,
    read from end to end by every search until a vacuum comes by: so it is put in order now.
    """
    with connection.cursor() as cursor:
        cursor.execute(_SETTLE[connection.vendor])


def with_all(tokens: Sequence[str], limit: int, *, open_end: bool = False) -> list[int]:
    """Ids of entries that have every token, the better known first.

    With ``open_end`` the last token may go on (a word that is still being typed).
    """
    asked = _join(_quoted(tokens, open_end=open_end), "AND", "&")
    order = "rowid" if connection.vendor == "sqlite" else "id"
    return _ids(order, [asked, limit])


def with_any(tokens: Sequence[str], limit: int, *, open_end: bool = False) -> list[int]:
    """Ids of entries that have any token, those with more and rarer ones first."""
    asked = _join(_quoted(tokens, open_end=open_end), "OR", "|")
    again = [asked] if connection.vendor == "postgresql" else []
    return _ids(_BEST_FIRST[connection.vendor], [asked, *again, limit])


def _ids(order: str, values: list[str | int]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(_FIND[connection.vendor].format(order=order), values)
        return [row[0] for row in cursor.fetchall()]


def _join(quoted: list[str], sqlite: str, postgresql: str) -> str:
    return f" {sqlite if connection.vendor == 'sqlite' else postgresql} ".join(quoted)


def _quoted(tokens: Sequence[str], *, open_end: bool) -> list[str]:
    """Tokens as the query language of the database takes them; they are letters and digits."""
    if connection.vendor == "sqlite":
        quoted, end = [f'"{token}"' for token in tokens], "*"
    else:
        quoted, end = [f"'{token}'" for token in tokens], ":*"
    if open_end:
        quoted[-1] += end
    return quoted
