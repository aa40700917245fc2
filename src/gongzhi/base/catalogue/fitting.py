"""What only the whole catalogue shows: files that name what isn't there, or contradict another."""

from __future__ import annotations

from collections.abc import Container
from typing import Any

from gongzhi.base.catalogue.kinds.article import unfit_articles
from gongzhi.base.catalogue.kinds.clock import ALWAYS_KNOWN, Clock
from gongzhi.base.catalogue.kinds.clock_checks import dangling, replay_examples
from gongzhi.base.catalogue.kinds.connector import unfit_connectors
from gongzhi.base.catalogue.kinds.counters_checks import unfit_counters
from gongzhi.base.catalogue.kinds.dataset import unfit_datasets
from gongzhi.base.catalogue.kinds.document import Document, lacking
from gongzhi.base.catalogue.kinds.forecast import foreseen, unfit_forecasts
from gongzhi.base.catalogue.kinds.group import unfit_group
from gongzhi.base.catalogue.kinds.intervention import unfit_interventions
from gongzhi.base.catalogue.kinds.ladder import unfit_ladders
from gongzhi.base.catalogue.kinds.mapping import Mapping as SourceMapping
from gongzhi.base.catalogue.kinds.measure import unfit_measures
from gongzhi.base.catalogue.kinds.node import unfit_nodes
from gongzhi.base.catalogue.kinds.notice import unfit_notices
from gongzhi.base.catalogue.kinds.offer import unfit_offers
from gongzhi.base.catalogue.kinds.open_dataset import unfit_open_data
from gongzhi.base.catalogue.kinds.power import unfit_powers
from gongzhi.base.catalogue.kinds.procedure import Procedure, replay
from gongzhi.base.catalogue.kinds.provider import unfit_provider
from gongzhi.base.catalogue.kinds.question import unfit_questions
from gongzhi.base.catalogue.kinds.roster_rule import unfit_roster_rule
from gongzhi.base.catalogue.kinds.rule import Rule, deaf
from gongzhi.base.catalogue.kinds.run_card_checks import unfit_cards
from gongzhi.base.catalogue.kinds.service_checks import unfit_service
from gongzhi.base.catalogue.kinds.support import unfit_supports
from gongzhi.base.catalogue.kinds.unit_limit import unfit_limit
from gongzhi.base.catalogue.kinds.volunteer_task import unfit_tasks
from gongzhi.base.catalogue.whole import Catalogue
from gongzhi.base.log.events import declared_events


def unfit(whole: Catalogue) -> list[str]:
    """Every fault of files that are right each on its own, a line each."""
    faults = [fault for one in whole.procedures.values() for fault in _unfit(one, whole)]
    faults += [fault for one in whole.clocks.values() for fault in _unfit_clock(one, whole)]
    if not whole.calendars:
        faults.append("calendars: expected at least one file, such as china.toml")
    known = whole.roles
    faults += [fault for one in whole.providers.values() for fault in unfit_provider(one, known)]
    faults += [fault for one in whole.groups.values() for fault in unfit_group(one, known)]
    faults += [fault for one in whole.mappings.values() for fault in _lost(one, whole)]
    faults += [fault for one in whole.documents.values() for fault in _unfit_paper(one, whole)]
    faults += unfit_connectors(whole.connectors, whole.mappings)
    for listed in whole.checklists.values():
        faults += _absent(listed, "procedures", "procedure", whole.procedures, "checklists")
    faults += [
        f"categories/{one.code}.toml: advice.card: there is no card {advised.card!r}"
        for one in whole.categories.values()
        for advised in one.advice
        if advised.card not in whole.advice
    ]
    faults += [fault for one in whole.appraisals.values() for fault in one.unknown(whole.roles)]
    for asked in whole.checkins.values():
        faults += _absent(asked, "categories", "category", whole.categories, "checkins")
    faults += [fault for one in whole.rules.values() for fault in _unfit_rule(one, whole)]
    faults += unfit_cards(whole.run_cards, whole.categories, whole.abilities, whole.partners)
    faults += unfit_datasets(whole.datasets.values(), whole.elements.values(), whole.keeping)
    faults += unfit_open_data(whole.open_data, whole.categories, whole.datasets)
    faults += unfit_offers(whole.offers, whole.connectors, whole.datasets)
    faults += unfit_questions(whole.questions, whole.offers, whole.connectors, whole.categories)
    faults += unfit_forecasts(whole.forecasts, whole.categories)
    faults += unfit_interventions(whole.interventions.values(), whole.categories)
    faults += unfit_powers(
        whole.powers.values(), whole.reminders.values(), whole.roles, declared_events()
    )
    faults += unfit_supports(whole.supports.values(), whole.categories)
    faults += unfit_measures(whole.measures.values(), whole.categories)
    faults += unfit_ladders(whole.ladders.values(), whole.clocks)
    faults += unfit_nodes(whole.nodes.values())
    faults += unfit_notices(whole.notices)
    faults += unfit_tasks(dict(whole.tasks))
    faults += unfit_articles(whole.articles, whole.clocks, whole.services)
    for service in whole.services.values() if whole.calendars else ():
        faults += unfit_service(service, whole.procedures, whole.clocks, whole.calendar)
    if whole.calendars:
        calendars = {one.code: one.calendar() for one in whole.calendars.values()}
        faults += unfit_counters(whole.counters, whole.services, calendars)
    for kept in whole.roster_rules.values():
        faults += unfit_roster_rule(kept, set(whole.roster_shifts))
    for limit in whole.unit_limits.values():
        faults += unfit_limit(limit, list(whole.categories), list(whole.unit_statuses))
    for warned in whole.warnings.values():
        faults += _absent(warned, "incidents", "category", whole.categories, "warnings")
    return faults


def _absent(item: Any, key: str, what: str, known: Container[str], folder: str) -> list[str]:
    """What the item names under this key and isn't there."""
    lost = sorted(one for one in set(getattr(item, key)) if one not in known)
    return [f"{folder}/{item.code}.toml: {key}: there is no {what} {one!r}" for one in lost]


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
