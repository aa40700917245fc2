"""A case's file is forgotten when the law says so: by two people, and whole."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.test import Client

from gongzhi.base.files import store
from gongzhi.base.files.models import StoredFile, SubjectKey
from gongzhi.base.log.actions import moment, now
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.models import Entry
from gongzhi.base.log.verify import verify
from gongzhi.base.matters.actions import add_words
from gongzhi.base.matters.models import Matter, Message
from gongzhi.base.people.actions import open_account
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused
from gongzhi.watch.supervision.models import Finding
from gongzhi.work.cases.actions import give_task
from gongzhi.work.cases.models import Case
from gongzhi.work.complaints.models import Complaint
from gongzhi.work.dossier import actions
from gongzhi.work.dossier.actions import Told
from gongzhi.work.dossier.archive.exporting import archive_in_home, export_case
from gongzhi.work.dossier.archive.verifying import first_fault
from gongzhi.work.dossier.models import CaseDocument, ErasureProposal, EvidenceFile, Exhibit
from gongzhi.work.dossier.readers import check_all_evidence
from tests.safeguards.test_erasure import everywhere
from tests.work.cases import hands
from tests.work.dossier.test_paper import pytestmark as needs_a_font

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases, needs_a_font]
SECRET, OTHER = "欧阳慕容", "司徒长风"
LAW = "《某规定》第一条"


def steward() -> Actor:
    found = Account.objects.filter(username="steward").first()
    return Actor.account(
        found
        or open_account(
            hands.SYSTEM, username="steward", display_name="海小管", unit=hands.unit("bureau"),
            roles=["data_steward"],
        )
    )  # fmt: skip


@pytest.fixture
def case() -> Case:
    """A case in which somebody is named wherever words can be put; closed."""
    lead, made = hands.by("lead"), hands.case()
    matter = made.matter
    hands.actions.add_party(
        lead, made, "suspect", {"name": SECRET, "id_number": "350000199001010000"}
    )
    hands.actions.add_party(lead, made, "victim", {"name": OTHER})
    give_task(lead, made, f"找{SECRET}谈话", hands.account("second"), now() + timedelta(days=1))
    add_words(lead, matter, Message.Kind.NOTE, f"{SECRET}来过")
    listed = {"holder": SECRET, "items": "一部手机", "place": "观澜码头", "officers": "两人"}
    actions.issue_document(lead, actions.draft_document(lead, matter, "seizure_list", listed))
    other = {**listed, "holder": OTHER}
    actions.issue_document(lead, actions.draft_document(lead, matter, "seizure_list", other))
    actions.keep_evidence(lead, matter, SECRET.encode() * 50, told=Told(what=f"{SECRET}的陈述"))
    actions.keep_evidence(lead, matter, OTHER.encode() * 50, told=Told(what=f"{OTHER}的陈述"))
    thing = actions.take_exhibit(
        lead, matter, name=f"{SECRET}的手机", quantity="一部", found_at=f"{SECRET}家",
        features=SECRET, witness=SECRET,
    )  # fmt: skip
    Exhibit.objects.filter(pk=thing.pk).update(ended_at=now(), ending="returned")
    archive_in_home(lead, matter)
    Matter.objects.filter(pk=matter.pk).update(closed_at=now(), step="closed")
    return hands.again(made)


def proposed(case: Case, by: Actor | None = None, **more: Any) -> ErasureProposal:
    told = {"basis": "expired", "article": LAW, "keep_until": date(2026, 1, 1), **more}
    return actions.propose_erasure(by or hands.by("legal"), case.matter, **told)


def on_the_disk(words: str) -> list[str]:
    files = [one for one in settings.HOME.files.rglob("*") if one.is_file()]
    files += [one for one in settings.HOME.archives.rglob("*") if one.is_file()]
    return [one.name for one in files if words.encode() in one.read_bytes()]


def test_before_it_is_erased_nothing_of_it_can_be_read_from_disk_or_tables(case: Case) -> None:
    assert StoredFile.objects.filter(key=None).count() == 0
    assert on_the_disk(SECRET) == []
    assert not [place for place in everywhere(SECRET) if place.startswith("dossier_")]
    assert not [place for place in everywhere(SECRET) if place.startswith("cases_")]


def test_after_it_no_word_of_it_is_left_and_the_log_says_that_it_happened(
    case: Case, tmp_path: Any, django_capture_on_commit_callbacks: Any
) -> None:
    assert everywhere(SECRET)
    names = [name for one in StoredFile.objects.all() for name in one.names]
    hashes = set(StoredFile.objects.values_list("sha256", flat=True))
    made = proposed(case)
    with django_capture_on_commit_callbacks(execute=True):
        actions.approve_erasure(steward(), made)
    assert everywhere(SECRET) == everywhere(OTHER) == []
    assert not [name for name in names if store.path_of(name).exists()]
    assert not StoredFile.objects.exists()
    assert not bytes(SubjectKey.objects.get().sealed)
    gone = Entry.objects.filter(kind="dossier.file_gone")
    assert {one for one in hashes if any(one in entry.text for entry in gone)} == hashes
    said = Entry.objects.get(kind="dossier.case_erased")
    assert '"basis":"expired"' in said.text
    assert f'"proposed_by":{hands.account("legal").pk}' in said.text
    assert said.by == f"account:{Account.objects.get(username='steward').pk}"
    assert verify().holds
    assert check_all_evidence() == 0  # what was erased by law is no alarm
    assert export_case(hands.SYSTEM, case.matter.number, tmp_path / "after")
    with pytest.raises(Refused, match="还没有归档"):
        export_case(hands.SYSTEM, case.matter.number, tmp_path / "old", archived=True)
    with pytest.raises(Refused, match="已经清除"):
        actions.keep_evidence(hands.by("lead"), case.matter, b"more")


def test_whoever_opens_the_case_reads_when_and_by_which_provision(case: Case) -> None:
    actions.approve_erasure(steward(), proposed(case))
    client = Client()
    client.force_login(hands.account("lead"))
    for page in (f"/dossier/{case.pk}/", f"/cases/{case.pk}/"):
        shown = client.get(page).content.decode()
        assert "这个案卷的内容已经清除" in shown
        assert LAW in shown
        assert "保管期限届满" in shown
    document = CaseDocument.objects.earliest("pk")
    read = {"form": "pdf", "purpose": "handle"}
    answer = client.post(f"/dossier/documents/{document.pk}/read/", read)
    assert (answer.status_code, "已经依法清除" in answer.content.decode()) == (410, True)
    evidence = EvidenceFile.objects.earliest("pk")
    read["form"] = "original"
    assert client.post(f"/dossier/evidence/{evidence.pk}/read/", read).status_code == 410


def test_it_takes_two_and_neither_works_on_the_case(case: Case) -> None:
    made = proposed(case)
    with pytest.raises(Refused, match="另一个人"):
        actions.approve_erasure(hands.by("legal"), made)
    with pytest.raises(IntegrityError), transaction.atomic():
        ErasureProposal.objects.update(decided_by=hands.account("legal"))
    for name in ("lead", "chief", "patrol", "watch"):
        with pytest.raises(Refused):
            actions.approve_erasure(hands.by(name), made)
        with pytest.raises(Refused):
            proposed(case, hands.by(name))
    with pytest.raises(Refused, match="已经有人提出"):
        proposed(case, steward())
    assert everywhere(SECRET)
    actions.reject_erasure(steward(), made)
    with pytest.raises(Refused, match="已经决定"):
        actions.approve_erasure(steward(), made)
    actions.reject_erasure(hands.by("legal"), proposed(case))  # taken back by whoever proposed


def held_back(case: Case, words: str) -> None:
    before = Entry.objects.count()
    with pytest.raises(Refused, match=words):
        proposed(case)
    assert Entry.objects.count() == before


def test_what_is_still_wanted_is_held_back_and_each_reason_is_named(case: Case) -> None:
    made = proposed(case)
    hold = actions.set_hold(steward(), case.matter, reason="县法院调卷函〔2026〕3号")
    with pytest.raises(Refused, match="县法院调卷函"):
        actions.approve_erasure(steward(), made)  # the hold came after the proposal
    actions.lift_hold(hands.by("legal"), hold)
    actions.reject_erasure(steward(), made)
    Exhibit.objects.update(ended_at=None, ending="")
    held_back(case, "物证没有发还")
    Exhibit.objects.update(ended_at=now(), ending="returned")
    found = Finding.objects.create(
        rule="evidence_changed", severity="grave", key="k", unit=hands.unit("lancheng"),
        answerer=hands.unit("lancheng"), matter=case.matter, happened_at=now(), raised_at=now(),
        due_at=now(),
    )  # fmt: skip
    held_back(case, "监督事项没有了结")
    found.delete()
    # A complaint holds it in the same words: whoever erases doesn't learn that there is one.
    complaint = Complaint.objects.create(matter=hands.incident(), about=case.matter)
    held_back(case, "监督事项没有了结")
    complaint.delete()
    Matter.objects.filter(pk=case.pk).update(closed_at=None)
    held_back(case, "还没有办结")
    Matter.objects.filter(pk=case.pk).update(closed_at=now())
    with pytest.raises(Refused, match="才满"):
        proposed(case, keep_until=date(2999, 1, 1))
    with moment(datetime(2999, 1, 2, tzinfo=UTC)):
        assert proposed(case, keep_until=date(2999, 1, 1))


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"basis": "because"}, "请选择依据"),
        ({"article": "  "}, "请写明依据的条文"),
        ({"keep_until": None}, "保管到哪一天"),
        ({"basis": "asked"}, "只能清除他自己的"),
    ],
)
def test_without_its_grounds_nothing_is_proposed(
    case: Case, more: dict[str, Any], words: str
) -> None:
    with pytest.raises(Refused, match=words):
        proposed(case, **more)


def test_of_one_person_what_names_them_is_shown_and_the_one_who_decides_chooses(
    case: Case, tmp_path: Any, django_capture_on_commit_callbacks: Any
) -> None:
    party = case.matter.parties.get(role="suspect")
    made = proposed(case, basis="asked", party=party)
    items = list(made.items.order_by("pk"))
    assert [bool(one.document) for one in items] == [True, False]  # of each the one with the name
    client = Client()
    client.force_login(Account.objects.get(pk=steward().source.pk))  # type: ignore[union-attr]
    shown = client.get(f"/dossier/erasures/{made.pk}/").content.decode()
    assert "写到他的文书和证据" in shown
    assert SECRET not in shown
    with django_capture_on_commit_callbacks(execute=True):
        sent = {"items": [items[1].pk]}
        assert client.post(f"/dossier/erasures/{made.pk}/approve/", sent).status_code == 302
    party.person.refresh_from_db()
    assert party.person.erased_at
    kept, gone = EvidenceFile.objects.order_by("-pk")[:2]
    assert (kept.erased_at, kept.file is not None) == (None, True)
    assert (gone.erased_at is not None, gone.file) == (True, None)
    assert not CaseDocument.objects.exclude(erased_at=None).exists()  # wasn't chosen: law keeps it
    # The archive held what was chosen, too: it was made anew from what is left.
    export_case(hands.SYSTEM, case.matter.number, tmp_path / "left", archived=True)
    left = json.loads((tmp_path / "left/index.json").read_text("utf-8"))
    assert [one["what"] for one in left["evidence"]] == [f"{OTHER}的陈述"]
    assert first_fault(tmp_path / "left") == ""
    assert case.matter.parties.get(role="victim").person.sealed
    assert SubjectKey.objects.get().sealed
    assert verify().holds


def test_nobody_else_gets_to_the_pages(case: Case) -> None:
    client = Client()
    for name in ("lead", "chief", "watch", "head"):
        client.force_login(hands.account(name))
        assert client.get("/dossier/erasures/").status_code == 403
    client.force_login(hands.account("legal"))
    found = client.get("/dossier/erasures/of/", {"number": case.matter.number})
    assert "提出清除" in found.content.decode()
    assert client.get("/dossier/erasures/of/", {"number": "XX"}).status_code == 404
    # What is no case is as if it weren't there: a complaint, say.
    other = hands.incident()
    assert client.get("/dossier/erasures/of/", {"number": other.number}).status_code == 404
    assert client.post(f"/dossier/{other.pk}/hold/", {"reason": "x"}).status_code == 404
    told = {"basis": "expired", "article": LAW, "keep_until": "2026-01-01", "party": ""}
    answer = client.post(f"/dossier/{case.pk}/propose-erasure/", told)
    assert answer.status_code == 302
    assert "等决定的" in client.get("/dossier/erasures/").content.decode()
    wrong = client.post(
        f"/dossier/{case.pk}/propose-erasure/", {**told, "keep_until": "2026-99-01"}
    )
    assert wrong.status_code == 422
