"""A problem is opened to residents in words that a second person has read; what they say is read by
a person, answered, and never counted."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from datetime import timedelta

from django.utils.translation import gettext as _

from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.ui.errors import Refused
from gongzhi.work.participation.codes import code_for, hashed
from gongzhi.work.participation.receiving import require_key
from gongzhi.work.prevention.problems import events
from gongzhi.work.prevention.problems.counting import by_day, yesterday
from gongzhi.work.prevention.problems.held import held_problem
from gongzhi.work.prevention.problems.models import Contribution, OpenWords, Problem
from gongzhi.work.prevention.problems.permissions import require_worker
from gongzhi.work.prevention.problems.shapes import numbers
from gongzhi.work.prevention.problems.states import Heard, Says, Stage

COUNTED_DAYS, STEP = 56, 5
MOST_WORDS, MOST_SAID, MOST_HELD = 2000, 600, 200
"""Of the unit's texts, of a resident's; and so many wait at one problem at most."""
_PERSON = re.compile(
    r"\d[\d -]{6,}\d|"
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]\s?[A-Z][·\s]?[A-Z0-9]{5,6}"
)
"""Numbers of telephones, papers and cars: none belongs into words about a place."""


@dataclass(frozen=True)
class OpenText:
    """What residents are to read, in Chinese and, where somebody wrote it, in English."""

    title: str
    seen: str
    trying: str = ""
    found: str = ""
    title_en: str = ""
    seen_en: str = ""
    trying_en: str = ""
    found_en: str = ""


@action
def write_open_words(by: Actor, problem: Problem, text: OpenText) -> OpenWords:
    """Draft what residents are to read; the number beside it is counted now."""
    held = held_problem(problem)
    account = require_worker(by, held)
    told = {name: words.strip()[:MOST_WORDS] for name, words in asdict(text).items()}
    told["title"], told["title_en"] = told["title"][:80], told["title_en"][:120]
    for name, words in (("title", _("请给居民看的题目。")), ("seen", _("请写看到了什么。"))):
        if not told[name]:
            raise _wrong(name, words)
    for name, words in told.items():
        _require_no_person(name, words)
    until = yesterday()
    since = until - timedelta(days=COUNTED_DAYS - 1)
    many = sum(by_day(held.about, numbers(held.cells), since, until)) // STEP * STEP
    draft, _new = OpenWords.objects.update_or_create(
        problem=held, published_at=None,
        defaults=told | {"many": many, "since": since, "until": until, "author": account,
                         "written_at": now()},
    )  # fmt: skip
    record(events.OPEN_WORDS_WRITTEN, held, row=draft.pk, many=many)
    return draft


@action
def publish_open_words(by: Actor, problem: Problem) -> OpenWords:
    """Let residents read the draft. Refuses whoever wrote it. A first result is said apart:
    whoever subscribed is told of it, and whoever said something has it on their page."""
    held = held_problem(problem)
    account = require_worker(by, held)
    draft = held.open_words.filter(published_at=None).first()
    if draft is None:
        raise Refused(_("没有等着审的稿子。"), code="no_draft", status=409)
    if draft.author_id == account.pk:
        raise Refused(_("要由另一个人看过再公开。"), code="own_words", status=409)
    if draft.found and held.stage not in (Stage.ASSESSMENT, Stage.CLOSED):
        words = _("还没到“看效果”，先不写结果。")
        raise Refused(words, code="no_result_yet", status=409)
    before = held.open_words.exclude(published_at=None).order_by("-published_at").first()
    draft.reviewer, draft.published_at = account, now()
    draft.save(update_fields=["reviewer", "published_at"])
    held.shown = True
    held.save(update_fields=["shown"])
    record(events.OPENED_TO_RESIDENTS, held, row=draft.pk, first=before is None)
    if draft.found and not (before and before.found):
        many = held.contributions.filter(state__in=(Heard.HELD, Heard.SHOWN)).count()
        record(events.RESULT_PUBLISHED, held, row=draft.pk, many=many)
    return draft


@action
def close_to_residents(by: Actor, problem: Problem) -> Problem:
    """Take the public page away; what was said stays with the unit."""
    held = held_problem(problem)
    require_worker(by, held)
    if not held.shown:
        raise Refused(_("没有公开过。"), code="not_open", status=409)
    held.shown = False
    held.save(update_fields=["shown"])
    record(events.CLOSED_TO_RESIDENTS, held)
    return held


@action
def contribute(by: Actor, problem: Problem, *, kind: str, words: str, key: str) -> Contribution:
    """Say what one sees, offers or suggests. Held until a person has looked."""
    require_key(key)
    held = held_problem(problem)
    if not held.shown or held.closed_at is not None:
        raise Refused(_("这个问题现在不收大家的话了。"), code="not_open", status=409)
    if kind not in Says.values:
        raise _wrong("kind", _("请选一样。"))
    said = words.strip().replace("\x00", "")
    if not said or len(said) > MOST_SAID:
        raise _wrong("words", _("请写几句，最多 %(n)s 个字。") % {"n": MOST_SAID})
    _require_no_person("words", said)
    if held.contributions.filter(state=Heard.HELD).count() >= MOST_HELD:
        words = _("等着看的太多了，请过几天再来。")
        raise Refused(words, code="too_many", status=409)
    made = Contribution.objects.create(
        problem=held, kind=kind, words=said, key=key, code_hash=hashed(code_for(key)), at=now()
    )
    record(events.CONTRIBUTED, held, row=made.pk, sort=kind)
    return made


@action
def look_at_contribution(
    by: Actor, contribution: Contribution, *, show: bool, answer: str = ""
) -> Contribution:
    """Show what a resident said on the public page, or don't, because it is about a person, say:
    then its words go. Either way they can be answered."""
    one = _held(contribution)
    account = require_worker(by, one.problem)
    if one.state != Heard.HELD:
        raise Refused(_("已经有人看过了。"), code="looked_at", status=409)
    one.state = Heard.SHOWN if show else Heard.REFUSED
    one.looked_by, one.looked_at = account, now()
    one.words = one.words if show else ""
    one.save(update_fields=["state", "looked_by", "looked_at", "words"])
    record(events.CONTRIBUTION_LOOKED_AT, one.problem, row=one.pk, shown=show)
    return _answered(one, answer) if answer.strip() else one


@action
def answer_contribution(by: Actor, contribution: Contribution, *, answer: str) -> Contribution:
    """Answer a resident; whoever has the code reads it, and everybody where it is shown."""
    one = _held(contribution)
    require_worker(by, one.problem)
    if one.state not in (Heard.SHOWN, Heard.REFUSED):
        raise Refused(_("先看过再回复。"), code="not_looked_at", status=409)
    if not answer.strip():
        raise _wrong("answer", _("请写回复。"))
    return _answered(one, answer)


@action
def take_back(by: Actor, contribution: Contribution) -> Contribution:
    """Take back what one said: words and answer go."""
    one = _held(contribution)
    if one.state == Heard.TAKEN_BACK:
        raise Refused(_("已经收回了。"), code="taken_back", status=409)
    one.state, one.words, one.answer = Heard.TAKEN_BACK, "", ""
    one.save(update_fields=["state", "words", "answer"])
    record(events.CONTRIBUTION_TAKEN_BACK, one.problem, row=one.pk)
    return one


def _answered(one: Contribution, answer: str) -> Contribution:
    _require_no_person("answer", answer)
    one.answer, one.answered_at = answer.strip()[:MOST_WORDS], now()
    one.save(update_fields=["answer", "answered_at"])
    record(events.CONTRIBUTION_ANSWERED, one.problem, row=one.pk)
    return one


def _held(contribution: Contribution) -> Contribution:
    rows = Contribution.objects.select_for_update(of=("self",)).select_related("problem__unit")
    return rows.get(pk=contribution.pk)


def _require_no_person(field: str, words: str) -> None:
    if _PERSON.search(words):
        raise _wrong(field, _("请不要写电话、证件号和车牌：这里只说地点和事情，不说人。"))


def _wrong(field: str, words: str) -> Refused:
    return Refused(words, code=field, status=422, fields={field: words})
