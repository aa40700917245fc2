"""Which contents are wanted, and whether they are still what they were."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gongzhi.base.files import store
from gongzhi.base.files.models import StoredFile

_BATCH = 500


def named_by_no_row(digests: Iterable[str]) -> set[str]:
    """Those of the hashes that no stored file has."""
    left = {digest for digest in digests if digest}
    for column in ("sha256", "thumbnail"):
        named = StoredFile.objects.filter(**{f"{column}__in": left})
        left -= set(named.values_list(column, flat=True))
    return left


def broken_files() -> Iterator[tuple[int, str]]:
    """Id and hash of every content that is missing or was altered. Reads all of them anew."""
    rows = StoredFile.objects.order_by("pk").values_list("pk", "sha256", "thumbnail")
    for key, *digests in rows.iterator(_BATCH):
        for digest in filter(None, digests):
            if not store.holds(digest):
                yield key, digest


def orphans() -> Iterator[str]:
    """Names in the store, older than a day, that no row names."""
    batch: list[str] = []
    for path in store.contents():
        batch.append(path.name)
        if len(batch) == _BATCH:
            yield from named_by_no_row(batch)
            batch.clear()
    yield from named_by_no_row(batch)
