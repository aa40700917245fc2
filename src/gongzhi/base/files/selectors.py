"""Which contents are wanted, and whether they are still what they were."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gongzhi.base.files import store
from gongzhi.base.files.contents import fault_of
from gongzhi.base.files.models import StoredFile

_BATCH = 500


def named_by_no_row(names: Iterable[str]) -> set[str]:
    """Those of the names in the store that no stored file has. A sealed file's plain hash is no
    name in the store: its content lies there sealed only."""
    left = {name for name in names if name}
    plain, sealed = {"key__isnull": True}, {"key__isnull": False}
    for column, told in (("sha256", plain), ("thumbnail", plain), ("sealed_as", sealed),
                         ("small_sealed_as", sealed)):  # fmt: skip
        named = StoredFile.objects.filter(**{f"{column}__in": left}, **told)
        left -= set(named.values_list(column, flat=True))
    return left


def broken_files() -> Iterator[tuple[int, str, str]]:
    """Id, hash and fault of every file that isn't what it was. Reads all of them anew."""
    for file in StoredFile.objects.select_related("key").order_by("pk").iterator(_BATCH):
        if fault := fault_of(file):
            yield file.pk, file.sha256, fault


def orphans() -> Iterator[str]:
    """Names in the store, older than a day, that no row names."""
    batch: list[str] = []
    for path in store.contents():
        batch.append(path.name)
        if len(batch) == _BATCH:
            yield from named_by_no_row(batch)
            batch.clear()
    yield from named_by_no_row(batch)
