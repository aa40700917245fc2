"""Journey 9: a roster from the demand forecast, published, swapped and mended after a sick call; an
officer hears first that their nights pile up, and talks about it where no appraisal can listen."""

from __future__ import annotations

import json
import re
from datetime import date

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.test_console import signed_in
from tests.browser.watching import assert_accessible
from tests.county import RunningCounty

PLANT = """
import json
from datetime import timedelta
from gongzhi.base.people.models import Account
from gongzhi.work.patrol.forecasts.models import Outlook
from gongzhi.work.patrol.forecasts.selectors.shown import today
from tests.work.patrol.forecasts.hands import foreseen, judged
Outlook.objects.all().delete()
judgement = judged(today() - timedelta(days=1))
for kind in ("medical", "calls_for_service"):
    foreseen(judgement, kind, since=today(), days=7, level=4)
first = (today().replace(day=28) + timedelta(days=4)).replace(day=1)
print(json.dumps([(first + timedelta(days=31)).replace(day=1).isoformat(),
                  Account.objects.get(username="officer").unit_id]))
"""
"""The demo's three days are too few for a forecast of its own. The month after the demo's next."""
SWAP = """
import json
from datetime import date
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused
from gongzhi.work.workforce.rosters.actions.swapping import _require_keeps
from gongzhi.work.workforce.rosters.models import Duty, Offer
me, mate = (Account.objects.get(username=name) for name in ("officer", "case_officer"))
own = Duty.objects.filter(account=me, day__year={year}, day__month={month}).exclude(shift="")
for duty in own.select_related("roster__unit").order_by("day"):
    try:
        _require_keeps(Offer(duty=duty, giver=me, taker=mate))
    except Refused:
        continue
    later = own.filter(day__gt=duty.day).earliest("day")
    print(json.dumps([duty.pk, later.day.isoformat()]))
    break
"""
"""A shift of the officer's that the colleague can take without breaking a rule; one after it."""
TOLD = """
import json
from gongzhi.base.log.models import Entry
from gongzhi.base.people.models import Account
me = Account.objects.get(username="officer")
talk = Entry.objects.filter(kind="care.kept").latest("seq")
print(json.dumps([talk.kind, f"account:{me.pk}" in f"{talk.by} {talk.subject} {talk.text}"]))
"""
SECRET = "夜班连着上，睡不着"


def test_next_months_roster(county: RunningCounty, open_page: OpenPage) -> None:
    """The desk reads English, the officer's phone Chinese."""
    month, unit = json.loads(county.python(PLANT))
    first = date.fromisoformat(month)
    head = signed_in(open_page, "unit_leader", "/rosters/", view="desktop", language="en")
    made_from_the_forecast(head, first, unit)
    duty, ill = json.loads(county.python(SWAP.format(year=first.year, month=first.month)))
    me = signed_in(open_page, "officer", "/shifts/", view="phone", language="zh")
    swapped(open_page, me, head, duty)
    mended(me, head, ill)
    tired_and_heard(me)
    told_to_nobody(county, open_page, head)


def made_from_the_forecast(head: Page, first: date, unit: int) -> None:
    """The computer makes it in the background, and the page shows it when it is there."""
    head.select_option("#id_unit", str(unit))
    head.fill("#id_month", f"{first:%Y-%m}")
    head.fill("#id_seconds", "2")
    expect(head.locator("#id_forecast")).to_be_checked()
    head.click("form[action$='/rosters/new/'] [type=submit]")
    publish = head.locator("form[action$='/publish/'] button")
    expect(publish).to_be_visible(timeout=60_000)
    expect(head.locator(".ros-grid a[data-shift]").first).to_be_visible()
    expect(head.locator("a[href$='/hours/']")).to_contain_text("By the forecast of")
    publish.click()
    expect(head.locator(".page-head")).to_contain_text(re.compile(r"version \d"))


def swapped(open_page: OpenPage, me: Page, head: Page, duty: int) -> None:
    """Offered, taken by a colleague, agreed to by the head."""
    form = me.locator(f"form[action$='/shifts/{duty}/offer/']")
    form.get_by_role("button", name="请人换").click()
    mate = signed_in(open_page, "case_officer", "/shifts/", view="phone", language="zh")
    mate.locator("form[action*='/take/']").last.get_by_role("button").click()
    mate.wait_for_selector(".toast")
    head.reload()
    head.locator("form[action*='/offers/'] [name=grant][value=yes]").click()
    expect(head.locator("form[action*='/offers/']")).to_have_count(0)
    me.reload()
    expect(form).to_have_count(0)


def mended(me: Page, head: Page, ill: str) -> None:
    """Can't come; the head takes the proposal; leave is asked for with the days filled in."""
    me.fill("form[action$='/absent/'] [name=first_day]", ill)
    me.fill("form[action$='/absent/'] [name=last_day]", ill)
    me.click("form[action$='/absent/'] [type=submit]")
    leave = me.locator(f"a[href*='first_day={ill}']")
    expect(leave).to_be_visible()
    head.reload()
    expect(head.get_by_text("No leave asked for yet").first).to_be_visible()
    head.locator("[name=decision][value=accepted]").click()
    expect(head.locator("[name=decision]")).to_have_count(0)
    leave.click()
    expect(me.locator("#id_last_day")).to_have_value(ill)
    me.select_option("#id_kind", "sick")
    me.locator("form[action$='/record/leave/'] [type=submit]").click()
    me.wait_for_url("**/record/")
    head.reload()
    head.locator("details", has_text="Leave asked for").locator("summary").click()
    expect(head.get_by_text("Leave asked for").first).to_be_visible()


def tired_and_heard(me: Page) -> None:
    """Nobody but the officer is told, and a talk is a tap away."""
    me.goto("/shifts/")
    expect(me.get_by_text("比大家多").first).to_be_visible()
    me.goto("/care/")  # no page but the rail names its address
    expect(me.get_by_text("这几周排得重")).to_be_visible()
    assert_accessible(me)
    me.locator("a[href='/care/book/peer/']").first.click()
    me.locator("[name=slot]").first.check()
    me.fill("[name=called]", "老海")
    me.fill("[name=words]", SECRET)
    me.locator("main form [type=submit]").click()
    expect(me.locator("#code")).to_have_text(re.compile(r"\w{4,}"))


def told_to_nobody(county: RunningCounty, open_page: OpenPage, head: Page) -> None:
    """What is booked is in no entry of the officer's, and on no page of those who appraise."""
    kind, mine = json.loads(county.python(TOLD))
    assert (kind, mine) == ("care.kept", False)
    personnel = signed_in(open_page, "personnel", "/appraisal/", language="en")
    for page, path in ((personnel, "/appraisal/"), (personnel, "/care/units/"), (head, "/shifts/")):
        page.goto(path)
        expect(page.locator("main")).not_to_contain_text(SECRET)
        assert page.request.get("/care/desk/").status == 403
