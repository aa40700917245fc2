"""The dossier's page: a document from the form to the file, an exhibit from hand to hand."""

from __future__ import annotations

import pytest
from django.test import Client

from gongzhi.base.log.actor import Actor
from gongzhi.base.log.models import Entry
from gongzhi.work.dossier.models import CaseDocument, Exhibit, ExhibitOffer
from tests.work.dossier.hands import account, case, somebody, station
from tests.work.dossier.test_paper import pytestmark as needs_a_font
from tests.work.dossier.test_paper import said

pytestmark = [pytest.mark.django_db, needs_a_font]


def browser(by: Actor) -> Client:
    client = Client()
    client.force_login(account(by))
    return client


def test_a_document_goes_from_the_form_to_the_file_and_each_look_is_logged() -> None:
    first, head, matter = somebody("first"), somebody("head", "commander"), case()
    officer, chief = browser(first), browser(head)
    here = f"/dossier/{matter.pk}/"
    form = officer.get(f"{here}draft/criminal_filing/")
    assert matter.number in form.content.decode()
    officer.post(f"{here}draft/criminal_filing/", {"law": "《某法》第一条"})
    made = CaseDocument.objects.get()
    where = f"/dossier/documents/{made.pk}"
    refused = officer.post(f"{where}/issue/")
    assert refused.status_code == 409
    assert "还没有批准" in refused.content.decode()
    assert officer.post(f"{where}/approve/").status_code == 403
    assert chief.post(f"{where}/approve/").status_code == 302
    assert officer.post(f"{where}/issue/").status_code == 302
    assert officer.post(f"{where}/read/", {"form": "pdf"}).status_code == 400
    answer = officer.post(f"{where}/read/", {"form": "pdf", "purpose": "handle"})
    assert "立案决定书" in said(b"".join(answer))  # type: ignore[arg-type]
    assert Entry.objects.filter(kind="dossier.document_read").count() == 1
    made.refresh_from_db()
    assert made.number in officer.get(here).content.decode()


def test_an_exhibit_goes_from_hand_to_hand_and_the_page_draws_the_chain() -> None:
    first, second, keeper = somebody("first"), somebody("second"), somebody("keeper", "officer")
    matter = case()
    here = f"/dossier/{matter.pk}/"
    told = {"name": "黑色手机", "quantity": "一部", "found_at": "观澜码头"}
    browser(first).post(f"{here}take/", {**told, "second": account(second).pk})
    thing = Exhibit.objects.get()
    give = {"purpose": "store", "to": account(keeper).pk, "where": "物证室三号柜"}
    browser(first).post(f"/dossier/exhibits/{thing.pk}/offer/", give)
    offer = ExhibitOffer.objects.get()
    assert "确认接收" in browser(keeper).get(here).content.decode()
    assert "确认接收" not in browser(second).get(here).content.decode()
    assert browser(second).post(f"/dossier/offers/{offer.pk}/confirm/").status_code == 403
    assert browser(keeper).post(f"/dossier/offers/{offer.pk}/confirm/").status_code == 302
    page = browser(first).get(here).content.decode()
    assert page.index("物证室三号柜") < page.rindex("观澜码头")  # the newest hands first
    assert page.count("观澜码头") == 2  # where it was taken, and the first hands


def test_another_station_sees_nothing_of_it() -> None:
    matter = case()
    stranger = browser(somebody("far", unit=station("other")))
    for address in (f"/dossier/{matter.pk}/", f"/dossier/{matter.pk}/draft/seizure_list/"):
        assert stranger.get(address).status_code == 403
    assert stranger.get("/dossier/99999/").status_code == 404


def test_case_files_are_found_by_number_and_listed_for_their_unit() -> None:
    first, matter = somebody("first"), case()
    listed = browser(first)
    assert matter.number not in listed.get("/dossier/").content.decode()
    opened = listed.get("/dossier/", {"number": matter.number})
    assert opened.headers["Location"] == f"/dossier/{matter.pk}/"
    assert listed.get("/dossier/", {"number": "JQ000000-1"}).status_code == 404
    listed.post(f"/dossier/{matter.pk}/draft/criminal_filing/", {"law": "《某法》第一条"})
    assert matter.number in listed.get("/dossier/").content.decode()
    stranger = browser(somebody("far", unit=station("other")))
    assert matter.number not in stranger.get("/dossier/").content.decode()
