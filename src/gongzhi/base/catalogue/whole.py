"""Everything that the catalogue holds, and which kind of file lies in which folder."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from pydantic import BaseModel

from gongzhi.base.calendar.workdays import WorkCalendar
from gongzhi.base.catalogue.kinds.ability import Ability
from gongzhi.base.catalogue.kinds.advice import Advice
from gongzhi.base.catalogue.kinds.appraisal import Appraisal
from gongzhi.base.catalogue.kinds.article import Article
from gongzhi.base.catalogue.kinds.calendar import CalendarFile
from gongzhi.base.catalogue.kinds.category import Category
from gongzhi.base.catalogue.kinds.channel import Channel
from gongzhi.base.catalogue.kinds.checkin import CheckIn
from gongzhi.base.catalogue.kinds.checklist import Checklist
from gongzhi.base.catalogue.kinds.clock import Clock
from gongzhi.base.catalogue.kinds.connector import Connector
from gongzhi.base.catalogue.kinds.counters import Counters
from gongzhi.base.catalogue.kinds.dataset import Dataset, Elements
from gongzhi.base.catalogue.kinds.document import Document
from gongzhi.base.catalogue.kinds.forecast import Forecast
from gongzhi.base.catalogue.kinds.group import GroupMeaning
from gongzhi.base.catalogue.kinds.intervention import Intervention
from gongzhi.base.catalogue.kinds.keeping import Keeping
from gongzhi.base.catalogue.kinds.ladder import Ladder
from gongzhi.base.catalogue.kinds.leave_kind import LeaveKind
from gongzhi.base.catalogue.kinds.mapping import Mapping as SourceMapping
from gongzhi.base.catalogue.kinds.measure import Measure
from gongzhi.base.catalogue.kinds.moderation import ModerationRule
from gongzhi.base.catalogue.kinds.node import NodeKind
from gongzhi.base.catalogue.kinds.notice import NoticeText
from gongzhi.base.catalogue.kinds.offer import Offer
from gongzhi.base.catalogue.kinds.open_dataset import OpenDataset
from gongzhi.base.catalogue.kinds.partner import Partner
from gongzhi.base.catalogue.kinds.patrol_skip import PatrolSkip
from gongzhi.base.catalogue.kinds.power import Power, Reminder
from gongzhi.base.catalogue.kinds.procedure import Procedure
from gongzhi.base.catalogue.kinds.provider import Provider
from gongzhi.base.catalogue.kinds.pulse import PulseForm
from gongzhi.base.catalogue.kinds.question import Question
from gongzhi.base.catalogue.kinds.register import Register
from gongzhi.base.catalogue.kinds.residents import Residents
from gongzhi.base.catalogue.kinds.role import Role
from gongzhi.base.catalogue.kinds.roster_rule import RosterRule
from gongzhi.base.catalogue.kinds.roster_shift import RosterShift
from gongzhi.base.catalogue.kinds.rule import Rule
from gongzhi.base.catalogue.kinds.run_card import RunCard
from gongzhi.base.catalogue.kinds.service import Service
from gongzhi.base.catalogue.kinds.shift_break import ShiftBreak
from gongzhi.base.catalogue.kinds.skill import Skill
from gongzhi.base.catalogue.kinds.stream import Stream
from gongzhi.base.catalogue.kinds.support import Support
from gongzhi.base.catalogue.kinds.synonym import Synonyms
from gongzhi.base.catalogue.kinds.unit_limit import UnitLimit
from gongzhi.base.catalogue.kinds.unit_status import UnitStatus
from gongzhi.base.catalogue.kinds.volunteer_task import VolunteerTask
from gongzhi.base.catalogue.kinds.warning import WarningKind

KINDS: dict[str, type[BaseModel]] = {
    "abilities": Ability,
    "advice": Advice,
    "appraisals": Appraisal,
    "articles": Article,
    "breaks": ShiftBreak,
    "calendars": CalendarFile,
    "categories": Category,
    "channels": Channel,
    "checkins": CheckIn,
    "checklists": Checklist,
    "clocks": Clock,
    "connectors": Connector,
    "counters": Counters,
    "datasets": Dataset,
    "documents": Document,
    "elements": Elements,
    "forecasts": Forecast,
    "keeping": Keeping,
    "ladders": Ladder,
    "leave_kinds": LeaveKind,
    "mappings": SourceMapping,
    "groups": GroupMeaning,
    "interventions": Intervention,
    "measures": Measure,
    "moderation": ModerationRule,
    "nodes": NodeKind,
    "notices": NoticeText,
    "open_data": OpenDataset,
    "offers": Offer,
    "partners": Partner,
    "patrol_skips": PatrolSkip,
    "powers": Power,
    "procedures": Procedure,
    "providers": Provider,
    "pulses": PulseForm,
    "questions": Question,
    "registers": Register,
    "reminders": Reminder,
    "residents": Residents,
    "roles": Role,
    "roster_rules": RosterRule,
    "roster_shifts": RosterShift,
    "rules": Rule,
    "run_cards": RunCard,
    "streams": Stream,
    "supports": Support,
    "synonyms": Synonyms,
    "services": Service,
    "skills": Skill,
    "tasks": VolunteerTask,
    "unit_limits": UnitLimit,
    "unit_statuses": UnitStatus,
    "warnings": WarningKind,
}
"""Folder → what each file in it must be."""


@dataclass(frozen=True)
class Catalogue:
    """Everything a county decides without code, by kind and code."""

    abilities: Mapping[str, Ability]
    advice: Mapping[str, Advice]
    appraisals: Mapping[str, Appraisal]
    articles: Mapping[str, Article]
    breaks: Mapping[str, ShiftBreak]
    calendars: Mapping[str, CalendarFile]
    categories: Mapping[str, Category]
    channels: Mapping[str, Channel]
    checkins: Mapping[str, CheckIn]
    checklists: Mapping[str, Checklist]
    clocks: Mapping[str, Clock]
    connectors: Mapping[str, Connector]
    counters: Mapping[str, Counters]
    datasets: Mapping[str, Dataset]
    documents: Mapping[str, Document]
    elements: Mapping[str, Elements]
    forecasts: Mapping[str, Forecast]
    keeping: Mapping[str, Keeping]
    ladders: Mapping[str, Ladder]
    leave_kinds: Mapping[str, LeaveKind]
    mappings: Mapping[str, SourceMapping]
    groups: Mapping[str, GroupMeaning]
    interventions: Mapping[str, Intervention]
    measures: Mapping[str, Measure]
    moderation: Mapping[str, ModerationRule]
    nodes: Mapping[str, NodeKind]
    notices: Mapping[str, NoticeText]
    open_data: Mapping[str, OpenDataset]
    offers: Mapping[str, Offer]
    partners: Mapping[str, Partner]
    patrol_skips: Mapping[str, PatrolSkip]
    powers: Mapping[str, Power]
    procedures: Mapping[str, Procedure]
    providers: Mapping[str, Provider]
    pulses: Mapping[str, PulseForm]
    questions: Mapping[str, Question]
    registers: Mapping[str, Register]
    reminders: Mapping[str, Reminder]
    residents: Mapping[str, Residents]
    roles: Mapping[str, Role]
    roster_rules: Mapping[str, RosterRule]
    roster_shifts: Mapping[str, RosterShift]
    rules: Mapping[str, Rule]
    run_cards: Mapping[str, RunCard]
    streams: Mapping[str, Stream]
    supports: Mapping[str, Support]
    synonyms: Mapping[str, Synonyms]
    services: Mapping[str, Service]
    skills: Mapping[str, Skill]
    tasks: Mapping[str, VolunteerTask]
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
