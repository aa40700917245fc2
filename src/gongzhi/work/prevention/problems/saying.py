"""What a comparison of before and after tells, in plain words, with how unsure it is."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongzhi.analysis.evaluation import Change, Compared, Verdict


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
