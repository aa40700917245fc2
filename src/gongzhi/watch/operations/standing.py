"""Each part of the platform judged: does it run, does it need somebody soon, or at once."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from importlib.metadata import version
from typing import TYPE_CHECKING

import django
from django.template.defaultfilters import filesizeformat
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from gongzhi.base.log import chain
from gongzhi.watch.operations import failures, selectors
from gongzhi.watch.operations.selectors import SOON, clock

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

GOOD, SOONISH, BAD = "good", "warn", "bad"
SILENT = 30.0
"""Seconds without a sign of life, after which nobody seems to follow the log."""
LATE, VERY_LATE = 30.0, 300.0
"""Seconds that a reader or a job is late: somebody should look, somebody must."""
OLD, VERY_OLD = timedelta(hours=26), timedelta(hours=72)
"""Of the last backup: one was left out; three were."""
LITTLE, VERY_LITTLE = 0.2, 0.1
"""What is left of the disk."""
UNSIGNED = timedelta(hours=3)
"""A log signed every hour was signed by then, if anything happened."""


@dataclass(frozen=True)
class Part:
    """One part: ``words`` say how it stands, ``more`` what one may want to know besides."""

    code: str
    title: _StrOrPromise
    icon: str
    tone: str
    words: str
    more: list[str] = field(default_factory=list)
    share: float | None = None
    """What of it is used up, where that is a thing to see."""

    @property
    def percent(self) -> int | None:
        """The same in whole hundredths."""
        return None if self.share is None else round(self.share * 100)


def standing() -> list[Part]:
    """All parts, those that need somebody first."""
    order = {BAD: 0, SOONISH: 1, GOOD: 2}
    return sorted(_parts(), key=lambda one: order[one.tone])


def worst(parts: list[Part]) -> str:
    """How the whole stands: as its worst part."""
    tones = {one.tone for one in parts}
    return next((tone for tone in (BAD, SOONISH) if tone in tones), GOOD)


def _parts() -> Iterator[Part]:
    yield _answers()
    yield _database()
    yield _log()
    yield _readers()
    yield _jobs()
    yield _queues()
    yield _backup()
    yield _disk()
    yield _sources()
    yield _keys()


def _answers() -> Part:
    hour = clock() - timedelta(hours=1)
    many = sum(one.at > hour for one in failures.latest(200))
    words = _("一小时内 %(n)s 次出错") % {"n": many} if many else _("一小时内没有出错")
    runs = "Gongzhi {} · Python {} · Django {}".format(
        version("gongzhi"), platform.python_version(), django.get_version()
    )
    return Part("web", _("页面和接口"), "globe", _tone(many, 1, 20), words, [runs])


def _database() -> Part:
    told, size = selectors.migrations(), filesizeformat(selectors.database_bytes())
    more = [f"{selectors.database_version()} · {size}"]
    if told.pending:
        words = _("%(n)s 项表结构没有升级") % {"n": len(told.pending)}
        return Part("database", _("数据库"), "list", BAD, words, more + told.pending[:5])
    if told.newer:
        words = _("正在升级：表结构比这个程序新")
        return Part("database", _("数据库"), "list", SOONISH, words, more + told.newer[:5])
    return Part("database", _("数据库"), "list", GOOD, _("表结构是最新的"), more)


def _log() -> Part:
    head, signed = chain.head()[0], selectors.signed_at()
    more = [_("到第 %(n)s 条") % {"n": head}]
    if signed is None:
        tone = SOONISH if head else GOOD
        return Part("log", _("日志"), "lock", tone, _("还没有签过名"), more)
    tone = SOONISH if clock() - signed > UNSIGNED else GOOD
    return Part("log", _("日志"), "lock", tone, _("%(at)s 签过名") % {"at": _said(signed)}, more)


def _readers() -> Part:
    silent, lags = selectors.silence(), selectors.lags()
    title = _("跟读日志")
    if silent is None or silent > SILENT:
        words = _("没有进程在跟读：提醒、推送、时限都停着")
        return Part("readers", title, "eye", BAD, words, [_("运行 gongzhi follow")])
    late = max((one.seconds for one in lags), default=0.0)
    behind = sum(one.entries > 0 for one in lags)
    words = _("%(n)s 个没有跟上") % {"n": behind} if late > LATE else _("都跟上了")
    more = [_("共 %(n)s 个") % {"n": len(lags)}]
    return Part("readers", title, "eye", _tone(late, LATE, VERY_LATE), words, more)


def _jobs() -> Part:
    turns = selectors.turns()
    failing = [one.name for one in turns if one.failures]
    late = max((one.late for one in turns), default=0.0)
    if failing:
        words = _("%(n)s 项连续出错") % {"n": len(failing)}
        return Part("jobs", _("定时工作"), "clock", BAD, words, failing[:5])
    words = _("有工作过了点没有做") if late > LATE else _("都按时做了")
    more = [_("共 %(n)s 项") % {"n": len(turns)}]
    return Part("jobs", _("定时工作"), "clock", _tone(late, LATE, VERY_LATE), words, more)


def _queues() -> Part:
    told = selectors.waiting().values()
    more = [f"{title} {many}" for title, many in told if many]
    total = sum(many for _title, many in told)
    words = _("%(n)s 件等着做") % {"n": total} if total else _("没有积压")
    return Part("queues", _("排队"), "send", _tone(total, 1000, 10_000), words, more)


def _backup() -> Part:
    kept, title = selectors.last_backup(), _("备份")
    if kept is None:
        words, more = _("没有做过备份"), [_("运行 gongzhi backup，每天一次")]
        return Part("backup", title, "file", BAD, words, more)
    age = clock() - kept.at
    tone = BAD if age > VERY_OLD else SOONISH if age > OLD or not kept.tried_at else GOOD
    words = _("上次 %(at)s，到第 %(n)s 条") % {"at": _said(kept.at), "n": kept.seq}
    tried = (
        _("%(at)s 试着恢复过，是好的") % {"at": _said(kept.tried_at)}
        if kept.tried_at
        else _("没有试过能不能恢复")
    )
    return Part("backup", title, "file", tone, words, [tried])


def _disk() -> Part:
    disk = selectors.disk()
    told = {"free": filesizeformat(disk.free), "all": filesizeformat(disk.total)}
    tone = BAD if disk.share < VERY_LITTLE else SOONISH if disk.share < LITTLE else GOOD
    words = _("还剩 %(free)s，共 %(all)s") % told
    return Part("disk", _("磁盘"), "layers", tone, words, share=1 - disk.share)


def _sources() -> Part:
    told = selectors.silent_sources()
    wrong = told["silent"] + told["failing"]
    words = (
        _("%(silent)s 个没有动静，%(failing)s 个取不到") % told
        if wrong
        else _("都有动静") if told["all"] else _("没有接入的来源")
    )  # fmt: skip
    return Part("sources", _("数据来源"), "inbox", SOONISH if wrong else GOOD, words)


def _keys() -> Part:
    keys, ends = selectors.ending_keys(), selectors.certificate_ends()
    more = [
        _("%(name)s（%(unit)s）到 %(at)s")
        % {"name": one.name, "unit": one.unit, "at": _said(one.expires_at)}
        for one in keys[:5]
        if one.expires_at
    ]
    near = ends is not None and ends - clock() < SOON
    if ends:
        more.append(_("网站证书到 %(at)s") % {"at": _said(ends)})
    over = any(one.expires_at and one.expires_at < clock() for one in keys)
    over = over or (ends is not None and ends < clock())
    words = _("三十天内有到期的") if keys or near else _("三十天内没有到期的")
    tone = BAD if over else SOONISH if keys or near else GOOD
    return Part("keys", _("密钥和证书"), "key", tone, words, more)


def _tone(value: float, some: float, much: float) -> str:
    return BAD if value >= much else SOONISH if value >= some else GOOD


def _said(at: datetime) -> str:
    return f"{localtime(at):%Y-%m-%d %H:%M}"
