"""Every page there is, opened once in a browser by somebody who may.

The list is the permission matrix, so that a new page can't be forgotten: an address with
parameters that has no example here fails. Addresses that answer only to a form, or with something
that is no page of its own, are asked and left alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache

import pytest
from playwright.sync_api import Page

from gongzhi.base.access.matrix import Address, addresses
from gongzhi.base.catalogue.load import catalogue
from tests.browser.conftest import VIEWS, OpenPage
from tests.browser.examples import EXAMPLES
from tests.browser.watching import assert_accessible
from tests.county import RunningCounty

NOBODY = "nobody"
SIZE = "[document.documentElement.scrollWidth, document.documentElement.scrollHeight]"
NO_ANSWER = {
    "/live/stream", "/survey/", "/layers/", "/layers/<slug:code>/",
    "/problems/<int:key>/pick/", "/problems/effects/pick/", "/sign-in/second/", "/sign-in/back/",
    "/sign-in/with/<slug:code>/", "/signed-out/<slug:code>/", "/my-sign-in/with/<slug:code>/",
}  # fmt: skip
"""A stream without an end; folders that only what lies in them answers for; what a press on a map
asks for (`test_prevention` presses); what only those who were drawn are asked; ways to an identity
provider, which the demo county has none of (`test_providers`)."""
OF_THE_UNIT = {
    "/supervision/<int:key>/": "supervisor",
    "/sources/<slug:code>/": "data_steward",
    "/sources/batches/<int:key>/": "data_steward",
    "/requests/same/<int:key>/": "officer",
    "/appraisal/sheets/<int:key>/": "personnel",
    "/appraisal/sheets/<int:key>/sheet.json": "officer",
    "/appraisal/sheets/<int:key>/sheet.csv": "officer",
    "/rights/<int:key>/": "inspector",
    "/movement/rotation/": "personnel",
    "/appraisal/sheets/<int:key>/<slug:item>/": "personnel",
    "/appraisal/rounds/<int:key>/": "personnel",
}
"""Pages that the permission alone doesn't open: who sees those of every unit."""
SPECIMENS = """
import io, json
from datetime import timedelta
from urllib.parse import urlencode
from PIL import Image
from django.utils.timezone import localtime
from gongzhi.watch.exchange.receiving.models import Batch
from gongzhi.watch.outcomes.selectors import weeks as week
from gongzhi.base.files.models import StoredFile
from gongzhi.base.files.photos import make_anew
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.models import Matter, Party
from gongzhi.base.people.actions import open_account
from gongzhi.base.people.models import Account, Unit
from gongzhi.base.places.coordinates import Point
from gongzhi.work.complaints.actions import NewComplaint, complain
from gongzhi.work.calls import here_codes
from gongzhi.work.calls.actions import ask_here
from gongzhi.work.calls.models import Call
from gongzhi.work.cases.actions import NewCase, add_party, begin_deed, open_case, take_case_step
from gongzhi.work.participation.actions import file_request
from gongzhi.work.participation.codes import code_for
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import now
from gongzhi.watch.supervision.actions import raise_findings
from gongzhi.watch.supervision.judging.bench import Found
from gongzhi.watch.supervision.models import Draw, Review
from gongzhi.work.dossier.actions import draft_document
from gongzhi.work.dossier.models import ErasureItem, ErasureProposal
from gongzhi.work.linked.actions import make_link
from gongzhi.work.linked.codes import code_of
from gongzhi.work.linked.models import LinkedRequest
from gongzhi.work.proposals.models import Proposal
linked = make_link(Actor.system("t"), LinkedRequest.objects.filter(ended_at=None).first())
from gongzhi.work.joint import codes as joint_codes
from contextlib import suppress
from gongzhi.base.log.actions import NothingRecorded
from gongzhi.work.joint.actions import ask_outside, keep_same, split_off
from gongzhi.work.joint.models import SameThing
from gongzhi.work.joint.selectors.same import same_of
from gongzhi.work.participation.actions import take_up
taker = Account.objects.get(username="call_taker")
here = ask_here(Actor.account(taker), draft="a-call-of-the-walk-through")
key = "a-request-of-the-walk-through-every-page"
officer = Account.objects.get(username="officer")
Image.new("RGB", (64, 48)).save(lamp := io.BytesIO(), "JPEG")
lamp.seek(0)
def dark(key, words, **more):
    return file_request(
        Actor.system("t"), category="lamp_out", words=words, place="海平路 12 号",
        point=Point(28.87, 123.96), idempotency_key=key, unit=officer.unit, **more,
    ).matter
asked = dark(
    key, "海平路口的路灯不亮了，晚上太黑", photos=[make_anew(lamp)],
    contact={"name": "欧阳慕容婉清", "phone": "13800000000"},
)
for n, words in enumerate(("海平路口的路灯又不亮了，晚上太黑", "海平路口的路灯不亮，晚上太黑了")):
    dark(f"says-the-same-in-the-walk-{n}", words)
patrol = Actor.account(officer)
accepted = take_up(patrol, asked)
part = split_off(patrol, accepted, Unit.objects.get(code="housing"), "请把灯杆扶正")
outside = ask_outside(patrol, asked, "property", "灯是不是你们管的？")
with suppress(NothingRecorded):  # the county's own look was there first
    keep_same(Actor.system("t"), officer.unit, same_of(officer.unit_id, now()))
[same] = [one for one in SameThing.objects.filter(unit=officer.unit) if asked.pk in one.keys]
lead = Account.objects.select_related("unit").get(username="case_officer")
second = open_account(
    Actor.system("t"), username="second", display_name="海小二", unit=lead.unit,
    roles=["case_officer"],
)
by = Actor.account(lead)
case = open_case(by, NewCase("administrative_case", "theft", lead, second, "码头上手机被偷"))
take_case_step(by, case, "filed", elements={"acceptance_record": "1"})
add_party(by, case, "suspect", {"name": "欧阳慕容婉清"})
begin_deed(by, case, "summons")
told = NewComplaint(
    words="窗口的民警不理人", unit=Unit.objects.get(code="station_wangchao"),
    contact={"name": "欧阳慕容婉清", "phone": "13800000000"},
)
complained = complain(Actor.resident(), told, idempotency_key="a-complaint-of-the-walk").matter_id
rule = catalogue().rules["case_limit_near"]
draw = Draw.objects.create(
    checklist="case_file", seed=1, since=now().date(), until=now().date(), among=1, at=now()
)
review = Review.objects.create(draw=draw, matter_id=case.pk, place=1, of=100)
[finding] = raise_findings(
    Actor.system("t"), [Found(rule, "walk", lead.unit_id, case.pk, now(), (1, 2), {"number": 2})]
)
other = open_case(by, NewCase("administrative_case", "theft", lead, second, "又一起"))
steward = Account.objects.get(username="data_steward")
erasure = ErasureProposal.objects.create(
    matter_id=case.pk, person=case.matter.parties.get().person, basis="asked", article="某法第一条",
    keep_until=now().date(), proposed_by=steward, proposed_at=now(),
)
paper = draft_document(by, case.matter, "seizure_list", {"holder": "欧阳慕容婉清"})
ErasureItem.objects.create(proposal=erasure, document=paper)
from gongzhi.work.prevention.linking.models import Member, Series
burgled = Matter.objects.filter(procedure="incident", county=None).first()
series = Series.objects.create(
    category=burgled.category, town=burgled.town, opened_at=now(), first_at=burgled.opened_at,
    last_at=burgled.opened_at, size=1, weight=5.0, parts={"kind": 4.0, "distance": 5.5, "terms": 1},
)
Member.objects.create(series=series, matter=burgled)
from gongzhi.base.places.cells import as_text, cell_of, cells_around
from gongzhi.work.prevention.problems import actions as prevention
from gongzhi.work.prevention.problems.looking import Seen
from gongzhi.work.prevention.problems.models import Problem, Rise
ago = now().date() - timedelta(days=40)
near = [as_text(one) for one in cells_around(cell_of(asked.point or Point(28.87, 123.96), 8))]
rises = [
    Seen(about, tuple(near), ago - timedelta(days=11), ago, 9, 2.1, 1e-5)
    for about in ("theft_scooter", "burglary")
]
prevention.keep_look(Actor.system("t"), ago, rises, categories=17, allowed=1e-4)
judge = Actor.account(Account.objects.get(username="analyst"))
problem = prevention.confirm_rise(
    judge, Rise.objects.get(about="burglary", last_day=ago), title="老小区夜里进贼",
    unit=officer.unit,
)
prevention.plan_intervention(judge, problem, "lighting", unit=officer.unit, since=ago)
Problem.objects.filter(pk=problem.pk).update(stage="assessment")
from gongzhi.work.prevention.warnings.models import Warning
warned = Warning.objects.filter(state="active", exercise=False, source="").first()
from gongzhi.work.patrol.plans.models import Stop
stop = Stop.objects.filter(plan__state="published", left_out="").latest("pk")
from gongzhi.work.patrol.simulations.actions import ask_simulation
from gongzhi.work.patrol.simulations.changes import Changes
simulated = ask_simulation(
    Actor.account(Account.objects.get(username="planner")), title="旺季警情翻倍",
    changes=Changes.model_validate({"factor": [{"times": 2}]}), years=0.1, repeats=2,
)
from gongzhi.work.public_services.models import Application
applied = Application.objects.filter(matter__step="received").first()
from gongzhi.work.appointments.calendars import token_of
from gongzhi.work.appointments.models import Ticket
from gongzhi.work.appointments.selectors.times import Visit, days_for
from gongzhi.work.volunteering.models import Task
station = Unit.objects.get(code="station_lancheng")
open_problem = Problem.objects.filter(shown=True).latest("pk")
task = Task.objects.filter(unit=station, state="open").latest("pk")
visit = Visit(station, [catalogue().services["residence_permit"]])
free = next(at for day in days_for(visit) for at in day.times)
from gongzhi.watch.notices import links
from gongzhi.watch.notices.models import Subscriber
from gongzhi.work.workforce.appraisal.actions import object_to
from gongzhi.work.workforce.rights.models import RightsMatter
from gongzhi.work.workforce.rosters.actions import open_feed
from gongzhi.work.workforce.rosters.calendars import token_of as shifts_of
from gongzhi.work.workforce.rosters.models import Roster
open_feed(Actor.account(officer), officer)
from gongzhi.work.workforce.movement.models import Bid, Vacancy
bid, _new = Bid.objects.get_or_create(
    vacancy=Vacancy.objects.first(), account=officer, defaults={"at": now()}
)
Bid.objects.filter(pk=bid.pk).update(state="not_chosen", appeal="我有经历", appealed_at=now())
from gongzhi.work.workforce.appraisal.models import Objection, Sheet
sheet = Sheet.objects.select_related("round").get(account=officer)
objection = Objection.objects.first() or object_to(patrol, sheet, "answers_in_time", "算错了")
print(json.dumps({
    "rights": RightsMatter.objects.first().pk,
    "bid": bid.pk, "shifts": shifts_of(officer),
    "roster": Roster.objects.latest("month").pk,
    "sheet": sheet.pk, "objection": objection.pk,
    "subscribed": links.code_of(Subscriber.objects.filter(channel="sms").first().key),
    "fed": links.code_of(Subscriber.objects.get(channel="feed").key),
    "visit": "service=residence_permit&office=station_lancheng",
    "ticket": Ticket.objects.filter(office=station).latest("pk").pk,
    "task": task.pk, "open": open_problem.pk,
    "free": f"{localtime(free):%Y-%m-%dT%H:%M}",
    "kiosk": token_of("kiosk", station),
    "feed": token_of("feed", station),
    "application": applied.pk,
    "simulation": simulated.pk, "stop": stop.pk, "plan": stop.plan_id, "node": stop.node_id,
    "week": week.name_of(week.whole_weeks()[-1]) if week.whole_weeks() else "2026-W01",
    "shift": urlencode({"from": (now() - timedelta(hours=9)).isoformat(),
                        "to": (now() - timedelta(hours=1)).isoformat()}),
    "series": series.pk,
    "problem": problem.pk,
    "warning": warned.pk,
    "warned": warned.number,
    "message": warned.current.identifier,
    "erasure": erasure.pk,
    "here": here_codes.code_of(here.pk, here.mark),
    "part": part.pk, "same": same.pk, "outside": joint_codes.code_of(outside.link_mark),
    "link": code_of(linked.pk, linked.link_mark),
    "number": other.matter.number,
    "case": case.pk,
    "complaint": complained,
    "proposal": Proposal.objects.first().pk,
    "review": review.pk,
    "finding": finding.pk,
    "code": code_for(key),
    "account": officer.pk,
    "incident": Matter.objects.filter(procedure="incident", closed_at=None).first().pk,
    "call": Call.objects.filter(matter__closed_at=None, matter__county=None).first().pk,
    "request": asked.pk,
    "person": asked.parties.get().person_id,
    "file": StoredFile.objects.latest("pk").pk,
    "delivery": Batch.objects.filter(quarantined__gt=0).latest("pk").pk,
}))
"""
_found: dict[str, list[str]] = {}


