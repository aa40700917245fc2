"""Rows of a source as past matters, the way its mapping says."""

from __future__ import annotations

import hashlib
import json
import re
from base64 import urlsafe_b64encode
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from gongzhi.base.catalogue.kinds.mapping import MappedStep, Mapping, Rule, Shown
from gongzhi.base.files.tables import Row
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.drafts import NewMatter
from gongzhi.base.matters.intake import LONGEST
from gongzhi.base.matters.past import PastMatter, PastStep
from gongzhi.base.people.models import Unit
from gongzhi.base.places.coordinates import Point
from gongzhi.base.places.models import County
from gongzhi.base.ui.errors import Refused
from gongzhi.watch.exchange.imports.position import Locator
from gongzhi.watch.exchange.imports.times import Course, read_time

BY = Actor.system("import")
CHANNEL = "import"
NOT_STATED = "not_stated"
_CODE = re.compile(r"[a-z0-9_]{1,40}", re.ASCII)


@dataclass(frozen=True)
class Fact:
    """When, what and where; ``own``: officers began it themselves."""

    at: datetime
    category: str
    point: Point | None
    own: bool


class Converter:
    """Makes a past matter of the rows about it; ``notes`` counts what was mended or left out."""

    def __init__(
        self, mapping: Mapping, headings: Sequence[str], owner: Unit, county: County
    ) -> None:
        self.mapping = mapping
        self.owner = owner
        self.county = county
        self.notes: Counter[str] = Counter()
        # The first column of a name counts, as a reader of the table would look it up.
        self.index = {name: i for i, name in reversed(list(enumerate(headings)))}
        self.locator = Locator(mapping, mapping.position, self.notes) if mapping.position else None
        own = mapping.forecast.own_work
        self.own_work = re.compile(own.matches, re.IGNORECASE) if own else None
        self.rules = [(_fits(rule), rule) for rule in mapping.category.rules]

    def text(self, row: Row, column: str) -> str:
        """What a column says in the row, as text."""
        return str(row.cells[self.index[column]])

    def key(self, row: Row) -> str:
        """What makes the row, or the matter it is part of, the same when it comes again.

        Refuses a row whose columns of the id are all empty.
        """
        parts = [self.text(row, column) for column in self.mapping.id]
        if not any(parts):
            raise Refused(_("这一行没有编号，无法和以后的导入对上。"), code="no_id")
        said = json.dumps(parts, ensure_ascii=False).encode()
        digest = hashlib.blake2b(said, digest_size=15).digest()
        return f"{self.mapping.code}:{urlsafe_b64encode(digest).decode()}"

    def past(self, key: str, rows: Sequence[Row]) -> PastMatter:
        """The matter of these rows. Refuses, with the reason, what can't be one."""
        first = rows[0]
        category, priority = self._category(first)
        opened = self._opened(rows)
        steps = _Steps(self, rows, opened).taken()
        new = NewMatter(
            procedure=self.mapping.procedure,
            category=category,
            owner=self.owner,
            words=self._joined(first, self.mapping.words, "\n")[:LONGEST],
            place=self._joined(first, self.mapping.place, ", "),
            point=self._point(first),
            priority=self._priority(first) or priority,
            channel=CHANNEL,
            county=self.county,
            idempotency_key=key,
        )
        return PastMatter(new, opened, BY, steps, self._due(first, opened))

    def outcome(self, row: Row) -> str:
        """What the mapping writes of a row as the disposition of who was there."""
        cleared = next((one for one in self.mapping.steps if one.code == "cleared"), None)
        shown = cleared.elements.get("disposition") if cleared else None
        said = self.shown(row, shown) if shown else ""
        return said if _CODE.fullmatch(said) else NOT_STATED

    def fact(self, rows: Sequence[Row]) -> Fact:
        """What, when and where alone. Refuses, with the reason, what can't be known."""
        opened, (category, _priority) = self._opened(rows), self._category(rows[0])
        own, pattern = self.mapping.forecast.own_work, self.own_work
        began = own and pattern and pattern.search(self.text(rows[0], own.column))
        return Fact(opened, category, self._point(rows[0]), own=bool(began))

    def moment(self, row: Row, column: str) -> datetime | None:
        """The time in a column; None when it is empty."""
        cell = row.cells[self.index[column]]
        return None if cell == "" else read_time(cell, self.mapping.times)

    def shown(self, row: Row, shown: Shown) -> str:
        """What an element says of a row."""
        if shown.column is None:
            return shown.otherwise
        said = self.text(row, shown.column)
        if shown.table:
            return shown.table.get(said, shown.otherwise)
        return said[:LONGEST] or shown.otherwise

    def _due(self, row: Row, opened: datetime) -> datetime | None:
        at = self.moment(row, self.mapping.due) if self.mapping.due else None
        if at is not None and at <= opened:
            self.notes["due_left_out"] += 1
            return None
        return at

    def _opened(self, rows: Sequence[Row]) -> datetime:
        times = [self.moment(row, self.mapping.opened) for row in rows]
        known = [time for time in times if time is not None]
        if not known:
            raise Refused(_("没有写明什么时候发生的。"), code="time_missing")
        return min(known)

    def _joined(self, row: Row, columns: Sequence[str], glue: str) -> str:
        texts = dict.fromkeys(self.text(row, column) for column in columns)  # not the same twice
        return glue.join(text for text in texts if text)

    def _point(self, row: Row) -> Point | None:
        if self.locator is None:
            return None
        return self.locator.locate(lambda column: self.text(row, column))

    def _category(self, row: Row) -> tuple[str, int | None]:
        said = self.text(row, self.mapping.category.column)
        for fits, rule in self.rules:
            if fits(said):
                return rule.category, rule.priority
        if self.mapping.category.otherwise is None:
            raise Refused(
                _("映射里没有与“%(text)s”对应的类别。") % {"text": said[:60]},
                code="category_unmapped",
            )
        return self.mapping.category.otherwise, None

    def _priority(self, row: Row) -> int | None:
        table = self.mapping.priority
        return table.table.get(self.text(row, table.column)) if table else None


