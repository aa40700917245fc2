"""A case as a folder: whole, readable without the platform, and nothing in it can be changed."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings

from gongzhi.base.files import store
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.models import Entry
from gongzhi.base.matters.models import Matter
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused
from gongzhi.work.dossier import actions
from gongzhi.work.dossier.archive.exporting import archive_in_home, export_case
from gongzhi.work.dossier.archive.verifying import first_fault, hash_of
from tests.work.dossier.hands import SYSTEM, account, case, somebody
from tests.work.dossier.test_paper import pytestmark as needs_a_font

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases, needs_a_font]


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A case with a document, an exhibit that changed hands, and an evidence file."""
    first, keeper, matter = somebody("first"), somebody("keeper", "officer"), case()
    listed = {"holder": "王某", "items": "一部手机", "place": "观澜码头", "officers": "两人"}
    actions.issue_document(first, actions.draft_document(first, matter, "seizure_list", listed))
    thing = actions.take_exhibit(
        first, matter, name="黑色手机", quantity="一部", found_at="观澜码头", witness="李某"
    )
    offer = actions.offer_exhibit(first, thing, "store", account(keeper), where="物证室三号柜")
    actions.confirm_offer(keeper, offer)
    actions.keep_evidence(first, matter, b"a recording", exhibit=thing)
    export_case(SYSTEM, matter.number, tmp_path / "case")
    return tmp_path / "case"


def test_everything_of_the_case_is_in_it_and_its_hash_is_on_the_log(archive: Path) -> None:
    index = json.loads((archive / "index.json").read_text("utf-8"))
    assert [one["title"] for one in index["documents"]] == ["扣押清单"]
    assert len(index["documents"][0]["files"]) == 2
    assert [hand["where"] for hand in index["exhibits"][0]["chain"]] == ["观澜码头", "物证室三号柜"]
    assert (archive / index["evidence"][0]["file"]["path"]).read_bytes() == b"a recording"
    kinds = [json.loads(line)["kind"] for line in (archive / "log.jsonl").open(encoding="utf-8")]
    assert kinds[0] == "matters.matter_opened"
    assert {"dossier.exhibit_moved", "dossier.document_issued"} <= set(kinds)
    assert "物证室三号柜" in (archive / "index.html").read_text("utf-8")
    assert first_fault(archive) == ""
    entry = Entry.objects.get(kind="dossier.case_exported")
    assert hash_of(archive / "manifest.sha256") in entry.text


def altered(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b" ")


TAMPERED: dict[str, tuple[str, Callable[[Path], None]]] = {
    "a document": ("documents/001-seizure_list.pdf: altered", altered),
    "evidence": ("evidence/001.txt: missing", Path.unlink),
    "the index": ("index.json: altered", altered),
    "a log entry": ("log.jsonl: altered", altered),
    "something more": ("evidence/002.bin: added", lambda path: path.write_bytes(b"x")),
    "the manifest": ("manifest.sha256: missing", Path.unlink),
}


@pytest.mark.parametrize("what", TAMPERED)
def test_the_first_thing_altered_missing_or_added_is_named(archive: Path, what: str) -> None:
    said, tamper = TAMPERED[what]
    tamper(archive / said.partition(":")[0])
    assert first_fault(archive) == said


def test_whoever_rewrites_the_manifest_too_is_found_by_the_hash_on_the_log(archive: Path) -> None:
    true = hash_of(archive / "manifest.sha256")
    page, manifest = archive / "index.html", archive / "manifest.sha256"
    before = hash_of(page)
    altered(page)
    manifest.write_text(manifest.read_text("utf-8").replace(before, hash_of(page)), "utf-8")
    assert first_fault(archive) == ""
    assert first_fault(archive, manifest=true) == "manifest.sha256: altered"


def test_it_is_read_back_by_a_program_that_has_no_county(archive: Path, tmp_path: Path) -> None:
    def run() -> subprocess.CompletedProcess[str]:
        command = [Path(sys.executable).parent / "gongzhi", "cases", "verify", archive]
        nowhere = {"GONGZHI_HOME": str(tmp_path / "nowhere"), "GONGZHI_DATABASE_URL": "none://"}
        return subprocess.run(
            command, capture_output=True, text=True, env=nowhere, cwd=tmp_path, check=False
        )

    good = run()
    assert (good.returncode, good.stderr) == (0, "")
    assert not (tmp_path / "nowhere").exists()
    altered(archive / "log.jsonl")
    bad = run()
    assert bad.returncode == 1
    assert "log.jsonl: altered" in bad.stderr


def test_evidence_that_is_not_what_it_was_stops_the_export_and_leaves_nothing(
    tmp_path: Path,
) -> None:
    first, matter = somebody("first"), case()
    kept = actions.keep_evidence(first, matter, b"once")
    assert kept.file
    store.path_of(kept.file.sealed_as).write_bytes(b"twice")
    with pytest.raises(Refused, match="案卷没有写出来"):
        export_case(SYSTEM, matter.number, tmp_path / "case")
    assert list(tmp_path.iterdir()) == []
    store.path_of(kept.file.sealed_as).unlink()


def test_nothing_is_written_over_and_a_wrong_number_says_so(tmp_path: Path) -> None:
    matter = case()
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(Refused, match="已经有东西"):
        export_case(SYSTEM, matter.number, tmp_path)
    for wrong in ("", "JQ000101-1x", f"XX{matter.number[2:]}", "JQ261124-99999999999999999999"):
        with pytest.raises(Refused, match="没有编号"):
            export_case(SYSTEM, wrong, tmp_path / "case")


def test_what_stays_in_the_home_is_sealed_and_comes_back_as_it_was_archived(
    tmp_path: Path, archive: Path
) -> None:
    first, matter = Actor.account(Account.objects.get(username="first")), Matter.objects.get()
    manifest = archive_in_home(first, matter)
    kept = matter.archives.get()
    assert kept.manifest == manifest
    sealed = store.path_of(kept.file.sealed_as).read_bytes()
    assert b"a recording" not in sealed
    assert "物证室三号柜".encode() not in sealed
    assert not [one for one in settings.HOME.archives.rglob("*") if one.is_file()]
    actions.keep_evidence(first, matter, b"came later")
    again = export_case(SYSTEM, matter.number, tmp_path / "again", "review", archived=True)
    assert again == manifest
    assert first_fault(tmp_path / "again", manifest=manifest) == ""
    assert len(json.loads((tmp_path / "again/index.json").read_text("utf-8"))["evidence"]) == 1
    entry = Entry.objects.filter(kind="dossier.case_exported").latest("seq")
    assert '"purpose":"review"' in entry.text


def test_what_for_is_said_and_a_case_that_was_never_archived_says_so(tmp_path: Path) -> None:
    matter = case()
    with pytest.raises(Refused, match="用途"):
        export_case(SYSTEM, matter.number, tmp_path / "case", "curiosity")
    with pytest.raises(Refused, match="还没有归档"):
        export_case(SYSTEM, matter.number, tmp_path / "other", archived=True)