@cache
def walks() -> dict[str, list[Address]]:
    """Who opens which addresses: each is in one walk, of somebody who may open it."""
    found: dict[str, list[Address]] = {}
    for one in addresses():
        if one.mark and one.mark.who != "programs" and one.path not in NO_ANSWER:
            found.setdefault(_who(one), []).append(one)
    return found


def _who(address: Address) -> str:
    if address.mark and address.mark.who == "public":
        return NOBODY
    if address.path in OF_THE_UNIT:
        return OF_THE_UNIT[address.path]
    return next(role for role in _roles() if address.opens_for([role]))


@cache
def _roles() -> list[str]:
    """Those that open most come first, so that there are few walks."""
    every = addresses()
    return sorted(catalogue().roles, key=lambda role: -sum(one.opens_for([role]) for one in every))


@pytest.fixture(scope="module")
def specimens(county: RunningCounty) -> dict[str, str]:
    """A matter, an account and so on of the demo county."""
    told: dict[str, str] = json.loads(county.python(SPECIMENS))
    return told


def test_no_address_is_open_to_nobody() -> None:
    assert [one.path for one in addresses() if one.mark is None] == []


@pytest.mark.parametrize(("view", "language"), [("desktop", "zh"), ("phone", "en")])
@pytest.mark.parametrize("who", list(walks()))
def test_every_page_is_whole(
    open_page: OpenPage, specimens: dict[str, str], who: str, view: str, language: str
) -> None:
    """On a desk in Chinese and on a phone in English: what only the width or only the language
    breaks is seen in one of them. Both look at each page with axe, as each shows parts, sizes and
    words that the other doesn't."""
    page = _enter(open_page, who, view, language, specimens)
    troubles: list[str] = []
    for path in _pages(page, who, specimens):
        answer = page.goto(path)
        assert answer
        found = _troubles(page, view, language) if answer.ok else [f"answers {answer.status}"]
        troubles += [f"{path}: {one}" for one in found]
    assert not troubles, "\n".join(troubles)


