"""Voting on a phone: the ballot is blinded and signed there, and cast without phone or cookie."""

from __future__ import annotations

import json
import re

from playwright.sync_api import Request, expect

from tests.browser.conftest import OpenPage
from tests.browser.watching import assert_accessible
from tests.county import RunningCounty

ASKED = """
import json
from gongzhi.base.log.actor import Actor
from gongzhi.base.reach.actions import ask_code
from gongzhi.work.proposals.selectors.votes import running
proof = ask_code(Actor.resident(), "sms", "13900000001", purpose="vote")
print(json.dumps({"vote": running().first().pk, "proof": proof.key, "code": proof.code}))
"""
NUMBER = re.compile(r"^[0-9a-f]{64}$")
HELD = """
import json
from gongzhi.work.proposals.selectors.votes import ballots_in, running
vote = running().first()
print(json.dumps({one.token: one.choice for one in ballots_in(vote)}))
"""


def told(county: RunningCounty, script: str) -> dict[str, str]:
    """What a script says inside the running county."""
    found: dict[str, str] = json.loads(county.python(script))
    return found


def test_a_ballot_is_cast_without_phone_or_cookie_and_found_again(
    open_page: OpenPage, county: RunningCounty
) -> None:
    asked = told(county, ASKED)
    page = open_page(f"/votes/{asked['vote']}/", view="phone")
    page.route("**/code/", lambda route: route.fulfill(json={"proof": asked["proof"]}))
    sent: list[Request] = []
    page.on("request", lambda one: sent.append(one) if one.url.endswith("/cast/") else None)
    page.locator("[data-vote-next]").click()
    expect(page.locator("[data-vote-says]")).not_to_be_empty()  # nothing chosen yet
    page.locator("[name=choice][value=no]").check()
    page.locator("[data-vote-next]").click()
    assert_accessible(page)
    page.fill("#vote-phone", "13900000001")
    page.locator("[data-vote-code]").click()
    page.fill("#vote-code", "nonsense")
    page.locator("form[data-vote] [type=submit]").click()
    expect(page.locator("[data-vote-says][data-tone=bad]")).to_be_visible()
    page.fill("#vote-code", asked["code"])
    page.locator("form[data-vote] [type=submit]").click()
    token = page.locator("[data-vote-token]")
    expect(token).to_have_text(NUMBER)
    assert_accessible(page)
    number = token.inner_text()
    assert told(county, HELD)[number] == "no"
    (cast,) = sent
    headers = cast.all_headers()
    assert not {"cookie", "x-csrftoken", "referer"} & set(headers)
    assert set(json.loads(cast.post_data or "{}")) == {"token", "choice", "signature"}
    page.reload()  # the browser remembers its ballot, and takes no second one
    expect(token).to_have_text(number)
