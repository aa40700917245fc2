"""What the dispatch console shows, typed: selectors fill these, the templates draw them.

The console asks for pieces of itself again whenever the log moves (`frontend/js/console/`), so
every piece is drawn from one of these alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from gongzhi.base.ui.parts import Clock, Happening, Step, Tone
from gongzhi.base.ui.templatetags.ui import CLOCK_ICONS
from gongzhi.work.calls.selectors.here import HereShown
from gongzhi.work.calls.selectors.premises import Premises
from gongzhi.work.linked.selectors import Suggestion
from gongzhi.work.linked.selectors.requests import LinkedRow

UnitSign = Literal["free", "enroute", "onscene", "busy", "off"]
"""The five signs that the map and the table know; a unit's finer status is said in words."""


@dataclass(frozen=True)
class Tallies:
    """The top bar: incidents without a unit, incidents at work, units free and on duty."""

    waiting: int
    working: int
    free: int
    on_duty: int


@dataclass(frozen=True)
class CoverNow:
    """How fast the next call would be reached: minutes, the hundredths within the promise, and
    whether that falls short of what the county means to keep (``aim``, hundredths; ``promised``:
    minutes from the call)."""

    minutes: int
    within: int
    aim: int
    promised: int
    short: bool


@dataclass(frozen=True)
class MoveRow:
    """A unit that could stand by elsewhere. ``eta``: seconds until it would be there; hundredths of
    calls within the promise, and minutes until the next call is reached, before and after."""

    unit_id: int
    unit: str
    place: str
    place_zh: str
    place_en: str
    lat: float
    lon: float
    eta: int
    before: int
    after: int
    minutes_before: int
    minutes_after: int


@dataclass(frozen=True)
class StandByRow:
    """A unit that was asked to stand by, and whether its crew said that it goes. ``beside``: who
    was asked to the same place before it; ``adds``: by how many percentage points more calls are
    reached in time with this one there, too."""

    unit_id: int
    unit: str
    place: str
    accepted: bool
    beside: str = ""
    adds: int = 0


@dataclass(frozen=True)
class JointUnit:
    """A unit in a proposal for several incidents. ``role``: what it goes as, in words; ``value``:
    what the form hands over; ``lacks``: what it isn't, where it goes instead of one that is.
    ``alone``: who would go, and after how long (s), if one filled one role after the other."""

    value: str
    unit: str
    eta: int
    role: str = ""
    lacks: str = ""
    alone: str = ""
    alone_eta: int = 0


@dataclass(frozen=True)
class JointRow:
    """One waiting incident in a proposal for several: whom it gets, and which roles nobody fills
    now, each with the reason."""

    incident_id: int
    title: str
    priority: int
    place: str
    received_at: datetime
    units: Sequence[JointUnit] = ()
    missing: Sequence[tuple[str, str]] = ()
    asks: Sequence[Suggestion] = ()
    """Partners of its card that nobody has asked yet."""


@dataclass(frozen=True)
class QueueRow:
    """One incident in the queue. ``clock`` is the promise that runs out first (a unit sent, an
    arrival); None when nothing is promised any more. ``calls``: how many calls joined it."""

    id: int
    priority: int
    title: str
    place: str
    state: str
    tone: Tone
    received_at: datetime
    closed_at: datetime | None = None
    clock: Clock | None = None
    calls: int = 1
    units: Sequence[str] = ()
    stay: Clock | None = None
    """The unit of it that has been at one thing for long, or nearly."""

    @property
    def clock_icon(self) -> str:
        """The drawing of how its clock stands: time left is never told by colour alone."""
        return CLOCK_ICONS[self.clock.state] if self.clock else "clock"


@dataclass(frozen=True)
class UnitRow:
    """One unit. ``metres`` and ``eta`` (s) lead to the selected incident; ``eta`` is by road and
    ferry. ``may_go``: free and reachable, so the table offers to assign it."""

    id: int
    name: str
    sign: UnitSign
    status: str
    tone: Tone
    kind: str = "car"
    kind_words: str = ""
    task: str = ""
    task_id: int | None = None
    place: str = ""
    skills: Sequence[str] = ()
    since: datetime | None = None
    seen_at: datetime | None = None
    metres: int | None = None
    eta: int | None = None
    ferry: bool = False
    may_go: bool = False
    stay: Clock | None = None
    """That it has been at this for long, or nearly."""
    coming: datetime | None = None
    """Off duty: when it is to come on, by the plan."""
    doubt: str = ""
    """What is wrong with the position that its phone said last, in words."""

    @property
    def kind_icon(self) -> str:
        """The drawing of what it rides in."""
        return "car" if self.kind in ("traffic_car", "other") else self.kind


@dataclass(frozen=True)
class Recommendation:
    """A unit to send, as `analysis.dispatching` ranked it: when it would be there (s), how far it
    is (m), and why this one, in two or three words each."""

    unit_id: int
    name: str
    eta: int
    metres: int
    reasons: Sequence[tuple[str, Tone]] = ()
    cover: tuple[str, Tone] | None = None
    """What its leaving does to the cover of where it stands, in a sentence."""


@dataclass(frozen=True)
class WantRow:
    """One role that the run card wants: how many, who was sent for it, whom to send. ``asked``:
    what a unit must be."""

    role: str
    count: int
    asked: Sequence[str] = ()
    sent: Sequence[str] = ()
    proposed: Sequence[Recommendation] = ()
    place: str = ""
    """Where it goes, when that isn't the scene."""

    @property
    def missing(self) -> int:
        """How many nobody was sent for yet."""
        return self.count - len(self.sent)

    @property
    def nobody(self) -> int:
        """How many of those no free unit could be."""
        return self.missing - len(self.proposed)


