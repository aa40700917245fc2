"""Reading the catalogue: what ships, with the county's own files laid over it."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any, TypeVar

from django.conf import settings
from pydantic import BaseModel, ValidationError

from gongzhi.base.calendar.workdays import WorkCalendar
from gongzhi.base.catalogue.kinds.ability import Ability
from gongzhi.base.catalogue.kinds.advice import Advice
from gongzhi.base.catalogue.kinds.article import Article, unfit_articles
from gongzhi.base.catalogue.kinds.calendar import CalendarFile
from gongzhi.base.catalogue.kinds.category import Category
from gongzhi.base.catalogue.kinds.checkin import CheckIn
from gongzhi.base.catalogue.kinds.checklist import Checklist
from gongzhi.base.catalogue.kinds.clock import ALWAYS_KNOWN, Clock
from gongzhi.base.catalogue.kinds.clock_checks import dangling, replay_examples
from gongzhi.base.catalogue.kinds.counters import Counters
from gongzhi.base.catalogue.kinds.counters_checks import unfit_counters
from gongzhi.base.catalogue.kinds.document import Document, lacking
from gongzhi.base.catalogue.kinds.forecast import Forecast, foreseen, unfit_forecasts
from gongzhi.base.catalogue.kinds.keeping import Keeping
from gongzhi.base.catalogue.kinds.mapping import Mapping as SourceMapping
from gongzhi.base.catalogue.kinds.measure import Measure, unfit_measures
from gongzhi.base.catalogue.kinds.node import NodeKind, unfit_nodes
from gongzhi.base.catalogue.kinds.partner import Partner
from gongzhi.base.catalogue.kinds.patrol_skip import PatrolSkip
from gongzhi.base.catalogue.kinds.procedure import Procedure, replay
from gongzhi.base.catalogue.kinds.register import Register
from gongzhi.base.catalogue.kinds.role import Role
from gongzhi.base.catalogue.kinds.rule import Rule, deaf
from gongzhi.base.catalogue.kinds.run_card import RunCard
from gongzhi.base.catalogue.kinds.run_card_checks import unfit_cards
from gongzhi.base.catalogue.kinds.service import Service
from gongzhi.base.catalogue.kinds.service_checks import unfit_service
from gongzhi.base.catalogue.kinds.shift_break import ShiftBreak
from gongzhi.base.catalogue.kinds.synonym import Synonyms
from gongzhi.base.catalogue.kinds.unit_limit import UnitLimit, unfit_limit
from gongzhi.base.catalogue.kinds.unit_status import UnitStatus
from gongzhi.base.catalogue.kinds.warning import WarningKind
from gongzhi.base.log.events import declared_events

M = TypeVar("M", bound=BaseModel)

KINDS: dict[str, type[BaseModel]] = {
    "abilities": Ability,
    "advice": Advice,
    "articles": Article,
    "breaks": ShiftBreak,
    "calendars": CalendarFile,
    "categories": Category,
    "checkins": CheckIn,
    "checklists": Checklist,
    "clocks": Clock,
    "counters": Counters,
    "documents": Document,
    "forecasts": Forecast,
    "keeping": Keeping,
    "mappings": SourceMapping,
    "measures": Measure,
    "nodes": NodeKind,
    "partners": Partner,
    "patrol_skips": PatrolSkip,
    "procedures": Procedure,
    "registers": Register,
    "roles": Role,
    "rules": Rule,
    "run_cards": RunCard,
    "synonyms": Synonyms,
    "services": Service,
    "unit_limits": UnitLimit,
    "unit_statuses": UnitStatus,
    "warnings": WarningKind,
}
"""Folder → what each file in it must be."""


class CatalogueError(ValueError):
    """A file is wrong; each line names file, key and what was expected."""


@dataclass(frozen=True)
class Catalogue:
    """Everything a county decides without code, by kind and code."""

    abilities: Mapping[str, Ability]
    advice: Mapping[str, Advice]
    articles: Mapping[str, Article]
    breaks: Mapping[str, ShiftBreak]
    calendars: Mapping[str, CalendarFile]
    categories: Mapping[str, Category]
    checkins: Mapping[str, CheckIn]
    checklists: Mapping[str, Checklist]
    clocks: Mapping[str, Clock]
    counters: Mapping[str, Counters]
    documents: Mapping[str, Document]
    forecasts: Mapping[str, Forecast]
    keeping: Mapping[str, Keeping]
    mappings: Mapping[str, SourceMapping]
    measures: Mapping[str, Measure]
    nodes: Mapping[str, NodeKind]
    partners: Mapping[str, Partner]
    patrol_skips: Mapping[str, PatrolSkip]
    procedures: Mapping[str, Procedure]
    registers: Mapping[str, Register]
    roles: Mapping[str, Role]
    rules: Mapping[str, Rule]
    run_cards: Mapping[str, RunCard]
    synonyms: Mapping[str, Synonyms]
    services: Mapping[str, Service]
    unit_limits: Mapping[str, UnitLimit]
    unit_statuses: Mapping[str, UnitStatus]
    warnings: Mapping[str, WarningKind]

    def sizes(self) -> dict[str, int]:
        """How many items of each kind."""
        return {kind: len(getattr(self, kind)) for kind in KINDS}

    @cached_property
    def calendar(self) -> WorkCalendar:
        """The one that the county works by: the first in order."""
        return next(iter(self.calendars.values())).calendar()

    def run_card_of(self, category: str) -> RunCard | None:
        """The card for incidents of this category, or else the one for all that have none."""
        return self._run_cards.get(category) or self._run_cards.get("")

    @cached_property
    def _run_cards(self) -> Mapping[str, RunCard]:
        cards = self.run_cards.values()
        return {code: card for card in cards for code in card.categories or ("",)}

    def clocks_moved_by(self, procedure: str, trigger: str) -> Sequence[Clock]:
        """The clocks that this event starts, stops or holds in matters of this procedure."""
        here, anywhere = self._moved.get((procedure, trigger)), self._moved.get(("", trigger))
        return [*(here or ()), *(anywhere or ())]

    @cached_property
    def personal_moves(self) -> frozenset[str]:
        """What moves a clock of which each person concerned has their own."""
        return frozenset(t for one in self.clocks.values() if one.per_person for t in one.triggers)

    @cached_property
    def _moved(self) -> Mapping[tuple[str, str], Sequence[Clock]]:
        moved = defaultdict(list)
        for clock in self.clocks.values():
            for procedure in clock.procedures or ("",):
                for trigger in clock.triggers:
                    moved[procedure, trigger].append(clock)
        return moved


def shipped() -> Path:
    """The folder that ships: inside the installed package, or at the root of a checkout."""
    package = Path(__file__).resolve().parents[2]
    inside = package / "catalogue"
    return inside if inside.is_dir() else package.parent.parent / "catalogue"


def read(*roots: Path) -> Catalogue:
    """The catalogue of these folders; a file in a later one replaces its namesake before.

    Raises CatalogueError with all faults of all files, a line each.
    """
    faults: list[str] = []
    kinds: dict[str, Any] = {
        kind: _read_kind(kind, model, roots, faults) for kind, model in KINDS.items()
    }
    if faults:
        raise CatalogueError("\n".join(faults))
    read_in = Catalogue(**kinds)
    faults = [fault for one in read_in.procedures.values() for fault in _unfit(one, read_in)]
    faults += [fault for one in read_in.clocks.values() for fault in _unfit_clock(one, read_in)]
    if not read_in.calendars:
        faults.append("calendars: expected at least one file, such as china.toml")
    faults += [fault for one in read_in.mappings.values() for fault in _lost(one, read_in)]
    faults += [fault for one in read_in.documents.values() for fault in _unfit_paper(one, read_in)]
    faults += [
        f"checklists/{one.code}.toml: procedures: there is no procedure {lost!r}"
        for one in read_in.checklists.values()
        for lost in sorted(set(one.procedures) - set(read_in.procedures))
    ]
    faults += [
        f"categories/{one.code}.toml: advice.card: there is no card {advised.card!r}"
        for one in read_in.categories.values()
        for advised in one.advice
        if advised.card not in read_in.advice
    ]
    faults += [
        f"checkins/{one.code}.toml: categories: there is no category {lost!r}"
        for one in read_in.checkins.values()
        for lost in sorted(set(one.categories) - set(read_in.categories))
    ]
    faults += [fault for one in read_in.rules.values() for fault in _unfit_rule(one, read_in)]
    faults += unfit_cards(
        read_in.run_cards, read_in.categories, read_in.abilities,
        read_in.partners,
    )  # fmt: skip
    faults += unfit_forecasts(read_in.forecasts, read_in.categories)
    faults += unfit_measures(read_in.measures.values(), read_in.categories)
    faults += unfit_nodes(read_in.nodes.values())
    faults += unfit_articles(read_in.articles, read_in.clocks, read_in.services)
    for service in read_in.services.values() if read_in.calendars else ():
        faults += unfit_service(service, read_in.procedures, read_in.clocks, read_in.calendar)
    if read_in.calendars:
        calendars = {one.code: one.calendar() for one in read_in.calendars.values()}
        faults += unfit_counters(read_in.counters, read_in.services, calendars)
    for limit in read_in.unit_limits.values():
        faults += unfit_limit(limit, list(read_in.categories), list(read_in.unit_statuses))
    faults += [
        f"warnings/{one.code}.toml: incidents: there is no category {lost!r}"
        for one in read_in.warnings.values()
        for lost in sorted(set(one.incidents) - set(read_in.categories))
    ]
    if faults:
        raise CatalogueError("\n".join(faults))
    return read_in


def _unfit(procedure: Procedure, whole: Catalogue) -> list[str]:
    """What only the whole catalogue shows: unknown roles, examples that come out otherwise."""
    where = f"procedures/{procedure.code}.toml"
    named = {role for one in procedure.versions for step in one.steps for role in step.roles}
    elements = [e for one in procedure.versions for step in one.steps for e in step.elements]
    named |= {role for element in elements for role in element.ranks}
    unknown = [
        f"{where}: roles: there is no role {role!r}" for role in sorted(named - set(whole.roles))
    ]
    pulled = {trigger for clock in whole.clocks.values() for trigger in clock.triggers}
    moves = {move for one in procedure.versions for move in one.moves}
    unknown += [f"{where}: moves: no clock is moved by {move!r}" for move in sorted(moves - pulled)]
    unknown += [
        f"{where}: {wrong}"
        for version in procedure.versions
        for wrong in version.unnamed(whole.personal_moves)
    ]
    unknown += [
        f"{where}: deeds.{deed.code}.planned: expected, as it begins the notice {clock.code}"
        for version in procedure.versions
        for deed in version.deeds
        for clock in whole.clocks.values()
        if deed.planned is None and clock.kind == "notice" and not clock.before_end_of
        if set(clock.starts_on) & set(deed.begins)
    ]
    return unknown + [f"{where}: examples: {wrong}" for wrong in replay(procedure)]


def _unfit_clock(clock: Clock, whole: Catalogue) -> list[str]:
    """What only the whole catalogue shows: triggers that nothing pulls, facts that nobody gives,
    a role that is not there, sums that come out otherwise."""
    steps = {
        one.code: {step.code for version in one.versions for step in version.steps}
        for one in whole.procedures.values()
    }
    calendars = {one.code: one.calendar() for one in whole.calendars.values()}
    wrong = dangling(clock, steps, declared_events(), whole.clocks)
    wrong += [
        f"in_force_from: clocks/{one.code}.toml is in force on the same days"
        for one in whole.clocks.values()
        if one.code != clock.code and clock.is_another_version_of(one)
    ]
    known = _facts_given(clock, whole)
    wrong += [
        f"when: nothing that starts it tells {one!r}" for one in sorted(set(clock.when) - known)
    ]
    categories = set(clock.when.get("category", ())) - set(whole.categories)
    wrong += [f"when.category: there is no category {one!r}" for one in sorted(categories)]
    wrong += [
        f"extends.granted_by: there is no role {one.granted_by!r}"
        for one in clock.extends
        if one.granted_by not in whole.roles
    ]
    wrong += replay_examples(clock, calendars)
    return [f"clocks/{clock.code}.toml: {one}" for one in wrong]


def _unfit_paper(document: Document, whole: Catalogue) -> list[str]:
    """What only the whole catalogue shows: fields its procedures lack, unknown roles."""
    wrong = lacking(document, dict(whole.procedures))
    unknown = sorted(set(document.approved_by) - set(whole.roles))
    wrong += [f"approved_by: there is no role {role!r}" for role in unknown]
    return [f"documents/{document.code}.toml: {one}" for one in wrong]


def _unfit_rule(rule: Rule, whole: Catalogue) -> list[str]:
    """What only the whole catalogue shows: events, procedures and categories that aren't there."""
    wrong = deaf(rule, declared_events())
    for fact, known in (("procedure", whole.procedures), ("category", whole.categories)):
        lost = sorted(set(rule.matter.get(fact, ())) - set(known))
        wrong += [f"matter.{fact}: there is no {fact} {one!r}" for one in lost]
    return [f"rules/{rule.code}.toml: {one}" for one in wrong]


