"""The deployment files start what there is, as nobody privileged, and name no registry."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from configparser import ConfigParser
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.main import get_command

from gongzhi.config.cli import app

DEPLOY = Path(__file__).parents[2] / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
PARTS = ("web", "follow", "worker")


def started(words: list[str]) -> None:
    """Fails unless `gongzhi` understands these words."""
    command = get_command(app)
    sub = command.get_command(None, words[0])  # type: ignore[attr-defined]
    assert sub is not None, words
    sub.make_parser(sub.make_context(words[0], list(words[1:]), resilient_parsing=True))
    known = {option for one in sub.params for option in one.opts}
    assert {word for word in words if word.startswith("--")} <= known, words


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.stem)
def test_a_unit_runs_a_command_that_there_is_and_may_do_little_else(path: Path) -> None:
    unit = ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read_string(path.read_text("utf-8"))
    service = unit["Service"]
    started(shlex.split(service["ExecStart"])[1:])
    assert service["User"] == "gongzhi"
    for held in ("NoNewPrivileges", "PrivateTmp", "PrivateDevices", "RestrictSUIDSGID"):
        assert service[held] == "yes"
    assert service["ProtectSystem"] == "strict"
    assert service["CapabilityBoundingSet"] == ""


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd on this machine")
def test_systemd_understands_the_units(tmp_path: Path) -> None:
    program = tmp_path / "gongzhi"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    for path in UNITS:
        text = path.read_text("utf-8").replace("/opt/gongzhi/bin/gongzhi", str(program))
        (tmp_path / path.name).write_text(text)
    shutil.copy(DEPLOY / "systemd" / "gongzhi-backup.timer", tmp_path)
    files = sorted(str(one) for one in tmp_path.glob("gongzhi-*"))
    done = subprocess.run(
        ["systemd-analyze", "verify", *files], capture_output=True, text=True, check=False
    )
    ours = [line for line in done.stderr.splitlines() if "gongzhi" in line]
    assert not ours, done.stderr


def test_compose_runs_the_three_parts_after_the_tables_and_nothing_of_them_as_root() -> None:
    services = COMPOSE["services"]
    assert set(services) == {"database", "migrate", *PARTS}
    for name in ("migrate", *PARTS):
        one = services[name]
        started(list(one["command"]))
        assert one["cap_drop"] == ["ALL"]
        assert one["read_only"] is True
    for name in PARTS:
        assert services[name]["depends_on"]["migrate"]["condition"] == (
            "service_completed_successfully"
        )
    assert COMPOSE["networks"]["inside"]["internal"] is True  # no way out for what needs none
    assert services["web"]["ports"] == ["127.0.0.1:8000:8000"]
    assert "\nUSER gongzhi\n" in (DEPLOY / "Dockerfile").read_text("utf-8")


def test_no_registry_is_named() -> None:
    """The county's own is where its images come from; a name without a host is found there."""
    host = re.compile(r"[a-z0-9-]+\.[a-z]{2,}(:\d+)?/")
    images = [str(one.get("image", "")) for one in COMPOSE["services"].values()]
    from_ = re.findall(r"(?m)^(?:FROM|ARG BASE).*$", (DEPLOY / "Dockerfile").read_text("utf-8"))
    assert not [one for one in (*images, *from_) if host.search(one)]
