"""The search behind `solve`: a first roster, whole teams for bounds, small parts to get better."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, as_completed, wait
from dataclasses import replace
from time import perf_counter

from ortools.sat.python import cp_model

from gongzhi.analysis.roster.beginning import begun
from gongzhi.analysis.roster.building import Ground, Model
from gongzhi.analysis.roster.checking import Violation, cost, violations
from gongzhi.analysis.roster.columns import UnsolvedError
from gongzhi.analysis.roster.problem import Officer, Problem, Roster
from gongzhi.analysis.roster.ruling import rule_all
from gongzhi.analysis.roster.teams import Found, Going, Team
from gongzhi.analysis.roster.walks import Walk, walks

FOUND = (cp_model.OPTIMAL, cp_model.FEASIBLE)
FIRST = 10.0
"""Seconds that the first roster of a team may take, however little time there is."""
PICK = 15.0
"""Seconds for choosing among a team's walks, at most."""
SOON = 2.0
"""Seconds in which a few officers are mostly proved as a whole."""
SLICE = 5.0
"""Seconds without a word to whoever listens, at most."""
FEW, SOME, MOST = 6, 14, 0.8
"""Officers that are planned anew together, at least and to begin with; the part of a team, at most.
"""
FEW_ENOUGH = 30
"""So many officers are planned as one team, whatever teams they are in."""
AT_ONCE = 12
"""So many officers are solved as a whole first: mostly that proves it."""