def _enter(
    open_page: OpenPage, who: str, view: str, language: str, specimens: dict[str, str]
) -> Page:
    """Signed in; a resident has shown the code of a request."""
    if who == NOBODY:
        page = open_page("/follow/", view=view, language=language)
        page.fill("[name=code]", specimens["code"])
        page.click("main [type=submit]")
        page.wait_for_url("**/follow/matter/")
        return page
    page = open_page("/sign-in/", view=view, language=language)
    page.click(f"button[value={who}]")
    page.wait_for_selector(".staff")
    return page


def _pages(page: Page, who: str, specimens: dict[str, str]) -> list[str]:
    """Addresses that are pages of their own, with something in place of their parameters; asked
    once, as an address is a page in any language."""
    if who not in _found:
        _found[who] = list(_asked(page, walks().get(who, []), specimens))
    return _found[who]


def _asked(page: Page, walk: list[Address], specimens: dict[str, str]) -> Iterator[str]:
    for address in walk:
        path = _example(address.path, specimens)
        answer = page.request.get(path, max_redirects=0)
        assert "/sign-in/" not in answer.headers.get("location", ""), "signed out"
        if answer.status == 405 or 300 <= answer.status < 400:
            continue
        if (
            answer.headers.get("content-type", "").startswith("text/html")
            and "<html" in answer.text()
        ):
            yield path


def _example(path: str, specimens: dict[str, str]) -> str:
    for part, specimen in EXAMPLES.items():
        path = path.replace(part, specimen)
    assert "<" not in path, f"no example for {path}: add one to EXAMPLES"
    return path.format(**specimens)


def _troubles(page: Page, view: str, language: str) -> Iterator[str]:
    """What is wrong with the page as it stands."""
    lang = page.locator("html").get_attribute("lang")
    if lang != {"zh": "zh-hans", "en": "en"}[language]:
        yield f"the language is {lang}"
    if not page.title().strip():
        yield "no title"
    if page.locator("h1").count() != 1:
        yield f"{page.locator('h1').count()} first headings"
    width, height = VIEWS[view]
    wide, tall = page.evaluate(SIZE)
    if wide > width:
        yield f"scrolls sideways: {wide} px"
    # As tall as the page: a phone's rail lies over the buttons that one has yet to scroll to.
    page.set_viewport_size({"width": width, "height": max(height, tall)})
    try:
        assert_accessible(page)
    except AssertionError as barrier:
        yield str(barrier)
    page.set_viewport_size({"width": width, "height": height})
