"""What the simulator says of a proposal: the same moves, with all that the solver leaves out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _

from gongzhi.analysis.simulation import Comparison, Estimate
from gongzhi.analysis.siting.placing import Aim
from gongzhi.work.patrol.posts.selectors.standing import Shown
from gongzhi.work.patrol.simulations.changes import Changes, Move
from gongzhi.work.patrol.simulations.models import Simulation
from gongzhi.work.patrol.simulations.saying import difference, minutes, part
from gongzhi.work.patrol.simulations.selectors.asked import latest_for
from gongzhi.work.patrol.simulations.selectors.kept import comparison_of

YEARS, REPEATS = 1.0, 20
NOTHING = "—"


@dataclass(frozen=True)
class Beside:
    """One figure: what the solver reckons (before, after), and what the simulator says."""

    what: str
    reckoned: str
    before: str
    after: str
    change: str
    tone: str


@dataclass(frozen=True)
class Trial:
    """A proposal that was tried. ``said``: whether both agree, in a sentence; ``agree``: True,
    False, or None where it can't be told."""

    simulation: Simulation
    done: int
    rows: Sequence[Beside]
    said: str
    agree: bool | None


def changes_in(shown: Shown, hours: str) -> Changes:
    """The proposal as the simulator takes it: units elsewhere, and the calls of this shift alone
    (``hours``, such as 8-16)."""
    moves = tuple(Move(unit=one.code, to=one.to) for one in shown.moves)
    return Changes(move=moves, during=hours)


def mark_of(changes: Changes) -> str:
    """By which the trial of the same moves is found again, on whatever day."""
    text = json.dumps(changes.model_dump(mode="json"), sort_keys=True)
    return "posts:" + hashlib.blake2b(text.encode(), digest_size=12).hexdigest()


def trial_of(shown: Shown, hours: str, aim: Aim) -> Trial | None:
    """The last trial of this proposal; None where nobody has tried it."""
    found = latest_for(mark_of(changes_in(shown, hours)))
    if found is None:
        return None
    both = comparison_of(found)
    if both is None:
        return Trial(found, found.rows.count(), [], "", None)
    said, agree = _agreement(both, aim)
    return Trial(found, both.repeats, _rows(shown, both), said, agree)


def _rows(shown: Shown, both: Comparison) -> list[Beside]:
    before, after = shown.before, shown.after
    mean = f"{before.seconds / 60:.1f} → {after.seconds / 60:.1f}"
    cover = f"{100 * before.cover:.1f}% → {100 * after.cover:.1f}%"
    return [
        _beside(_("按时到的"), cover, both, "within"),
        _beside(_("平均多久到（分）"), mean, both, "mean"),
        _beside(_("九成多久到（分）"), NOTHING, both, "p90"),
    ]


def _beside(what: str, reckoned: str, both: Comparison, measure: str) -> Beside:
    kind: Literal["time", "part"] = "part" if measure == "within" else "time"
    say, change = part if kind == "part" else minutes, both.of(measure)
    better = _gain(change, measure) > 0
    tone = ("good" if better else "bad") if change.clear else ""
    return Beside(
        what, reckoned, say(both.base.of(measure)), say(both.other.of(measure)),
        difference(change, kind), tone,
    )  # fmt: skip


def _gain(change: Estimate, measure: str) -> float:
    return change.value if measure == "within" else -change.value


def _agreement(both: Comparison, aim: Aim) -> tuple[str, bool | None]:
    """Held against what the proposal was made for."""
    measure = "within" if aim == "cover" else "mean"
    change = both.of(measure)
    if not change.known:
        return "", None
    if not change.clear:
        return _("推演看不出差别：算出来的好处，放到真实的接警、出警里，不比碰巧大。"), None
    told = {"what": _("按时到的") if aim == "cover" else _("平均"),
            "said": difference(change, "part" if aim == "cover" else "time")}  # fmt: skip
    if _gain(change, measure) > 0:
        return _("推演也说更好：%(what)s，%(said)s。") % told, True
    words = _("推演说反而更差：%(what)s，%(said)s。两边不一致，先别照着挪。")
    return words % told, False
