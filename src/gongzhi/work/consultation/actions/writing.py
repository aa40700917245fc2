"""An answer becomes an article: one writes it, a second person reads it and lets it out."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from gongzhi.base.access.permissions import require
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.models import Matter
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused
from gongzhi.work.consultation import events
from gongzhi.work.consultation.models import Wording, Written
from gongzhi.work.consultation.permissions import REVIEW, WRITE, require_second
from gongzhi.work.consultation.personal import hits_in
from gongzhi.work.consultation.selectors.writing import ANSWERED, told_in
from gongzhi.work.consultation.states import MAY_FOLLOW, Standing
from gongzhi.work.consultation.wording import LONGEST, article_from, gaps_in, texts_of
from gongzhi.work.participation.permissions import require_open

LONGEST_WHY = 300


@action
def propose_article(by: Actor, fields: Mapping[str, str], matter: Matter | None = None) -> Wording:
    """Write a new article, out of the answer to a request or out of one's own experience.

    Refuses a request that isn't answered or that one may not open, an article without a question
    and an answer in Chinese, and words that say who somebody is. English and law may follow.
    """
    author = _author(by)
    if matter is not None:
        require_open(author, matter)
        if matter.step not in ANSWERED:
            words = _("先答复居民，再把答复写成问答。")
            raise Refused(words, code="not_answered", status=409)
    kept = _checked(fields)
    written = Written.objects.create(
        unit=author.unit, matter=matter, made_at=now(), changed_at=now()
    )
    return _put(by, written, author, kept)


@action
def revise_article(by: Actor, written: Written, fields: Mapping[str, str]) -> Wording:
    """Write a new version; the one that is out stays until a second person lets this one out.

    Refuses while another version waits.
    """
    author, held = _author(by), _held(written)
    if held.wordings.filter(standing=Standing.WAITING).exists():
        raise Refused(_("已经有一版在等审，先审完那一版。"), code="one_waits", status=409)
    return _put(by, held, author, _checked(fields))


@action
def change_wording(by: Actor, wording: Wording, fields: Mapping[str, str]) -> Wording:
    """Change a version that waits: its author, or whoever reviews it. Refuses any other."""
    account, held = _account(by), _waiting(wording)
    if account.pk != held.author_id:
        require(by, REVIEW)
    held.fields = _checked(fields)
    held.save(update_fields=["fields"])
    record(events.CHANGED, held.written, article=held.written.code, number=held.number)
    return held


@action
def publish_wording(by: Actor, wording: Wording, *, looked: bool) -> Wording:
    """Let it out: from now on the search finds it.

    Refuses its author, what lacks a language or its law, and what may say who somebody is unless
    the reviewer has `looked` at it.
    """
    held = _waiting(wording)
    reviewer = require_second(by, held)
    if gaps := gaps_in(held.fields):
        raise Refused(" ".join(gaps), code="article_gaps", status=422)
    if not looked and hits_in(texts_of(held.fields), told_in(held.written)):
        words = _("里面有可能说出某个人是谁的话。请逐处看过，再勾选“看过了”。")
        raise Refused(words, code="look_first", status=422)
    article_from(held.written.code, held.fields)
    before = held.written.wordings.filter(standing=Standing.PUBLISHED).first()
    if before is not None:
        _decide(before, Standing.REPLACED, before.reviewer)
    _decide(held, Standing.PUBLISHED, reviewer)
    record(events.PUBLISHED, held.written, article=held.written.code, number=held.number)
    return held


@action
def decline_wording(by: Actor, wording: Wording, *, why: str) -> Wording:
    """Don't use it, and say why to its author. Its words are erased."""
    held = _waiting(wording)
    reviewer = require_second(by, held)
    held.why, held.fields = _reason(why), {}
    _decide(held, Standing.DECLINED, reviewer)
    record(events.DECLINED, held.written, article=held.written.code, number=held.number)
    return held


@action
def retire_article(by: Actor, written: Written, *, why: str) -> Wording:
    """Take down what is out, and say why. Its versions stay for staff to read."""
    require(by, REVIEW)
    live = _held(written).wordings.filter(standing=Standing.PUBLISHED).first()
    if live is None:
        raise Refused(_("这篇问答没有在外面。"), code="not_published", status=409)
    live.why = _reason(why)
    _decide(live, Standing.RETIRED, live.reviewer)
    record(events.RETIRED, written, article=written.code, number=live.number)
    return live


def _put(by: Actor, written: Written, author: Account, fields: dict[str, str]) -> Wording:
    made = Wording.objects.create(
        written=written, number=written.wordings.count() + 1, fields=fields, author=author,
        proposed_at=now(),
    )  # fmt: skip
    record(
        events.PROPOSED, written, article=written.code, number=made.number, unit=author.unit_id
    )  # fmt: skip
    return made


def _decide(wording: Wording, standing: Standing, reviewer: Account | None) -> None:
    before = Standing(wording.standing)
    if standing not in MAY_FOLLOW[before]:
        words = _("这一版已经是“%(state)s”。") % {"state": before.label}
        raise Refused(words, code="already_decided", status=409)
    wording.standing, wording.reviewer, wording.decided_at = standing, reviewer, now()
    wording.save(update_fields=["standing", "reviewer", "decided_at", "why", "fields"])
    Written.objects.filter(pk=wording.written_id).update(changed_at=now())


def _checked(fields: Mapping[str, str]) -> dict[str, str]:
    """The fields as they are kept."""
    kept = {name: fields.get(name, "").strip() for name in LONGEST}
    wrong = {
        name: _("最多写 %(n)s 个字，请精简一些。") % {"n": LONGEST[name]}
        for name, text in kept.items()
        if len(text) > LONGEST[name]
    }
    for name in ("question_zh", "answer_zh"):
        if not kept[name] or "\x00" in kept[name]:
            wrong[name] = _("先把中文的问题和答案写好。")
    if sure := [one for one in hits_in(texts_of(kept)) if one.sure]:
        told = _("、").join(f"{one.said} {one.words}" for one in sure)
        wrong.setdefault("answer_zh", _("问答里不能有：%(what)s。") % {"what": told})
    if wrong:
        raise Refused(next(iter(wrong.values())), code="article", status=422, fields=wrong)
    return {name: text for name, text in kept.items() if text}


def _reason(why: str) -> str:
    told = why.strip()[:LONGEST_WHY]
    if not told:
        words = _("请写明原因。")
        raise Refused(words, code="why", status=422, fields={"why": words})
    return told


def _author(by: Actor) -> Account:
    require(by, WRITE)
    return _account(by)


def _account(by: Actor) -> Account:
    if not isinstance(by.source, Account):
        raise Refused(_("只有工作人员能写问答。"), code="no_account", status=403)
    return by.source


def _held(written: Written) -> Written:
    return Written.objects.select_for_update().get(pk=written.pk)


def _waiting(wording: Wording) -> Wording:
    found = Wording.objects.select_for_update(of=("self",)).select_related(
        "written__matter", "author"
    )
    held = found.get(pk=wording.pk)
    if held.standing != Standing.WAITING:
        words = _("这一版已经是“%(state)s”。") % {"state": held.get_standing_display()}
        raise Refused(words, code="already_decided", status=409)
    return held
