"""One of each thing that an address with parts may mean: made in a demo county's home before the
county runs, so that none of its readers and nobody else's test moves something in between.

``county.python("from tests.browser.specimens import told; print(told())")``
"""

from __future__ import annotations

import io
import json
from datetime import timedelta
from urllib.parse import urlencode

from django.utils.timezone import localtime
from PIL import Image

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.files.models import StoredFile
from gongzhi.base.files.photos import make_anew
from gongzhi.base.log.actions import now
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.models import Matter
from gongzhi.base.people.actions import open_account
from gongzhi.base.people.models import Account, Unit
from gongzhi.base.places.cells import as_text, cell_of, cells_around
from gongzhi.base.places.coordinates import Point
from gongzhi.watch.exchange.agreements.models import Agreement
from gongzhi.watch.exchange.receiving.models import Batch
from gongzhi.watch.notices import links
from gongzhi.watch.notices.models import Subscriber
from gongzhi.watch.outcomes.selectors import weeks
from gongzhi.watch.supervision.actions import raise_findings
from gongzhi.watch.supervision.judging.bench import Found
from gongzhi.watch.supervision.models import Draw, Review
from gongzhi.work.appointments.calendars import token_of
from gongzhi.work.appointments.models import Ticket
from gongzhi.work.appointments.selectors.times import Visit, days_for
from gongzhi.work.calls import here_codes
from gongzhi.work.calls.actions import ask_here
from gongzhi.work.calls.models import Call
from gongzhi.work.cases.actions import NewCase, add_party, begin_deed, open_case, take_case_step
from gongzhi.work.complaints.actions import NewComplaint, complain
from gongzhi.work.dossier.actions import draft_document
from gongzhi.work.dossier.models import ErasureItem, ErasureProposal
from gongzhi.work.joint import codes as joint_codes
from gongzhi.work.joint.actions import ask_outside, keep_same, split_off
from gongzhi.work.joint.models import SameThing
from gongzhi.work.joint.selectors.same import Group
from gongzhi.work.linked.actions import make_link
from gongzhi.work.linked.codes import code_of
from gongzhi.work.linked.models import LinkedRequest
from gongzhi.work.participation.actions import file_request, take_up
from gongzhi.work.participation.codes import code_for
from gongzhi.work.patrol.plans.models import Stop
from gongzhi.work.patrol.simulations.actions import ask_simulation
from gongzhi.work.patrol.simulations.changes import Changes
from gongzhi.work.personal.models import PersonalRequest, StewardFile
from gongzhi.work.prevention.linking.models import Member, Series
from gongzhi.work.prevention.problems import actions as prevention
from gongzhi.work.prevention.problems.looking import Seen
from gongzhi.work.prevention.problems.models import Problem, Rise
from gongzhi.work.prevention.warnings.models import Warning
from gongzhi.work.proposals.models import Proposal
from gongzhi.work.public_services.models import Application
from gongzhi.work.volunteering.models import Task
from gongzhi.work.workforce.appraisal.actions import object_to
from gongzhi.work.workforce.appraisal.models import Objection, Sheet
from gongzhi.work.workforce.movement.models import Bid, Vacancy
from gongzhi.work.workforce.rights.models import RightsMatter
from gongzhi.work.workforce.rosters.actions import open_feed
from gongzhi.work.workforce.rosters.calendars import token_of as shifts_of
from gongzhi.work.workforce.rosters.models import Roster

KEY = "a-request-of-the-walk-through-every-page"
SAID = (
    "海平路口的路灯不亮了，晚上太黑",
    "海平路口的路灯又不亮了，晚上太黑",
    "海平路口的路灯不亮，晚上太黑了",
)
PLACE = Point(28.87, 123.96)
NAME = "欧阳慕容婉清"
CONTACT = {"name": NAME, "phone": "13800000000"}
SYSTEM = Actor.system("t")
Specimens = dict[str, object]


def told() -> str:
    """Each specimen by its name in `EXAMPLES`, as JSON."""
    asked = _requests()
    parts = (_joint(asked), _case(), _problem(asked), _workforce(), _services(), _others())
    found: Specimens = {
        "code": code_for(KEY),
        "request": asked.pk,
        "account": _account("officer").pk,
    }
    found |= {"person": asked.parties.get().person_id}
    for part in parts:
        found |= part
    return json.dumps(found)


def _account(name: str) -> Account:
    return Account.objects.select_related("unit").get(username=name)


