"""What a comparison of before and after tells, in plain words, with how unsure it is."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongzhi.analysis.evaluation import Change, Compared, Displaced, Verdict


def in_words(compared: Compared) -> str:
    """The verdict. What can't be told is said so, and never taken for "it didn't help"."""
    change = compared.change
    if change is None:
        return _(
            "现在还说不清：要前后各满四周，本区域之前至少 10 起、对照区域之前至少 20 起，才能比。"
        )
    told = {"part": _part(change.ratio), "few": _part(change.high), "many": _part(change.low)}
    if compared.verdict == Verdict.FEWER:
        said = _("比照对照区域，少了约 %(part)s%%（误差范围：少 %(few)s%% 到 %(many)s%%）。")
        return said % told
    if compared.verdict == Verdict.MORE:
        said = _("比照对照区域，反而多了约 %(part)s%%（误差范围：多 %(many)s%% 到 %(few)s%%）。")
        return said % told
    return _unclear(change)


def _unclear(change: Change) -> str:
    if change.could_see >= 1:
        return _("看不出变化。件数太少：就是一起也没有了，也可能是碰巧。不能说有用，也不能说没用。")
    said = _("看不出变化。这些数据要少掉 %(least)s%% 以上才看得出来：不能说有用，也不能说没用。")
    return said % {"least": round(100 * change.could_see)}


def _part(ratio: float) -> int:
    """How much more or fewer than before, in %."""
    return abs(round(100 * (ratio - 1)))


def ring_in_words(compared: Compared) -> str:
    """Whether it went next door or the neighbours gained too; "" where nobody can say."""
    ring = compared.ring
    if ring is None or compared.verdict != Verdict.FEWER:
        return ""
    if ring.verdict == Verdict.MORE:
        return _("周边一圈反而多了约 %(part)s%%：可能挪到了旁边，请接着看。") % {
            "part": _part(ring.ratio)
        }
    if ring.verdict == Verdict.FEWER:
        return _("周边一圈也少了约 %(part)s%%：好处可能带到了旁边。") % {"part": _part(ring.ratio)}
    return _("周边一圈看不出变化：没有挪到旁边的迹象。")


def together_in_words(whole: Displaced, weeks: int, *, ring: bool) -> str:
    """Whether it can be told at all, in events of so many weeks after; with the ring or without."""
    told = {
        "weeks": weeks, "n": _events(whole.whole), "error": f"{whole.error:.1f}",
        "few": _events(min(abs(whole.low), abs(whole.high))),
        "many": _events(max(abs(whole.low), abs(whole.high))),
        "low": _events(whole.low), "high": _events(whole.high), "least": _events(whole.could_see),
        "where": _("连周边一圈一起算") if ring else _("只算本区域"),
    }  # fmt: skip
    if whole.verdict == Verdict.TOO_FEW:
        return _("不能下结论：件数太少。")
    if whole.verdict == Verdict.FEWER:
        said = _(
            "能下结论：%(where)s，措施后这 %(weeks)s 周比对照少了约 %(n)s 起"
            "（标准误 %(error)s；误差范围：少 %(few)s 到 %(many)s 起）。"
        )
        return said % told
    if whole.verdict == Verdict.MORE:
        said = _(
            "能下结论：%(where)s，措施后这 %(weeks)s 周比对照反而多了约 %(n)s 起"
            "（标准误 %(error)s；误差范围：多 %(few)s 到 %(many)s 起）。"
        )
        return said % told
    said = _(
        "不能下结论：%(where)s，误差范围从少 %(low)s 起到多 %(high)s 起（标准误 %(error)s），"
        "没有变化也在里面；"
        "这 %(weeks)s 周要差 %(least)s 起以上才看得出来。"
    )
    return said % told


def _events(number: float) -> str:
    """A count without its sign; tenths where it is small."""
    size = abs(number)
    return f"{size:.0f}" if size >= 10 else f"{size:.1f}"
