"""Every address with parts has an example, by which the walk through all pages opens it."""

from __future__ import annotations

from gongzhi.base.access.matrix import addresses
from tests.browser.examples import EXAMPLES


def test_every_address_with_parts_has_an_example() -> None:
    """Told here in a second; the walk, which needs a browser and minutes, tells it too late."""
    lacking = []
    for address in addresses():
        if address.mark and address.mark.who == "programs":
            continue  # no page, and not walked
        path = address.path
        for part, specimen in EXAMPLES.items():
            path = path.replace(part, specimen)
        if "<" in path:
            lacking.append(path)
    assert not lacking, f"add to tests/browser/examples.py: {lacking}"