class _Steps:
    """The steps that the rows of one matter tell of."""

    def __init__(self, converter: Converter, rows: Sequence[Row], opened: datetime) -> None:
        self.converter = converter
        self.rows = rows
        self.course = Course(converter.mapping.times, opened, converter.notes)
        self.believed: dict[str, datetime | None] = {converter.mapping.opened: opened}

    def taken(self) -> list[PastStep]:
        """Those whose conditions hold, each at its time."""
        return [
            PastStep(at, step.code, BY, self._elements(step))
            for step in self.converter.mapping.steps
            if self._is_told(step) and (at := self._at(step)) is not None
        ]

    def _is_told(self, step: MappedStep) -> bool:
        return all(map(self._says, step.needs)) and not any(map(self._says, step.unless))

    def _says(self, column: str) -> bool:
        """Whether the column has something in it that wasn't left out."""
        if column in self.believed:
            return self.believed[column] is not None
        return any(self.converter.text(row, column) for row in self.rows)

    def _at(self, step: MappedStep) -> datetime | None:
        if not step.at:
            return self.course.latest
        for column in step.at:
            if column not in self.believed:
                self.believed[column] = self._believe(step, column)
            at = self.believed[column]
            if at is not None:
                return max(at, self.course.latest)
        return None

    def _believe(self, step: MappedStep, column: str) -> datetime | None:
        times = [self.converter.moment(row, column) for row in self.rows]
        known = [time for time in times if time is not None]
        if not known:
            return None
        return self.course.follow(column, min(known) if step.pick == "first" else max(known))

    def _elements(self, step: MappedStep) -> dict[str, str]:
        first = self.rows[0]
        return {code: self.converter.shown(first, shown) for code, shown in step.elements.items()}


def _fits(rule: Rule) -> Callable[[str], bool]:
    """Whether a text is what the rule means, blind to case."""
    if rule.matches:
        pattern = re.compile(rule.matches, re.IGNORECASE)
        return lambda text: pattern.search(text) is not None
    if rule.begins:
        start = rule.begins.casefold()
        return lambda text: text.casefold().startswith(start)
    whole = rule.equals.casefold()
    return lambda text: text.casefold() == whole
