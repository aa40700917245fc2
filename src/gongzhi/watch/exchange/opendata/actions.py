"""Versions are proposed by one person, looked at and let out by another, and never changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from gongzhi.analysis.disclosure.noise import NoLibrary, noisy
from gongzhi.base.access.permissions import require
from gongzhi.base.catalogue.kinds.open_dataset import OpenDataset
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused
from gongzhi.watch.exchange.opendata import events, files
from gongzhi.watch.exchange.opendata.drafting import Draft, drafted
from gongzhi.watch.exchange.opendata.models import Version
from gongzhi.watch.exchange.opendata.periods import codes
from gongzhi.watch.exchange.opendata.permissions import CONFIRM, PROPOSE
from gongzhi.watch.exchange.opendata.selectors import budget_of, recipe_named
from gongzhi.watch.exchange.opendata.tables import Row, in_order, with_noise

State = Version.State
LONGEST = 300


@action
def note_due(by: Actor, recipe: OpenDataset, periods: Sequence[str]) -> Version:
    """The calendar says that a version may be made: somebody is told, nothing is published."""
    if Version.objects.filter(dataset=recipe.code, state__in=(State.DUE, State.PROPOSED)).exists():
        raise Refused(_("已经有一个版本在等。"), code="waiting", status=409)
    made = Version.objects.create(
        dataset=recipe.code, state=State.DUE, periods=list(periods), made_at=now()
    )
    record(events.VERSION_DUE, made, dataset=recipe.code, periods=codes(periods))
    return made


@action
def propose_version(
    by: Actor, code: str, change: str, *, again: Iterable[str] = (), seen: str = ""
) -> Version:
    """Propose the next version, for a second person to look at; `again` are periods to be put
    right. With `seen`, the digest of what the proposer looked at, anything else is refused."""
    require(by, PROPOSE)
    recipe, words = (
        recipe_named(code),
        _said(change, "change", _("请用一句话写明这一版有什么变化。")),
    )
    waits = Version.objects.select_for_update().filter(
        dataset=code, state__in=(State.DUE, State.PROPOSED)
    ).first()  # fmt: skip
    if waits and waits.state == State.PROPOSED:
        raise Refused(_("已经有一个版本等人审核。"), code="waiting", status=409)
    draft = drafted(recipe, again)
    _require_budget(recipe)
    if seen and seen != draft.digest:
        raise _moved_on()
    if not draft.rows:
        said = _("没有一处够数，一行也没有：等有了再发布。")
        raise Refused(said, code="empty", status=409)
    made = waits or Version(dataset=code, made_at=now())
    _fill(made, draft)
    made.state, made.change = State.PROPOSED, words
    made.proposed_by, made.proposed_at = _account(by), now()
    made.save()
    record(
        events.VERSION_PROPOSED, made, dataset=code, version=made.pk, rows=made.rows,
        periods=codes(made.periods), again=codes(made.again) or None,
    )  # fmt: skip
    return made


@action
def confirm_version(by: Actor, version: Version) -> Version:
    """Let it out: files are written, noise is drawn once and kept, the budget is spent. Refuses
    whoever proposed it, figures that are others by now, and a budget that is used up."""
    require(by, CONFIRM)
    held, person = _proposed(version), _account(by)
    if person is None or person.pk == held.proposed_by_id:
        raise Refused(_("自己准备的，要由另一个人审核。"), code="own_version", status=403)
    recipe = recipe_named(held.dataset)
    draft = drafted(recipe, held.again)
    if draft.digest != held.digest:
        raise _moved_on()
    _require_budget(recipe)
    fresh = _final(recipe, draft)
    held.state, held.number, held.epsilon = State.PUBLISHED, draft.number, _spends(recipe)
    held.decided_by, held.decided_at = person, now()
    rows = in_order(recipe, [*draft.stays, *fresh])
    held.rows = len(rows)
    held.files = files.written(recipe, held, rows)
    held.save()
    record(
        events.VERSION_PUBLISHED, held, dataset=held.dataset, version=held.pk, number=held.number,
        rows=held.rows, epsilon=held.epsilon,
    )  # fmt: skip
    return held


@action
def drop_version(by: Actor, version: Version) -> None:
    """Let nothing come of a proposal; whoever proposed it may take it back so, too."""
    person = _account(by)
    held = _proposed(version)
    require(by, PROPOSE if person and person.pk == held.proposed_by_id else CONFIRM)
    held.state, held.decided_by, held.decided_at = State.DROPPED, person, now()
    held.save(update_fields=["state", "decided_by", "decided_at"])
    record(events.VERSION_DROPPED, held, dataset=held.dataset, version=held.pk)


@action
def withdraw_version(by: Actor, version: Version, why: str) -> Version:
    """Offer it no longer, and say why where it was. What was told stays told: its periods are not
    told anew but by a correction, and what it spent is spent."""
    require(by, CONFIRM)
    words = _said(why, "why", _("请写明为什么撤下，大家会看到。"))
    held = Version.objects.select_for_update().get(pk=version.pk)
    if held.state != State.PUBLISHED:
        raise Refused(_("这个版本没有在发布。"), code="not_published", status=409)
    held.state, held.withdrawn_why = State.WITHDRAWN, words
    held.withdrawn_by, held.withdrawn_at = _account(by), now()
    held.save(update_fields=["state", "withdrawn_why", "withdrawn_by", "withdrawn_at"])
    record(
        events.VERSION_WITHDRAWN, held, dataset=held.dataset, version=held.pk, number=held.number
    )
    return held


def _fill(made: Version, draft: Draft) -> None:
    made.shape, made.digest = draft.recipe.shape, draft.digest
    made.periods, made.again = list(draft.periods), list(draft.again)
    made.counted = {period: dict(some) for period, some in draft.counted.items()}
    made.rows = len(draft.rows)


def _final(recipe: OpenDataset, draft: Draft) -> list[Row]:
    """The rows that are told first, as they will stand: with noise where the dataset has it."""
    if recipe.privacy is None:
        return list(draft.fresh)
    try:
        drawn = noisy([row["count"] for row in draft.fresh], recipe.privacy.epsilon)
    except NoLibrary as lacking:
        raise Refused(
            _("这台服务器没有装加噪声的程序库（OpenDP），请管理员安装 gongzhi[privacy]。"),
            code="no_library", status=409,
        ) from lacking  # fmt: skip
    return with_noise(recipe, draft.fresh, drawn)


def _spends(recipe: OpenDataset) -> float | None:
    return recipe.privacy.epsilon if recipe.privacy else None


def _require_budget(recipe: OpenDataset) -> None:
    budget = budget_of(recipe)
    if budget and not budget.enough:
        said = _("今年的隐私预算还剩 %(left)g，一个版本要用 %(one)g。明年再发布。")
        raise Refused(said % {"left": budget.left, "one": budget.a_version}, code="budget",
                      status=409)  # fmt: skip


def _proposed(version: Version) -> Version:
    held = Version.objects.select_for_update().get(pk=version.pk)
    if held.state != State.PROPOSED:
        raise Refused(_("这个版本已经处理过了。"), code="decided", status=409)
    return held


def _moved_on() -> Refused:
    said = _("看过以后数字变了，请撤回，再看一遍重新准备。")
    return Refused(said, code="moved_on", status=409)


def _said(text: str, field: str, lacking: str) -> str:
    words = " ".join(text.split())
    if not words or len(words) > LONGEST:
        wrong = lacking if not words else _("最多 %(n)s 个字。") % {"n": LONGEST}
        raise Refused(wrong, code=field, status=422, fields={field: wrong})
    return words


def _account(by: Actor) -> Account | None:
    return by.source if isinstance(by.source, Account) else None