def _requests() -> Matter:
    """A lamp that three people told of, the first with a photo."""
    Image.new("RGB", (64, 48)).save(lamp := io.BytesIO(), "JPEG")
    lamp.seek(0)
    first = file_request(
        SYSTEM, category="lamp_out", words=SAID[0], place="海平路 12 号",
        point=PLACE, idempotency_key=KEY, unit=_account("officer").unit,
        photos=[make_anew(lamp)], contact=CONTACT,
    ).matter  # fmt: skip
    for n, words in enumerate(SAID[1:]):
        file_request(
            SYSTEM, category="lamp_out", words=words, place="海平路 12 号", point=PLACE,
            idempotency_key=f"says-the-same-in-the-walk-{n}", unit=_account("officer").unit,
        )  # fmt: skip
    return first


def _joint(asked: Matter) -> Specimens:
    officer = _account("officer")
    patrol = Actor.account(officer)
    accepted = take_up(patrol, asked)
    part = split_off(patrol, accepted, Unit.objects.get(code="housing"), "请把灯杆扶正")
    outside = ask_outside(patrol, asked, "property", "灯是不是你们管的？")
    # Found by hand: whether a look finds them hangs on what else the county talks about.
    told = Matter.objects.filter(narrative__words__in=SAID).order_by("pk")
    keys = tuple(told.values_list("pk", flat=True))
    keep_same(SYSTEM, officer.unit, [Group(keys, asked.category, asked.town)])
    same = next(one for one in SameThing.objects.filter(unit=officer.unit) if asked.pk in one.keys)
    linked = make_link(SYSTEM, LinkedRequest.objects.filter(ended_at=None)[0])
    return {
        "part": part.pk, "same": same.pk, "outside": joint_codes.code_of(outside.link_mark),
        "link": code_of(linked.pk, linked.link_mark),
    }  # fmt: skip


def _case() -> Specimens:
    lead = _account("case_officer")
    second = open_account(
        SYSTEM, username="second", display_name="海小二", unit=lead.unit, roles=["case_officer"]
    )
    by = Actor.account(lead)
    case = open_case(by, NewCase("administrative_case", "theft", lead, second, "码头上手机被偷"))
    take_case_step(by, case, "filed", elements={"acceptance_record": "1"})
    add_party(by, case, "suspect", {"name": NAME})
    begin_deed(by, case, "summons")
    other = open_case(by, NewCase("administrative_case", "theft", lead, second, "又一起"))
    paper = draft_document(by, case.matter, "seizure_list", {"holder": NAME})
    steward = _account("data_steward")
    erasure = ErasureProposal.objects.create(
        matter_id=case.pk, person=case.matter.parties.get().person, basis="asked",
        article="某法第一条", keep_until=now().date(), proposed_by=steward, proposed_at=now(),
    )  # fmt: skip
    ErasureItem.objects.create(proposal=erasure, document=paper)
    draw = Draw.objects.create(
        checklist="case_file", seed=1, since=now().date(), until=now().date(), among=1, at=now()
    )
    review = Review.objects.create(draw=draw, matter_id=case.pk, place=1, of=100)
    rule = catalogue().rules["case_limit_near"]
    near = Found(rule, "walk", lead.unit_id, case.pk, now(), (1, 2), {"number": 2})
    [finding] = raise_findings(SYSTEM, [near])
    return {
        "case": case.pk, "number": other.matter.number, "erasure": erasure.pk,
        "review": review.pk, "finding": finding.pk,
    }  # fmt: skip


def _problem(asked: Matter) -> Specimens:
    """A series that is linked, and a rise that became a problem."""
    burgled = Matter.objects.filter(procedure="incident", county=None)[0]
    series = Series.objects.create(
        category=burgled.category, town=burgled.town, opened_at=now(), first_at=burgled.opened_at,
        last_at=burgled.opened_at, size=1, weight=5.0,
        parts={"kind": 4.0, "distance": 5.5, "terms": 1},
    )  # fmt: skip
    Member.objects.create(series=series, matter=burgled)
    ago = now().date() - timedelta(days=40)
    near = tuple(as_text(one) for one in cells_around(cell_of(asked.point or PLACE, 8)))
    rises = [
        Seen(about, near, ago - timedelta(days=11), ago, 9, 2.1, 1e-5)
        for about in ("theft_scooter", "burglary")
    ]
    prevention.keep_look(SYSTEM, ago, rises, categories=17, allowed=1e-4)
    judge = Actor.account(_account("analyst"))
    unit = _account("officer").unit
    problem = prevention.confirm_rise(
        judge, Rise.objects.get(about="burglary", last_day=ago), title="老小区夜里进贼", unit=unit
    )
    prevention.plan_intervention(judge, problem, "lighting", unit=unit, since=ago)
    Problem.objects.filter(pk=problem.pk).update(stage="assessment")
    return {
        "series": series.pk, "problem": problem.pk,
        "open": Problem.objects.filter(shown=True).latest("pk").pk,
    }  # fmt: skip


