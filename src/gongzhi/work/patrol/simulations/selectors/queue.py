"""How many simulations are still to be done."""

from __future__ import annotations

from gongzhi.work.patrol.simulations.models import Simulation


def under_way() -> int:
    """Waiting or running."""
    states = (Simulation.State.WAITING, Simulation.State.RUNNING)
    return Simulation.objects.filter(state__in=states).count()
