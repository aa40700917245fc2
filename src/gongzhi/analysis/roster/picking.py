"""Whole walks from those known, by CP-SAT: where they can hardly be bettered, that is the best."""

from __future__ import annotations

import numpy as np
from ortools.sat.python import cp_model

from gongzhi.analysis.roster.columns import Columns, Line
from gongzhi.analysis.roster.problem import Roster
from gongzhi.analysis.roster.walks import Floats

FOUND = (cp_model.OPTIMAL, cp_model.FEASIBLE)


def pick(
    columns: Columns, dearer: list[Floats], best: Roster, gap: float, limit: float
) -> dict[int, Line] | None:
    """The cheapest choice of one walk each among those that are `dearer` than the cheapest by less
    than ``gap``, from the lines of ``best`` on; None: nothing was found in `limit` seconds."""
    cp = cp_model.CpModel()
    there: list[list[cp_model.IntVar]] = [[] for _demand in columns.demands]
    terms: list[cp_model.IntVar] = []
    costs: list[int] = []
    made: list[dict[int, cp_model.IntVar]] = []
    for n, key in enumerate(columns.who):
        lines = columns.lines[n]
        now = [columns.line(one) == best[key] for one in lines.choices]
        kept = [nth for nth in range(lines.many) if dearer[n][nth] < gap or now[nth]]
        made.append({nth: cp.new_bool_var("") for nth in kept})
        cp.add_exactly_one(made[n].values())
        for nth, var in made[n].items():
            cp.add_hint(var, now[nth])
            terms.append(var)
            costs.append(round(lines.costs[nth]))
            for d in np.flatnonzero(columns.met(n, lines.choices[nth])).tolist():
                there[d].append(var)
    for d, one in enumerate(columns.demands):
        known, most = int(columns.known[d]), len(there[d])
        few = cp.new_int_var(0, max(0, one.ideal - max(one.least, 0)), "")
        many = cp.new_int_var(0, max(0, known + most - one.ideal), "")
        cp.add(sum(there[d]) + known + few - many == one.ideal)
        terms += [few, many]
        costs += [one.short, one.over]
    cp.minimize(cp_model.LinearExpr.weighted_sum(terms, costs))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds, solver.parameters.num_workers = limit, 1
    solver.parameters.linearization_level = 2
    if solver.solve(cp) not in FOUND:
        return None
    return {
        key: columns.line(
            columns.lines[n].choices[next(k for k, var in made[n].items() if solver.value(var))]
        )
        for n, key in enumerate(columns.who)
    }
