"""A real county in a process of its own: ``gongzhi run`` on a temporary home.

For what only the whole thing shows: pages in a browser, partners' clients, a killed server.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests import warm

GONGZHI = Path(sys.executable).parent / "gongzhi"
READY_SECONDS = 120.0  # a few are slow beginners where other work takes the machine
STOP_SECONDS = 15.0
READY_HOME = "GONGZHI_BROWSER_HOME"  # the home of a demo county made before, while writing a test


class RunningCounty:
    """``with RunningCounty(home) as county:`` serves ``home`` at ``county.url``.

    ``database_url`` puts it on PostgreSQL; ``env`` adds variables. The server's output is kept in
    ``<home>/server.log``.
    """

    def __init__(
        self, home: Path, *, database_url: str = "", env: dict[str, str] | None = None
    ) -> None:
        self.home = home
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.env = county_environment(home, database_url) | (env or {})
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> RunningCounty:
        self.start()
        return self

    def __exit__(self, *reason: object) -> None:
        self.stop()

    def command(self) -> list[str | Path]:
        """How the server is started."""
        return [GONGZHI, "run", "--home", self.home, "--port", str(self.port)]

    def start(self) -> None:
        """Start the server and wait until it says that it is ready."""
        with (self.home / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                self.command(), env=self.env, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        give_up = time.monotonic() + READY_SECONDS
        while not self.ready():
            if self.process.poll() is not None or time.monotonic() > give_up:
                self.kill()
                raise RuntimeError("the county did not start:\n" + self.log()[-4000:])
            time.sleep(0.1)

    def ready(self) -> bool:
        """What ``/health/ready`` says."""
        try:
            with urllib.request.urlopen(f"{self.url}/health/ready", timeout=2) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def stop(self) -> None:
        """Ask the server to end; kill it when it does not."""
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self.kill()

    def kill(self) -> None:
        """SIGKILL, as a power cut would: nothing gets a chance to tidy up."""
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait()

    def log(self) -> str:
        """What the server has written so far."""
        return (self.home / "server.log").read_text(errors="replace")

    def cli(self, *arguments: str) -> str:
        """Run ``gongzhi <arguments>`` on this county's home; its output."""
        return gongzhi(self.home, *arguments, env=self.env)

    def python(self, code: str) -> str:
        """Run `code` in a process of its own, with Django on this county; its output."""
        done = warm.python(code, self.env)
        if done.returncode:
            raise RuntimeError(f"exit {done.returncode}\n{done.stdout}{done.stderr}")
        return done.stdout


def county_environment(home: Path, database_url: str = "") -> dict[str, str]:
    """The variables of a process that works on ``home`` and on nothing else of this machine."""
    mine = {k: v for k, v in os.environ.items() if not k.startswith("GONGZHI_")}
    mine["GONGZHI_HOME"] = str(home)
    if database_url:
        mine["GONGZHI_DATABASE_URL"] = database_url
    return mine


def gongzhi(home: Path, *arguments: str, env: dict[str, str] | None = None) -> str:
    """Run the command line on ``home``; raises with its output when it fails."""
    done = warm.run([*arguments, "--home", str(home)], env or county_environment(home))
    if done.returncode:
        command = " ".join(arguments)
        raise RuntimeError(
            f"gongzhi {command} (exit {done.returncode})\n{done.stdout}{done.stderr}"
        )
    return done.stdout


def free_port() -> int:
    """A port nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def copied(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of a county's home that a test may change."""
    mine = tmp_path_factory.mktemp("county") / "home"
    shutil.copytree(home, mine)
    return mine
