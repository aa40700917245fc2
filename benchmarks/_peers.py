"""Other planners on the same problem; their routes are timed and scored by our check, as ours are.

PyVRP (MIT) and VROOM (BSD) plan deliveries and can leave some out. PyVRP gets each score as a
prize, and a little cost for the way: without any it finds far less. VROOM gets it as a priority,
ends by itself, mostly long before the time is up, and is not asked again then.
"""

from __future__ import annotations

from datetime import timedelta

import numpy as np

from gongzhi.analysis.patrol import Problem, check, follow

PRIZE = 10_000
"""Of a point of score, in hundredths of a unit of the way."""


def pyvrp(problem: Problem, seed: int, limit: float) -> float:
    """The score of its routes."""
    import pyvrp as peer
    from pyvrp.stop import MaxRuntime

    travel = problem.travel["route"].astype(np.int64)
    shift = problem.units[0].shift
    clients = [
        peer.Client(
            stop.place, service_duration=stop.dwell, tw_early=stop.windows[0].opens,
            tw_late=stop.windows[0].closes, prize=int(stop.value * PRIZE), required=False,
        )
        for stop in problem.stops
    ]  # fmt: skip
    crews = peer.VehicleType(len(problem.units), tw_early=shift.opens, tw_late=shift.closes)
    asked = peer.ProblemData(
        [peer.Location(0, 0) for _ in travel], clients, [peer.Depot(0)], [crews], [travel], [travel]
    )
    found = peer.solve(asked, MaxRuntime(limit), seed=seed, display=False, collect_stats=False)
    orders = [
        [problem.stops[one.idx].key for one in route if one.is_client()]
        for route in found.best.routes()
    ]
    return _score(problem, orders)


def vroom(problem: Problem, seed: int, limit: float) -> float:
    """The score of its routes. It draws nothing by chance."""
    import vroom as peer

    del seed
    asked = peer.Input()
    asked.set_durations_matrix("car", problem.travel["route"].astype(np.uint32))
    shift = problem.units[0].shift
    asked.add_vehicle([
        peer.Vehicle(unit.key + 1, 0, 0, time_window=peer.TimeWindow(shift.opens, shift.closes))
        for unit in problem.units
    ])  # fmt: skip
    top = max(stop.value for stop in problem.stops)
    asked.add_job([
        peer.Job(
            stop.key, stop.place, default_service=stop.dwell,
            priority=round(stop.value * min(1.0, 100 / top)),
            time_windows=[peer.TimeWindow(stop.windows[0].opens, stop.windows[0].closes)],
        )
        for stop in problem.stops
    ])  # fmt: skip
    found = asked.solve(exploration_level=5, nb_threads=1, timeout=timedelta(seconds=limit))
    steps = found.routes
    steps = steps[steps.type == "job"]
    orders = [steps.id[steps.vehicle_id == unit.key + 1].tolist() for unit in problem.units]
    return _score(problem, orders)


def _score(problem: Problem, orders: list[list[int]]) -> float:
    plan = follow(problem, dict(enumerate(orders)))
    found = check(problem, plan)
    if not found.holds or sum(map(len, orders)) != sum(1 for _ in plan.visits()):
        raise RuntimeError(f"routes that don't hold: {found.wrong}")
    return found.value