class Search:
    """One run. `run` once, then read `roster`, `first`, `impossible`, `cost` and `bound`."""

    def __init__(
        self, problem: Problem, seed: int, limit: float, workers: int, threads: int
    ) -> None:
        self.problem, self.limit, self.workers, self.threads = problem, limit, workers, threads
        self.dice = random.Random(seed)  # noqa: S311  (a roster is no secret)
        self.begun, self.going, self.impossible = perf_counter(), True, False
        self.first: float | None = None
        self.roster: dict[int, tuple[int | None, ...]] = {}
        self.teams = apart(problem)
        self.parts = [alone(problem, team) for team in self.teams]
        self.grounds = [Ground(one) for one in self.parts]
        self.ground = Ground(problem)
        many = len(self.teams) > 1
        self.joint = _joint(problem) if many else None
        self.bounds, self.values = [0] * len(self.teams), [0] * len(self.teams)
        self.proved = [False] * len(self.teams)
        self.known: dict[int, Team] = {}
        self.picking = False
        self._hear: Callable[[Search], bool] | None = None

    def listen(self, hear: Callable[[Search], bool]) -> None:
        """Called after each step; says whether to go on."""
        self._hear = hear

    def spent(self) -> float:
        """Seconds since it began."""
        return perf_counter() - self.begun

    def left(self) -> float:
        """Seconds that there are still."""
        return max(0.0, self.limit - self.spent()) if self.going else 0.0

    def bound(self) -> int:
        """What each team costs at least, together."""
        return sum(self.bounds)

    def cost(self) -> int | None:
        """Of the roster as it is; None before the first that holds."""
        if self.first is None:
            return None
        return sum(self.values) + self._shared(self.roster)

    def run(self, start: Roster | None) -> None:
        """Until time is up, it is proved to be the best, or whoever listens says so."""
        few = len(self.problem.officers) <= AT_ONCE
        if not few:
            self._teams()
        if start is not None and not _hard(self.problem, start):
            self.roster = dict(start)
        else:
            self._begin()
            if self.impossible or len(self.roster) < len(self.problem.officers):
                return
            self._join()
        if _hard(self.problem, self.roster):
            return
        self.values = [cost(one, self.roster) for one in self.parts]
        self.first = self.spent()
        self._told()
        self._improve()

    def _told(self) -> None:
        if self._hear is not None and not self._hear(self):
            self.going = False

    def _begin(self) -> None:
        """A roster for each team that keeps the rules and has as many as must be there."""
        for n, part in enumerate(self.parts):
            guess = self._guess(n)
            if not _hard(part, guess):
                self.roster |= guess
                continue
            model = Model(part, ground=self.grounds[n])
            rule_all(model)
            model.finish(guess)
            # A first one is asked for, near the one that was made by hand.
            solver = self._solver(max(FIRST, self.left()), self.workers)
            solver.parameters.hint_conflict_limit = 20
            solver.parameters.stop_after_first_solution = True
            status = solver.solve(model.cp)
            self.impossible = status == cp_model.INFEASIBLE
            if status not in FOUND or not self.going:
                return
            self.roster |= model.roster(solver)
            self.bounds[n] = max(self.bounds[n], _floor(solver))
            self._told()

    def _guess(self, n: int) -> Roster:
        """By hand, where walks don't make a better one."""
        team = self.known.get(n)
        found = team.filled() if team is not None else None
        return found or begun(self.parts[n], self.dice.randrange(2**31))

    def _join(self) -> None:
        """What teams have to see to together, has to hold, too."""
        while self.left() and (short := _hard(self.problem, self.roster)):
            who = {
                officer.key
                for one in short
                for officer in self.problem.officers
                if officer.holds(one.skill, 0) and one.team in {None, officer.team}
            }
            model = Model(self.problem, self.roster, who, elastic=True, ground=self.ground)
            rule_all(model)
            model.finish(self.roster)
            model.cp.clear_objective()
            model.cp.minimize(sum(var for _demand, var in model.missing))
            solver = self._solver(min(10.0, self.left()), self.workers)
            if solver.solve(model.cp) not in FOUND:
                return
            before = sum(one.amount for one in short)
            self.roster = model.roster(solver)
            if sum(one.amount for one in _hard(self.problem, self.roster)) >= before:
                return

    def _improve(self) -> None:
        if len(self.problem.officers) <= AT_ONCE:
            self._whole(0, min(SOON, self.left() / 2))
            if self.proved[0] or not self.left():
                return
            self._teams()
        others = [n for n in range(len(self.teams)) if n not in self.known]
        for n in others:
            self._by_model(n, self.spent() + self.left() / len(self.teams))
        self._each(Team.bounded)
        self._each(Team.dived)
        self._anew()

    def _teams(self) -> None:
        """The teams whose officers all have walks."""
        known = walks(self.problem)
        for n, team in enumerate(self.teams):
            if all(one.key in known for one in team):
                self.known[n] = self._team(n, known)

    def _by_model(self, n: int, until: float) -> None:
        """Where rules remember too much for walks: the whole team, with a word in between."""
        while not self.proved[n] and self.left() and self.spent() < until:
            self._whole(n, max(0.1, min(SLICE, until - self.spent(), self.left())))

    def _team(self, n: int, known: dict[int, Walk]) -> Team:
        keys = {one.key for one in self.teams[n]}
        wanted = [
            (one, able) for one, able in self.ground.demands if any(who.key in keys for who in able)
        ]
        part = self.grounds[n]
        if len(self.teams) == 1:
            wanted = part.demands
        return Team(self.problem, self.parts[n], part, wanted, {key: known[key] for key in keys})

    def _each(self, work: Callable[[Team, Roster, Going], Found]) -> None:
        """For each team that isn't proved, as many at a time as there are cores."""

        def one(n: int) -> tuple[int, Found]:
            try:
                return n, work(self.known[n], dict(self.roster), self._going)
            except UnsolvedError:
                return n, None

        with ThreadPoolExecutor(self.threads) as pool:
            jobs = [pool.submit(one, n) for n in self.known if not self.proved[n]]
            for job in as_completed(jobs):
                n, lines = job.result()
                self.bounds[n] = max(self.bounds[n], self.known[n].floor)
                if lines:
                    self._take(lines)
                self.proved[n] = self.values[n] <= self.bounds[n]
                self._told()

    def _anew(self) -> None:
        """Some officers of a team anew, while all else stays; again and again."""
        size = float(SOME)
        running: dict[Future[tuple[Found, bool]], int] = {}
        with ThreadPoolExecutor(self.threads) as pool:
            while running or self._more():
                while len(running) < self.threads and self._more():
                    n = self._next(set(running.values()))
                    running[pool.submit(self._work(n, round(size)))] = n
                done, _ = wait(running, return_when=FIRST_COMPLETED)
                for job in done:
                    n = running.pop(job)
                    lines, best = job.result()
                    size += 0.5 if best else 0.1 if lines else -0.1
                    size = min(MOST * len(self.teams[n]), max(float(FEW), size))
                    if lines and self._take(lines):
                        self.proved[n] = self.values[n] <= self.bounds[n]
                        self._told()

    def _work(self, n: int, size: int) -> Callable[[], tuple[Found, bool]]:
        team, roster = self.known[n], dict(self.roster)
        if team.near(self.values[n]) and not self.picking:
            self.picking = True
            limit = min(PICK, self.left())
            return lambda: (self._picked(team, roster, limit), False)
        keys = [one.key for one in self.teams[n]]
        who = self.dice.sample(keys, min(size, len(keys)))
        return lambda: self._tried(team, who, roster)

    def _tried(self, team: Team, who: list[int], roster: Roster) -> tuple[Found, bool]:
        try:
            return team.anew(who, roster, self._going)
        except UnsolvedError:
            return None, False

    def _picked(self, team: Team, roster: Roster, limit: float) -> Found:
        try:
            return team.picked(roster, limit)
        except UnsolvedError:
            return None
        finally:
            self.picking = False

    def _going(self) -> bool:
        return self.left() > 0

    def _more(self) -> bool:
        return self.left() > 0.05 and bool(self._open())

    def _open(self) -> list[int]:
        """The teams that could still be bettered."""
        shared = self._shared(self.roster) > 0
        return [
            n for n in self.known if shared or not self.proved[n]
        ]  # fmt: skip

    def _next(self, busy: set[int]) -> int:
        """A team that nobody is at, if there is one; rather one with much to save."""
        open_ = self._open()
        free = [n for n in open_ if n not in busy] or open_
        save = [max(1, self.values[n] - self.bounds[n]) for n in free]
        return self.dice.choices(free, save)[0]

    def _whole(self, n: int, limit: float) -> None:
        """A team as a whole, from where it is: better, and with a bound."""
        part = self.parts[n]
        model = Model(part, ground=self.grounds[n])
        rule_all(model)
        model.finish(self.roster)
        solver = self._solver(limit, self.workers)
        status = solver.solve(model.cp)
        if status in FOUND:
            self.bounds[n] = max(self.bounds[n], _floor(solver))
            self.proved[n] = status == cp_model.OPTIMAL
            self._take(model.roster(solver))
        self._told()

    def _take(self, lines: Roster) -> bool:
        """Whether these lines, put into the roster as it is by now, make it better; as good ones
        are taken, too: they lead elsewhere."""
        new = {**self.roster, **lines}
        teams = [n for n, team in enumerate(self.teams) if any(one.key in lines for one in team)]
        if any(_hard(self.parts[n], new) for n in teams):
            return False
        if self.joint is not None and _hard(self.joint, new):
            return False
        values = {n: cost(self.parts[n], new) for n in teams}
        before = sum(self.values[n] for n in teams) + self._shared(self.roster)
        after = sum(values.values()) + self._shared(new)
        if after > before:
            return False
        self.roster = new
        for n, value in values.items():
            self.values[n] = value
        return after < before

    def _shared(self, roster: Roster) -> int:
        return 0 if self.joint is None else cost(self.joint, roster)

    def _solver(self, limit: float, workers: int) -> cp_model.CpSolver:
        solver = cp_model.CpSolver()
        solver.parameters.max_time_in_seconds = limit
        solver.parameters.num_workers = workers
        # All rows in the relaxation: what officers owe and shifts need pull at each other there.
        solver.parameters.linearization_level = 2
        solver.parameters.random_seed = self.dice.randrange(2**31)
        return solver


