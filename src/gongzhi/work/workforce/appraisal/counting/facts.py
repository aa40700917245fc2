"""The facts that appraisal counts. Each says whose it is, from which entry of the log it comes and
of what kind the work was; there are no other sources (`base/catalogue/kinds/appraisal`)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from gongzhi.base.catalogue.kinds.appraisal import SOURCES
from gongzhi.base.catalogue.sealed import sealed_procedures
from gongzhi.work.workforce.appraisal.counting.stories import Story, Told, stories

STEP, MISSED, TAKEN_ON = "matters.step_taken", "matters.clock_missed", "matters.matter_taken_on"
JUDGED, THANKED = "participation.outcome_judged", "participation.thanked"
CASE_OPENED, CASE_HANDED = "cases.case_opened", "cases.case_handed_over"
ARCHIVED, REVIEWED = "cases.case_archived", "supervision.case_reviewed"
REQUEST = "resident_request"
ANSWERED, AGAIN = "answered", "reopened"
ANSWER_CLOCK = "request_answer"
HELD_AFTER = timedelta(days=14)
"""An answer that was not reopened for so long held."""
AT_ONCE = timedelta(0)


@dataclass(frozen=True)
class Fact:
    """``hit`` of ``of`` is so: 1 of 1, mostly."""

    account: int
    seq: int
    matter: int
    at: datetime
    hit: float
    of: float = 1.0
    mix: Mapping[str, str] = field(default_factory=dict)


Finder = Callable[[Story, datetime], Iterator[Fact]]
"""From a story, and the moment up to which one knows, its facts."""


def facts_of(source: str, since: datetime, until: datetime) -> list[Fact]:
    """All facts of a source in a span, in the log's order. Matters of sealed procedures are in
    none."""
    anchors, finds, ahead = FINDERS[source]
    sealed = sealed_procedures()
    found = [
        fact
        for story in stories(anchors, SOURCES[source].listens, since - ahead, until)
        if story.procedure and story.procedure not in sealed
        for fact in finds(story, until)
        if since <= fact.at < until
    ]
    return sorted(found, key=lambda one: (one.seq, one.account))


def answers_in_time(story: Story, _until: datetime) -> Iterator[Fact]:
    """Each answer: whether it came before its limit was over. One that was late before the matter
    came to whoever answered is nobody's."""
    if story.procedure != REQUEST:
        return
    due = [_due(one) for one in story.told if _is_miss(one, ANSWER_CLOCK)]
    began: dict[int, datetime] = {}
    before = datetime.min.replace(tzinfo=UTC)
    for one in story.told:
        if one.kind == TAKEN_ON:
            began.setdefault(int(one.text["account"]), one.at)
        if one.kind != STEP or one.account is None:
            continue
        began.setdefault(one.account, one.at)
        if one.text["step"] == ANSWERED:
            over = next((at for at in due if before < at <= one.at), None)
            if over is None or began[one.account] < over:
                yield _fact(story, one, float(over is None))
            before = one.at


def _is_miss(one: Told, clock: str = "") -> bool:
    return one.kind == MISSED and clock in ("", one.text["clock"])


def _due(one: Told) -> datetime:
    """When the limit was over: the entry itself may be some seconds younger than the answer."""
    return datetime.fromisoformat(str(one.text["due_at"]))


def answers_that_held(story: Story, until: datetime) -> Iterator[Fact]:
    """Each answer a fortnight ago: whether the matter stayed closed since."""
    if story.procedure != REQUEST:
        return
    for nth, one in enumerate(story.told):
        if one.kind != STEP or one.text["step"] != ANSWERED or one.account is None:
            continue
        settled = one.at + HELD_AFTER
        later = (it for it in story.told[nth + 1 :] if it.kind == STEP and it.at < settled)
        again = any(it.text["step"] == AGAIN for it in later)
        if settled < until:
            yield _fact(story, one, float(not again), at=settled)


def solved_for_residents(story: Story, _until: datetime) -> Iterator[Fact]:
    """Each judgement of a resident, for whoever gave the answer that is judged."""
    if story.procedure != REQUEST:
        return
    answer: Told | None = None
    for one in story.told:
        if one.kind == STEP and one.text["step"] == ANSWERED:
            answer = one
        elif one.kind == JUDGED and answer is not None and answer.account is not None:
            yield _fact(story, one, float(one.text["solved"]), account=answer.account)


def case_limits(story: Story, _until: datetime) -> Iterator[Fact]:
    """Each case archived: whether a limit of the law was over while its lead led it."""
    lead: int | None = None
    since = datetime.min.replace(tzinfo=UTC)
    over = [_due(one) for one in story.told if _is_miss(one) and one.text.get("law")]
    for one in story.told:
        if one.kind in (CASE_OPENED, CASE_HANDED):
            lead, since = int(one.text["lead"]), one.at
        elif one.kind == ARCHIVED and lead is not None:
            kept = not any(since < at <= one.at for at in over)
            yield _fact(story, one, float(kept), account=lead)


def case_files(story: Story, _until: datetime) -> Iterator[Fact]:
    """Each case file that was drawn and reviewed: the points it shows, of those it should."""
    lead: int | None = None
    for one in story.told:
        if one.kind in (CASE_OPENED, CASE_HANDED):
            lead = int(one.text["lead"])
        elif one.kind == REVIEWED and lead is not None and one.text["of"]:
            points, of = float(one.text["points"]), float(one.text["of"])
            yield _fact(story, one, points, of=of, account=lead)


def thanks_of_residents(story: Story, _until: datetime) -> Iterator[Fact]:
    """Each thanks that was passed on to somebody: worth nothing, it only stands there."""
    for one in story.told:
        if one.kind == THANKED:
            yield _fact(story, one, 0.0, of=0.0, account=int(one.text["account"]))


def _fact(
    story: Story, one: Told, hit: float, *, of: float = 1.0,
    account: int | None = None, at: datetime | None = None,
) -> Fact:  # fmt: skip
    whose = one.account if account is None else account
    assert whose is not None  # noqa: S101  (each finder asked)
    mix = {"category": story.category_at(one.seq), "procedure": story.procedure}
    return Fact(whose, one.seq, story.matter, at or one.at, hit, of, mix)


FINDERS: Mapping[str, tuple[tuple[str, ...], Finder, timedelta]] = {
    "answers_in_time": ((STEP,), answers_in_time, AT_ONCE),
    "answers_that_held": ((STEP,), answers_that_held, HELD_AFTER),
    "solved_for_residents": ((JUDGED,), solved_for_residents, AT_ONCE),
    "case_limits": ((ARCHIVED,), case_limits, AT_ONCE),
    "case_files": ((REVIEWED,), case_files, AT_ONCE),
    "thanks": ((THANKED,), thanks_of_residents, AT_ONCE),
}
"""Source → the entries by which a matter gets into a span, the finder, and how much earlier they
may be. ``conduct`` and ``trainings`` are not here: they are read where they are written down."""
