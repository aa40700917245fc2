"""A county of the commercial suite, from its founding to another machine; changes are found out."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from tests import warm
from tests.config.keeping.test_kept import cli, env, refused

pytestmark = pytest.mark.slow
INTAKE = """
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.actions import open_unit
from gongzhi.work.participation.actions import file_request
for code, kind in (("bureau", "bureau"), ("city_management", "department")):
    open_unit(Actor.system("test"), code=code, kind=kind, name_zh=code, name_en=code)
file_request(
    Actor.resident(), idempotency_key="k" * 24, category="lamp_out", words="灯不亮",
    place="海平路 12 号", contact={"name": "王小明", "phone": "13800138000"},
)
"""
OPENED = """
from gongzhi.base.people.models import Person
from gongzhi.base.people.sealing import unseal
print(unseal(bytes(Person.objects.exclude(sealed=b"").latest("pk").sealed))["name"])
"""


def python(home: Path, code: str) -> str:
    done = warm.python(code, env(home))
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_it_is_founded_used_backed_up_and_restored_and_every_change_is_seen(tmp_path: Path) -> None:
    home, to, keys = tmp_path / "home", tmp_path / "backup", tmp_path / "keys.json"
    founding = env(home) | {"GONGZHI_SUITE": "commercial"}
    assert warm.run(["init", "--home", str(home)], founding).returncode == 0
    assert (home / "keys" / "suite").read_text() == "commercial\n"
    python(home, INTAKE)
    assert "signed" in cli(home, "log", "checkpoint")
    assert "checkpoints signed" in cli(home, "log", "verify")
    saved = cli(home, "keys", "save", keys)
    assert json.loads(keys.read_text())["suite"] == "commercial"
    cli(home, "backup", to)
    (manifest,) = to.glob("2*/manifest.json")
    told = json.loads(manifest.read_text())
    assert len(told["signed_by"]) == 66
    assert told["signed_by"] in saved
    assert all("sm3" in part for part in told["parts"].values())
    assert "王小明".encode() not in b"".join(
        one.read_bytes() for one in to.rglob("*") if one.is_file()
    )

    there = tmp_path / "there"
    assert "restored and compared" in cli(there, "restore", to, "--keys", keys)
    assert "checkpoints signed" in cli(there, "log", "verify", "--key", told["signed_by"])
    assert python(there, OPENED).strip().endswith("王小明")
    assert (manifest.parent / "tried.json").exists()

    wrong = warm.run(["init", "--home", str(home)], env(home) | {"GONGZHI_SUITE": "international"})
    assert "founded with the commercial suite" in wrong.stdout + wrong.stderr
    _change(there)
    assert "entry 2: altered" in refused(there, "log", "verify")
    database = manifest.parent / "database"
    database.write_bytes(database.read_bytes()[:-1] + b"\0")
    assert "damaged" in refused(tmp_path / "elsewhere", "restore", to, "--keys", keys)


def _change(home: Path) -> None:
    with sqlite3.connect(home / "county.sqlite3") as county:
        county.execute("DROP TRIGGER log_entry_no_UPDATE")
        county.execute("UPDATE log_entry SET text = '{}' WHERE seq = 2")