def _facts_given(clock: Clock, whole: Catalogue) -> frozenset[str]:
    """What `when` can ask for: the matter's own facts, and what comes with each event."""
    kinds = declared_events()
    events = {field for one in clock.starts_on if one in kinds for field in kinds[one].fields}
    steps = [
        step
        for code in clock.procedures if code in whole.procedures
        for version in whole.procedures[code].versions
        for step in version.steps if f"step:{step.code}" in clock.starts_on
    ]  # fmt: skip
    return ALWAYS_KNOWN | events | {element.code for step in steps for element in step.elements}


def _lost(mapping: SourceMapping, whole: Catalogue) -> list[str]:
    """Categories and steps that a mapping leads to, and that aren't there."""
    where = f"mappings/{mapping.code}.toml"
    procedure = whole.procedures.get(mapping.procedure)
    if procedure is None:
        return [f"{where}: procedure: there is no procedure {mapping.procedure!r}"]
    fitting = {code for code, one in whole.categories.items() if procedure.kind in one.kinds}
    steps = {step.code for version in procedure.versions for step in version.steps}
    named = {rule.category for rule in mapping.category.rules} | {mapping.category.otherwise}
    return (
        [
            f"{where}: category: there is no category {code!r} for {procedure.code}"
            for code in sorted(code for code in named if code and code not in fitting)
        ]
        + [
            f"{where}: forecast.harm: {code!r} is on no list of harm in forecasts"
            for code in sorted(set(mapping.forecast.harm or ()) - foreseen(whole.forecasts, "harm"))
        ]
        + [
            f"{where}: steps: {procedure.code} has no step {step.code!r}"
            for step in mapping.steps
            if step.code not in steps
        ]
    )


