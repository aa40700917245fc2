"""Booking a time at a counter as a resident does it, on a phone."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page

STATION = "station_lancheng"
FOR_NOW = """
from datetime import timedelta
from django.utils import timezone
from gongzhi.work.appointments.models import Appointment
one = Appointment.objects.latest("pk")
one.starts_at, one.day = timezone.now() - timedelta(minutes=1), timezone.localdate()
one.save()
print(one.counter)
"""
"""Nobody can wait for a working day: the latest booking is for now. Prints its counter."""


def book_with_a_card(page: Page, look: Callable[[Page], None], name: str = "海听潮") -> None:
    """From what is to be done, where one thing is ticked already, to the booking's own page: an
    identity card is done in the same visit."""
    if not page.locator("[value=identity_card]").is_visible():
        page.locator("details:has([value=identity_card]) summary").click()
    look(page)
    page.locator("[value=identity_card]").check()
    page.locator("main .action-bar [type=submit]").click()
    page.locator(f"a[href*='office={STATION}']").click()
    look(page)
    page.locator(".visits-times a").first.click()
    look(page)
    page.fill("[name=name]", name)
    page.locator("main .action-bar [type=submit]").click()
    page.wait_for_url("**/appointments/mine/")
    look(page)
