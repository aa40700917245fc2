"""A finding is answered, and the answer accepted, sent back or taken higher."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account, Unit
from gongzhi.base.ui.errors import Refused
from gongzhi.watch.supervision.dues import answer_due
from gongzhi.watch.supervision.events import ACCEPTED, ANSWERED, ESCALATED, SENT_BACK
from gongzhi.watch.supervision.models import Finding, FindingWords
from gongzhi.watch.supervision.permissions import require_answerer, require_overseer
from gongzhi.watch.supervision.states import MAY_FOLLOW, State

MOST_WORDS = 2000


@action
def answer_finding(by: Actor, finding: Finding, *, words: str) -> Finding:
    """Say why it came to it and what was done."""
    held = _held(finding, State.ANSWERED)
    account = require_answerer(by, held)
    _say(held, account, FindingWords.Kind.ANSWER, words)
    record(ANSWERED, held, unit=held.answerer_id)
    return _moved(held, State.ANSWERED)


@action
def accept_finding(by: Actor, finding: Finding, *, words: str = "") -> Finding:
    """Let the answer stand: the finding is closed."""
    held = _held(finding, State.ACCEPTED)
    account = require_overseer(by, held)
    if words.strip():
        _say(held, account, FindingWords.Kind.ACCEPTANCE, words)
    held.closed_at = now()
    record(ACCEPTED, held, unit=held.answerer_id)
    return _moved(held, State.ACCEPTED)


@action
def send_finding_back(by: Actor, finding: Finding, *, words: str) -> Finding:
    """Ask for another answer, and say what is lacking."""
    held = _held(finding, State.SENT_BACK)
    account = require_overseer(by, held)
    _say(held, account, FindingWords.Kind.RETURN, words)
    _time_anew(held)
    record(SENT_BACK, held, unit=held.answerer_id, due_at=held.due_at)
    return _moved(held, State.SENT_BACK)


@action
def escalate_finding(by: Actor, finding: Finding, *, words: str) -> Finding:
    """Let the unit above answer from now on."""
    held = _held(finding, State.ESCALATED)
    account = require_overseer(by, held)
    above = held.answerer.parent
    if above is None:
        raise Refused(
            _("%(unit)s上面没有单位了，不能再提级。") % {"unit": held.answerer},
            code="nobody_above", status=409,
        )  # fmt: skip
    _say(held, account, FindingWords.Kind.ESCALATION, words)
    before, held.answerer = held.answerer_id, above
    _time_anew(held)
    record(ESCALATED, held, unit=before, to=above.pk, due_at=held.due_at)
    return _moved(held, State.ESCALATED)


def _held(finding: Finding, to: State) -> Finding:
    held = Finding.objects.select_for_update().get(pk=finding.pk)
    if held.state not in MAY_FOLLOW[to]:
        raise Refused(
            _("这个问题现在是“%(state)s”，不能这样办。") % {"state": held.get_state_display()},
            code="not_now", status=409,
        )  # fmt: skip
    held.answerer = Unit.objects.select_related("parent").get(pk=held.answerer_id)
    return held


def _say(held: Finding, account: Account, kind: FindingWords.Kind, words: str) -> None:
    said = words.strip()[:MOST_WORDS]
    if not said:
        wrong = _("请写明情况。")
        raise Refused(wrong, code="words", status=422, fields={"words": wrong})
    FindingWords.objects.create(finding=held, kind=kind, words=said, author=account, at=now())


def _time_anew(held: Finding) -> None:
    rule = held.rule_item
    if rule is not None:
        held.due_at, held.missed_at = answer_due(rule, now()), None


def _moved(held: Finding, to: State) -> Finding:
    held.state = to
    held.save()
    return held