@cache
def catalogue() -> Catalogue:
    """This county's catalogue, read once a process."""
    return read(shipped(), settings.HOME.catalogue)


def _read_kind(
    kind: str, model: type[M], roots: tuple[Path, ...], faults: list[str]
) -> dict[str, M]:
    files = {path.name: path for root in roots for path in sorted((root / kind).glob("*.toml"))}
    found: dict[str, M] = {}
    for path in files.values():
        item = _read_file(path, model, faults)
        if item is not None:
            found[item.code] = item  # type: ignore[attr-defined]
    return dict(sorted(found.items(), key=lambda pair: (getattr(pair[1], "order", 0), pair[0])))


def _read_file(path: Path, model: type[M], faults: list[str]) -> M | None:
    where = f"{path.parent.name}/{path.name}"
    try:
        content = tomllib.loads(path.read_text("utf-8"))
        item = model.model_validate(content)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as broken:
        faults.append(f"{where}: not readable as TOML: {broken}")
    except ValidationError as wrong:
        faults.extend(_fault(where, error) for error in wrong.errors())
    else:
        if content["code"] == path.stem:
            return item
        faults.append(f'{where}: code: expected "{path.stem}", as the file is called')
    return None


def _fault(where: str, error: Any) -> str:
    key = ".".join(str(part) for part in error["loc"]) or "(file)"
    given = "" if error["type"] == "missing" else f", not {error['input']!r:.60}"
    return f"{where}: {key}: {error['msg']}{given}"
