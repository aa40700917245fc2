"""Pages of the manual that are made from the catalogue, so that they never say otherwise."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import override

from gongzhi.base.calendar.sentences import in_words
from gongzhi.base.catalogue.kinds.clock import Clock
from gongzhi.base.catalogue.load import Catalogue

BEARERS = {
    "owner": "承办单位 unit in charge",
    "desk": "指挥中心 duty desk",
    "crew": "出警警力 units sent",
}
_HEAD = """\
# 时限 Clocks

The clocks that ship, made from `catalogue/clocks` by `gongzhi clocks table`; a test compares them.
How they run is told under [Clocks](../explanation/clocks.md).
"""
_COLUMNS = """\
| 时限 clock | 谁 who | 期限 limit | 依据 basis | 义务 obligation |
|---|---|---|---|---|
"""


def clocks_page(whole: Catalogue) -> str:
    """All clocks in one Markdown page, a table for each procedure."""
    parts = [_HEAD]
    for code, procedure in whole.procedures.items():
        rows = [_row(clock) for clock in whole.clocks.values() if code in clock.procedures]
        if rows:
            heading = f"\n## {procedure.name.zh} {procedure.name.en}\n\n"
            parts += [heading, _COLUMNS, *rows]
    return "".join(parts)


def _row(clock: Clock) -> str:
    name = f"{clock.name.zh}<br>{clock.name.en}<br>`{clock.code}`"
    basis = f"{clock.citations.zh}<br>{clock.citations.en}"
    obligation = f"{clock.obligation.zh}<br>{clock.obligation.en}"
    cells = (name, BEARERS[clock.bearer], "<br>".join(_limits(clock)), basis, obligation)
    return f"| {' | '.join(cell.replace('|', '&#124;') for cell in cells)} |\n"


def _limits(clock: Clock) -> Iterable[str]:
    for language, taken in (
        ("zh-hans", "{limit}（本县按 {taken}掌握）"),
        ("en", "{limit} (here {taken})"),
    ):
        with override(language):
            limit = in_words(clock.limit)
            yield (
                taken.format(limit=limit, taken=in_words(clock.taken_as))
                if clock.taken_as
                else limit
            )