def apart(problem: Problem) -> list[list[Officer]]:
    """The teams: what most demand is about, each of which could be planned alone. A few are one."""
    together = len(problem.officers) <= FEW_ENOUGH
    if together or all(one.team is None for one in problem.demands):
        return [list(problem.officers)]
    teams: dict[int, list[Officer]] = defaultdict(list)
    for officer in problem.officers:
        teams[officer.team].append(officer)
    return [teams[key] for key in sorted(teams)]


def alone(problem: Problem, team: list[Officer]) -> Problem:
    """A team's part: its officers and its own demand; all where there is but one team."""
    if len(team) == len(problem.officers):
        return problem
    who, number = {one.key for one in team}, team[0].team
    return replace(
        problem,
        officers=tuple(team),
        demands=tuple(one for one in problem.demands if one.team == number),
        wishes=tuple(one for one in problem.wishes if one.officer in who),
        pins=tuple(one for one in problem.pins if one.officer in who),
        shares=tuple(one for one in problem.shares if one.officer in who),
    )


def _joint(problem: Problem) -> Problem | None:
    """The demand that teams see to together, and nothing else."""
    demands = tuple(one for one in problem.demands if one.team is None)
    if not demands:
        return None
    return replace(problem, demands=demands, rules=(), wishes=(), pins=(), shares=())


def _hard(problem: Problem, roster: Roster) -> list[Violation]:
    return [one for one in violations(problem, roster) if one.hard]


def _floor(solver: cp_model.CpSolver) -> int:
    """A bound of whole numbers."""
    return max(0, -int(-solver.best_objective_bound // 1))