@dataclass(frozen=True)
class CardShown:
    """The run card of one incident. ``sends``: want and unit of all that is proposed, as the form
    hands it over; ``lower``: why the alarm level may go down, code and words."""

    name: str
    level: int
    wants: Sequence[WantRow]
    sends: Sequence[str] = ()
    cautions: Sequence[str] = ()
    bring: Sequence[str] = ()
    partners: Sequence[str] = ()
    """Whom it names, by their names."""
    asks: Sequence[Suggestion] = ()
    """Those of them that nobody has asked yet: they are asked with the key that sends it."""
    raises: Sequence[str] = ()
    next_level: int | None = None
    lower: Sequence[tuple[str, str]] = ()

    @property
    def first(self) -> int | None:
        """The unit to send first."""
        return next((one.unit_id for want in self.wants for one in want.proposed), None)

    @property
    def missing(self) -> int:
        """How many units nobody was sent for yet."""
        return sum(one.missing for one in self.wants)


@dataclass(frozen=True)
class Assigned:
    """A unit on this incident. ``next``: what its crew reports next (set_off, arrive, clear)."""

    unit_id: int
    name: str
    sign: UnitSign
    status: str
    tone: Tone
    since: datetime
    eta_at: datetime | None = None
    next: str = ""
    may_recall: bool = False
    role: str = ""
    """What it was sent for, in words."""
    stays: Sequence[Clock] = ()
    """What it has been at for long, or nearly."""
    finer: Sequence[tuple[str, str]] = ()
    """What it may be doing more exactly: code and words."""
    sub_status: str = ""
    assignment_id: int = 0
    passed_over: str = ""
    """The unit that was clearly better, until somebody says why it wasn't sent."""
    reasons: Sequence[tuple[str, str]] = ()
    """The reasons to choose from, as long as none is said."""


@dataclass(frozen=True)
class Went:
    """A unit that was on this incident. ``recalled``: it was called back."""

    name: str
    assigned_at: datetime
    on_scene_at: datetime | None
    ended_at: datetime
    recalled: bool


@dataclass(frozen=True)
class Duplicate:
    """An incident that may be the same. ``why``: how far, of the same kind, how long ago."""

    id: int
    number: str
    title: str
    why: str


@dataclass(frozen=True)
class CallRow:
    """One of several calls about an incident. ``move_url``: where it can be put elsewhere."""

    at: datetime
    channel: str
    words: str
    joined: bool
    move_url: str = ""


@dataclass(frozen=True)
class Linking:
    """Partners of an incident. ``asked``: what each was asked and how it stands; ``suggested``:
    whom its category calls for and nobody has asked; ``partners``: everybody that can be asked,
    under headings; ``units``: who can be given the incident; ``contact``: there is one to share."""

    asked: Sequence[LinkedRow] = ()
    suggested: Sequence[Suggestion] = ()
    partners: Sequence[tuple[str, Sequence[tuple[str, str]]]] = ()
    units: Sequence[tuple[str, str]] = ()
    reasons: Sequence[tuple[str, str]] = ()
    contact: bool = False
    photos: bool = False
    may_ask: bool = False
    may_hand_over: bool = False
    may_command: bool = False

    @property
    def shown(self) -> bool:
        """Whether there is anything to say or to do."""
        return bool(self.asked) or self.may_ask or self.may_hand_over


@dataclass(frozen=True)
class Choice:
    """A step that this person may take. ``missing``: what has to be there first, and who sees to
    it; ``ask``: what the step must show, to be written when it is taken."""

    code: str
    words: str
    icon: str = ""
    kind: Literal["primary", "plain", "quiet", "danger"] = "plain"
    missing: str = ""
    confirm: str = ""
    ask: str = ""
    ask_code: str = ""


@dataclass(frozen=True)
class Detail:
    """The right side: one incident, everything needed to decide the next step."""

    id: int
    subject: str
    number: str
    title: str
    priority: int
    steps: Sequence[Step]
    place: str
    lat: float | None
    lon: float | None
    source: str
    received_at: datetime
    waiting: bool = False
    closed_at: datetime | None = None
    owner: str = ""
    words: str = ""
    place_note: str = ""
    caller: str = ""
    caller_url: str = ""
    calls: int = 1
    heard: Sequence[CallRow] = ()
    """The calls one by one, when there are several."""
    clocks: Sequence[Clock] = ()
    answers: Sequence[tuple[str, str]] = ()
    assigned: Sequence[Assigned] = ()
    went: Sequence[Went] = ()
    card: CardShown | None = None
    recommended: Sequence[Recommendation] = ()
    duplicates: Sequence[Duplicate] = ()
    linking: Linking = Linking()
    choices: Sequence[Choice] = ()
    dispositions: Sequence[tuple[str, str]] = ()
    happenings: Sequence[Happening] = field(default=())
    is_request: bool = False
    """An imported source's request, not an incident."""
    may_note: bool = False
    may_assign: bool = False
    may_grade: bool = False
    referred: Literal["", "sent", "accepted"] = ""
    """With a department from which this person can have it back: nobody there has accepted it yet,
    or somebody has."""
    here: HereShown | None = None
    """A link by which the caller says where they are, while it is alive."""
    may_here: bool = False
    premises: Premises | None = None
    """What happened at this place before."""
    warn_url: str = ""
    """Where a warning to residents is begun from it, for those who may."""
