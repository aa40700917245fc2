"""Making the demo county, stage by stage. What is done stays done: the second start is quick."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from time import perf_counter

from django.conf import settings

from gongzhi.base.log.actions import moment, now
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.readers import catch_up
from gongzhi.base.people.models import Unit
from gongzhi.config.demo.applications import load_applications
from gongzhi.config.demo.appraised import load_appraised
from gongzhi.config.demo.asked import load_surveys
from gongzhi.config.demo.care import load_care
from gongzhi.config.demo.case_file import load_case_file
from gongzhi.config.demo.complaints import load_complaints
from gongzhi.config.demo.desk import load_desk
from gongzhi.config.demo.fleet import begin_duty, change_shift, load_fleet, plan_duty
from gongzhi.config.demo.founding import load_accounts, load_geography, load_organisation
from gongzhi.config.demo.geography.county import County, draw_county
from gongzhi.config.demo.history.record import record_history
from gongzhi.config.demo.integrity import load_integrity
from gongzhi.config.demo.joint import load_joint
from gongzhi.config.demo.lanes import load_lanes
from gongzhi.config.demo.life import tell_ahead
from gongzhi.config.demo.movement import load_movement
from gongzhi.config.demo.notices import load_notices
from gongzhi.config.demo.officers import load_officers
from gongzhi.config.demo.one_light import load_one_light
from gongzhi.config.demo.open_data import load_open_data
from gongzhi.config.demo.open_problems import load_open_problems
from gongzhi.config.demo.partners import load_partners
from gongzhi.config.demo.patrol import load_patrol
from gongzhi.config.demo.patrolled import load_patrolled
from gongzhi.config.demo.personal import load_personal
from gongzhi.config.demo.questions import load_questions
from gongzhi.config.demo.receiving import register
from gongzhi.config.demo.rights import load_rights
from gongzhi.config.demo.rosters import load_rosters
from gongzhi.config.demo.routing import load_routing
from gongzhi.config.demo.service_year import load_service_year
from gongzhi.config.demo.sharing import load_sharing
from gongzhi.config.demo.sources import load_sources
from gongzhi.config.demo.staff import load_clerks
from gongzhi.config.demo.standing_by import load_stand_by
from gongzhi.config.demo.taking_part import load_taking_part
from gongzhi.config.demo.targets import load_targets
from gongzhi.config.demo.visits import load_visits
from gongzhi.config.demo.volunteers import load_volunteers
from gongzhi.config.demo.voting import load_votes
from gongzhi.config.demo.warnings import load_warnings
from gongzhi.config.home import Home
from gongzhi.watch.exchange.lake.readers import READER
from gongzhi.watch.exchange.lake.writing import write_behind
from gongzhi.watch.outcomes.turns import count_what_is_over
from gongzhi.work.patrol.forecasts.county import AHEAD, ENOUGH
from gongzhi.work.patrol.forecasts.readers import foresee_next
from gongzhi.work.prevention.linking.readers import compare
from gongzhi.work.prevention.problems.readers import look_for_rises

SEED = 7
DAYS = 90
"""How far back its history goes."""


class NotADemo(RuntimeError):
    """The home holds a county at work, which must not become a playground."""


@dataclass(frozen=True)
class Making:
    """What the stages share: where, by whom, until when, and the county as it is drawn."""

    home: Home
    by: Actor
    until: datetime
    days: int = DAYS

    @property
    def founded(self) -> datetime:
        """When it was set up, some days before its history begins."""
        return self.until - timedelta(days=self.days + 7)

    @cached_property
    def county(self) -> County:
        """Drawn when the first stage asks for it; takes some seconds."""
        return draw_county(SEED)


@dataclass(frozen=True)
class Stage:
    """One part of the work; ``run`` says in a few words what there is now."""

    code: str
    title: str
    run: Callable[[Making], str]


def _geography(making: Making) -> str:
    counts = load_geography(making.by, making.county, making.home)
    return "{layers} layers, {areas} areas, {entries} places".format(**counts)


def _organisation(making: Making) -> str:
    return f"{load_organisation(making.by, making.county)} units"


def _accounts(making: Making) -> str:
    return f"{load_accounts(making.by)} accounts, one for each role"


def _fleet(making: Making) -> str:
    return f"{load_fleet(making.by, making.county)} units, {load_clerks(making.by)} clerks"


def _history(making: Making) -> str:
    with moment(making.until):
        begin_duty(making.by, making.county, SEED)
        told = record_history(
            making.by, making.county, seed=SEED, until=making.until, days=making.days
        )
    change_shift(making.by, SEED, making.until)
    with moment(making.until):
        plan_duty(making.by, making.until)
    over = f"{told.incidents} incidents and {told.requests} requests over"
    return f"{making.days} days: {over}, {told.deeds} deeds in what goes on"


def _officers(making: Making) -> str:
    return load_officers(making.by, making.until, SEED)


def _rosters(making: Making) -> str:
    return load_rosters(making.by, making.until)


def _care(making: Making) -> str:
    return load_care(making.until, SEED)


def _integrity(making: Making) -> str:
    return load_integrity(making.until)


def _standing_by(making: Making) -> str:
    return f"{load_stand_by(making.by, making.until)} unit"


def _case_file(making: Making) -> str:
    return f"{load_case_file(making.until)} cases, one archived, one nearly too late"


def _complaints(making: Making) -> str:
    return f"{load_complaints(making.until)} complaints, one decided"


def _personal(making: Making) -> str:
    return f"{load_personal(making.until)} requests about one's own data, two decided"


def _applications(making: Making) -> str:
    return f"{load_applications(making.until)} applications, one at each step"


def _service_year(making: Making) -> str:
    with moment(making.until):
        return f"{load_service_year(making.by, making.until, SEED)} of them over"


def _visits(making: Making) -> str:
    return load_visits(making.until, SEED)


def _volunteers(making: Making) -> str:
    return load_volunteers(making.by, making.until)


def _rights(making: Making) -> str:
    return load_rights(making.until)


def _movement(making: Making) -> str:
    return load_movement(making.until)


def _appraised(making: Making) -> str:
    return load_appraised(making.until, making.founded)


def _open_problems(making: Making) -> str:
    return load_open_problems(making.until)


def _questions(making: Making) -> str:
    return load_questions(making.until, SEED)


def _warnings(making: Making) -> str:
    return f"{load_warnings(making.until)} warnings, three of them in force"


def _linked(making: Making) -> str:
    with moment(making.until):
        return f"{compare()} series and topics, for somebody to judge"


def _taking_part(making: Making) -> str:
    return load_taking_part(making.until)


def _votes(making: Making) -> str:
    return load_votes(making.until)


def _desk(making: Making) -> str:
    return load_desk(making.until)


def _routing(making: Making) -> str:
    return load_routing(making.until)


def _joint(making: Making) -> str:
    return load_joint(making.county, making.until)


def _one_light(making: Making) -> str:
    return load_one_light(making.until)


def _partners(making: Making) -> str:
    register(making.until)
    return f"{load_partners(making.county, making.until)} requests to partners"


def _notices(making: Making) -> str:
    return load_notices(making.until)


def _lanes(making: Making) -> str:
    return f"{load_lanes(making.county, making.until)} command lanes, one with its report"


def _patrol(making: Making) -> str:
    return load_patrol(making.by, making.until, making.founded)


def _patrolled(making: Making) -> str:
    return load_patrolled(making.until, making.days)


def _rises(making: Making) -> str:
    with moment(making.until):
        return f"{look_for_rises()} beyond chance"


def _foreseen(making: Making) -> str:
    """As on each of the last days, so that what was foreseen stands beside what came."""
    for back in range(making.days - ENOUGH - 1, -1, -1):
        with moment(making.until - timedelta(days=back)):
            made = foresee_next(AHEAD if not back else 1)
    return f"{made} outlooks" if making.days > ENOUGH else "too few days"


def _lake(making: Making) -> str:
    catch_up(READER)
    return f"{len(write_behind())} months, for maps and forecasts"


def _sources(making: Making) -> str:
    return load_sources(making.home, making.until, SEED)


def _sharing(making: Making) -> str:
    return load_sharing(making.until)


def _outcomes(making: Making) -> str:
    with moment(making.until):
        counted = f"{count_what_is_over()} days"
    asked = load_surveys(making.by, making.until, making.days, SEED)
    return f"{counted}; {asked}; {load_targets(making.until)} targets"


def _open_data(making: Making) -> str:
    return load_open_data(making.until)


def _ahead(making: Making) -> str:
    path = making.home.demo_life
    return f"{tell_ahead(making.county, path, seed=SEED, until=making.until)} happenings to come"


STAGES = (
    Stage("geography", "drawing islands, towns and streets", _geography),
    Stage("organisation", "opening the bureau, stations and departments", _organisation),
    Stage("accounts", "opening demo accounts", _accounts),
    Stage("fleet", "opening units that can be sent", _fleet),
    Stage("history", "living through its history", _history),
    Stage("officers", "giving everybody at the stations a post", _officers),
    Stage("care", "listening in confidence", _care),
    Stage("integrity", "declaring a basket of crabs", _integrity),
    Stage("standing_by", "asking a unit to stand by", _standing_by),
    Stage("patrol", "planning this shift's patrols", _patrol),
    Stage("patrolled", "looking back on weeks of patrols", _patrolled),
    Stage("rises", "looking for what rose lately", _rises),
    Stage("foreseen", "foreseeing the next days", _foreseen),
    Stage("rosters", "planning a station's next month", _rosters),
    Stage("case_file", "working on two cases", _case_file),
    Stage("complaints", "looking into two complaints against police", _complaints),
    Stage("personal", "asking what is held of them", _personal),
    Stage("applications", "applying for permits and papers", _applications),
    Stage("service_year", "applying for them all through the year", _service_year),
    Stage("visits", "booking counters, taking numbers", _visits),
    Stage("volunteers", "sweeping a beach, seeing children across the road", _volunteers),
    Stage("open_problems", "asking residents what they see", _open_problems),
    Stage("questions", "asking what to do and where to go", _questions),
    Stage("warnings", "warning of fog, a stopped ferry and a typhoon", _warnings),
    Stage("series", "comparing incidents with each other", _linked),
    Stage("taking_part", "proposing, costing, promising", _taking_part),
    Stage("votes", "voting, and counting again", _votes),
    Stage("desk", "putting on the desk what lies there", _desk),
    Stage("routing", "learning which words go with which category", _routing),
    Stage("joint", "handling one broken light together", _joint),
    Stage("one_light", "mending one light that forty residents told of", _one_light),
    Stage("rights", "standing by officers who were harmed", _rights),
    Stage("movement", "publishing a vacancy, reckoning who is due to move", _movement),
    Stage("appraised", "appraising how the work was done", _appraised),
    Stage("partners", "asking partners for help", _partners),
    Stage("lanes", "commanding a rescue at sea, and a fire", _lanes),
    Stage("notices", "subscribing to warnings and to one request", _notices),
    Stage("lake", "writing the lake", _lake),
    Stage("sources", "receiving what departments deliver", _sources),
    Stage("sharing", "agreeing who may get which data", _sharing),
    Stage("outcomes", "counting how it went", _outcomes),
    Stage("open_data", "publishing open data", _open_data),
    Stage("ahead", "telling what is to come while it runs", _ahead),
)


def make_demo(say: Callable[[str], None], days: int = DAYS) -> None:
    """Do the stages that this home has not seen; ``say`` gets a line for each.

    Raises NotADemo for a home that is a county already.
    """
    home = settings.HOME
    if not home.demo_marker.exists() and Unit.objects.exists():
        raise NotADemo(f"{home.root} holds a county that is no demo; choose another --home.")
    done = _read(home)
    making = Making(home, Actor.system("demo"), now(), days)
    for stage in STAGES:
        if stage.code not in done:
            say(f"  {stage.title} … {_run(stage, making)}")
            done.append(stage.code)
            _write(home, done)


def _run(stage: Stage, making: Making) -> str:
    begun = perf_counter()
    with moment(making.founded):
        made = stage.run(making)
    return f"{made} ({perf_counter() - begun:.1f} s)"


def _read(home: Home) -> list[str]:
    """The codes of the stages that are done. Before the first one, the home becomes a demo's."""
    if not home.demo_marker.exists():
        _write(home, [])
    done: list[str] = json.loads(home.demo_marker.read_text("utf-8"))["done"]
    return done


def _write(home: Home, done: list[str]) -> None:
    part = home.demo_marker.with_suffix(".part")
    part.write_text(json.dumps({"seed": SEED, "done": done}), "utf-8")
    part.replace(home.demo_marker)