def _workforce() -> Specimens:
    officer = _account("officer")
    open_feed(Actor.account(officer), officer)
    bid, _new = Bid.objects.get_or_create(
        vacancy=Vacancy.objects.all()[0], account=officer, defaults={"at": now()}
    )
    Bid.objects.filter(pk=bid.pk).update(state="not_chosen", appeal="我有经历", appealed_at=now())
    sheet = Sheet.objects.select_related("round").get(account=officer)
    objection = Objection.objects.first() or object_to(
        Actor.account(officer), sheet, "answers_in_time", "算错了"
    )
    return {
        "rights": RightsMatter.objects.all()[0].pk, "bid": bid.pk, "shifts": shifts_of(officer),
        "roster": Roster.objects.latest("month").pk, "sheet": sheet.pk, "objection": objection.pk,
    }  # fmt: skip


def _services() -> Specimens:
    station = Unit.objects.get(code="station_lancheng")
    visit = Visit(station, [catalogue().services["residence_permit"]])
    free = next(at for day in days_for(visit) for at in day.times)
    wronged = NewComplaint(
        words="窗口的民警不理人", unit=Unit.objects.get(code="station_wangchao"), contact=CONTACT
    )
    complained = complain(Actor.resident(), wronged, idempotency_key="a-complaint-of-the-walk")
    return {
        "visit": "service=residence_permit&office=station_lancheng",
        "free": f"{localtime(free):%Y-%m-%dT%H:%M}",
        "ticket": Ticket.objects.filter(office=station).latest("pk").pk,
        "task": Task.objects.filter(unit=station, state="open").latest("pk").pk,
        "kiosk": token_of("kiosk", station), "feed": token_of("feed", station),
        "application": Application.objects.filter(matter__step="received")[0].pk,
        "complaint": complained.matter_id,
    }  # fmt: skip


def _others() -> Specimens:
    here = ask_here(Actor.account(_account("call_taker")), draft="a-call-of-the-walk-through")
    warned = Warning.objects.filter(state="active", exercise=False, source="")[0]
    assert warned.current
    stop = Stop.objects.filter(plan__state="published", left_out="").latest("pk")
    simulated = ask_simulation(
        Actor.account(_account("planner")), title="旺季警情翻倍",
        changes=Changes.model_validate({"factor": [{"times": 2}]}), years=0.1, repeats=2,
    )  # fmt: skip
    whole = weeks.whole_weeks()
    shift = {"from": now() - timedelta(hours=9), "to": now() - timedelta(hours=1)}
    incidents = Matter.objects.filter(procedure="incident", closed_at=None)
    calls = Call.objects.filter(matter__closed_at=None, matter__county=None)
    return {
        "here": here_codes.code_of(here.pk, here.mark),
        "warning": warned.pk, "warned": warned.number, "message": warned.current.identifier,
        "stop": stop.pk, "plan": stop.plan_id, "node": stop.node_id, "simulation": simulated.pk,
        "week": weeks.name_of(whole[-1]) if whole else "2026-W01",
        "shift": urlencode({name: at.isoformat() for name, at in shift.items()}),
        "incident": incidents[0].pk, "call": calls[0].pk,
        "subscribed": links.code_of(Subscriber.objects.filter(channel="sms")[0].key),
        "fed": links.code_of(Subscriber.objects.get(channel="feed").key),
        "steward_file": StewardFile.objects.all()[0].pk,
        "personal": PersonalRequest.objects.all()[0].pk,
        "proposal": Proposal.objects.all()[0].pk,
        "file": StoredFile.objects.latest("pk").pk,
        "sharing": Agreement.objects.order_by("pk")[0].pk,
        "delivery": Batch.objects.filter(quarantined__gt=0).latest("pk").pk,
    }  # fmt: skip
