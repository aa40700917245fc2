"""A list of people is read, tried row by row, and written after a yes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from gongzhi.base.access.permissions import require
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused
from gongzhi.work.workforce.officers import events
from gongzhi.work.workforce.officers.actions.posts import take_post
from gongzhi.work.workforce.officers.actions.records import (
    give_grade,
    record_skill,
    record_training,
    tell_service,
)
from gongzhi.work.workforce.officers.days import today
from gongzhi.work.workforce.officers.listing import (
    Listed,
    day,
    grade_code,
    kept_as,
    needed_day,
    number,
    read_list,
    rows_of,
    skill_code,
)
from gongzhi.work.workforce.officers.models import Post, ReadList, Service
from gongzhi.work.workforce.officers.permissions import KEEP, require_unit

KNOWN = frozenset({"there", "twice"})
"""Codes of what stands in the record already: no fault, but nothing to write."""
LIST = "officers.lists"


@dataclass(frozen=True)
class Outcome:
    """What becomes of a row: the account, how many facts are new, or what is wrong (by column)."""

    row: Listed
    account: Account | None
    new: int
    wrong: str = ""
    column: str = ""


class Tried(Exception):
    """Carries the outcomes out of a transaction that is to leave nothing."""

    def __init__(self, outcomes: list[Outcome]) -> None:
        super().__init__()
        self.outcomes = outcomes


@action
def read_people(by: Actor, name: str, content: bytes) -> ReadList:
    """Keep the rows of a file, sealed, for whoever brought it. Refuses what is no such list."""
    account = _keeper(by)
    rows = read_list(content)
    if not rows:
        words = _("文件里没有一行人员。")
        raise Refused(words, code="file", status=422, fields={"file": words})
    made, _new = ReadList.objects.update_or_create(
        account=account, defaults={"name": name[:120], "rows": kept_as(rows), "read_at": now()}
    )
    record(events.LIST_READ, LIST, rows=len(rows), faulty=sum(bool(one.wrong) for one in rows))
    return made


@action
def try_people(by: Actor, kept: ReadList) -> None:
    """Write all rows as `write_people` would, and leave nothing: raises Tried, always."""
    _keeper(by)
    raise Tried(_written(by, rows_of(kept.rows)))


@action
def write_people(by: Actor, kept: ReadList) -> list[Outcome]:
    """Write every row that can be; the others stay out, each with its reason. Refuses (409) a list
    that is gone or changed hands."""
    account = _keeper(by)
    held = ReadList.objects.select_for_update().filter(pk=account.pk).first()
    if held is None or held.pk != kept.pk:
        raise Refused(_("名单不在了，请重新选文件。"), code="no_list", status=409)
    outcomes = _written(by, rows_of(held.rows))
    held.delete()
    faulty = sum(bool(one.wrong) for one in outcomes)
    record(events.LIST_WRITTEN, LIST, rows=len(outcomes), faulty=faulty)
    return outcomes


@action
def drop_people(by: Actor, kept: Sequence[ReadList]) -> int:
    """Let lists go that nobody said yes to; how many rows."""
    many = sum(len(rows_of(one.rows)) for one in kept)
    ReadList.objects.filter(pk__in=[one.pk for one in kept]).delete()
    record(events.LIST_DROPPED, LIST, rows=many)
    return many


def _keeper(by: Actor) -> Account:
    require(by, KEEP)
    if not isinstance(by.source, Account):
        raise Refused(_("要登录才能导入。"), code="nobody", status=403)
    return by.source


def _written(by: Actor, rows: Sequence[Listed]) -> list[Outcome]:
    names = {one.cells.get("username", "") for one in rows}
    known = {
        one.username: one
        for one in Account.objects.select_related("unit__parent__parent").filter(
            username__in=names, is_active=True
        )
    }
    return [_row(by, one, known.get(one.cells.get("username", ""))) for one in rows]


def _row(by: Actor, row: Listed, account: Account | None) -> Outcome:
    """All of a row or nothing of it."""
    if row.wrong:
        return Outcome(row, None, 0, row.wrong)
    try:
        if account is None:
            told = row.cells.get("username", "")
            words = _("没有“%(name)s”这个用户名，先开账号。") % {"name": told[:40]}
            raise Refused(words, code="username", fields={"username": words})
        with transaction.atomic():
            require_unit(by, KEEP, account.unit)
            return Outcome(row, account, sum(_facts(by, row.cells, account)))
    except Refused as wrong:
        column = next(iter(wrong.fields or {}), "")
        return Outcome(row, account, 0, str(wrong), column)


Cells = Mapping[str, str]


def _facts(by: Actor, cells: Cells, account: Account) -> list[bool]:
    """Write each fact that the row has; of each, whether it was new."""
    told = [write for column, write in _FACTS.items() if cells.get(column)]
    if not told:
        raise Refused(_("除了用户名，这一行没有要登记的。"), code="empty")
    return [_is_new(write, by, cells, account) for write in told]


def _is_new(write: Fact, by: Actor, cells: Cells, account: Account) -> bool:
    try:
        return write(by, cells, account)
    except Refused as wrong:
        if wrong.code in KNOWN:
            return False
        raise


def _take(by: Actor, cells: Cells, account: Account) -> bool:
    code = cells.get("unit") or account.unit.code
    posts = Post.objects.filter(unit__code=code, closed_on=None)
    found = [one for one in posts if cells["post"] in (one.name_zh, one.name_en)]
    if len(found) != 1:
        words = _("%(unit)s 没有“%(post)s”这个岗位，或者不止一个。")
        said = words % {"unit": code, "post": cells["post"][:40]}
        raise Refused(said, code="post", fields={"post": said})
    since = day(cells, "since") or today()
    take_post(by, found[0], account, since=since, share=number(cells, "share", 100))
    return True


def _grade(by: Actor, cells: Cells, account: Account) -> bool:
    give_grade(by, account, grade_code(cells["grade"]), since=needed_day(cells, "grade_since"))
    return True


def _serves(by: Actor, cells: Cells, account: Account) -> bool:
    since = needed_day(cells, "serves_since")
    if Service.objects.filter(account=account, since=since).exists():
        return False
    tell_service(by, account, since=since)
    return True


def _skill(by: Actor, cells: Cells, account: Account) -> bool:
    record_skill(
        by, account, skill_code(cells["skill"]), since=needed_day(cells, "skill_since"),
        until=day(cells, "skill_until"), number=cells.get("number", ""),
    )  # fmt: skip
    return True


def _training(by: Actor, cells: Cells, account: Account) -> bool:
    title, on = cells["training"], needed_day(cells, "training_on")
    if account.trainings.filter(title=title, on=on).exists():
        return False
    record_training(by, account, title, hours=number(cells, "hours", 0), on=on)
    return True


Fact = Callable[[Actor, Cells, Account], bool]
_FACTS: Mapping[str, Fact] = {
    "post": _take, "grade": _grade, "serves_since": _serves, "skill": _skill,
    "training": _training,
}  # fmt: skip
"""By the column that asks for it."""
