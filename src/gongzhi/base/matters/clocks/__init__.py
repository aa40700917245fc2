"""The time limits of matters: what starts, holds and stops them, and how they are shown.

- An action that records an event about a matter says so here: ``move_clocks(matter, kind)``,
  in its own transaction. `open_matter`, `take_step`, `hand_over` and their like already do.
- A page shows ``clocks_of(matter)``; a list asks once for all its rows: ``running_clocks(ids)``.
- `sweeping.sweep` warns ahead and notes what was missed. Nobody else lets time pass.
"""

from gongzhi.base.matters.clocks.moving import move_clocks, start_clocks
from gongzhi.base.matters.clocks.showing import clocks_of, running_clocks

__all__ = ["clocks_of", "move_clocks", "running_clocks", "start_clocks"]
