"""Commands without their start: a process that has everything imported forks for each of them.

``gongzhi`` takes three seconds of a processor to import, most commands a tenth of that to run. Each
command still has a process, a home, settings and connections of its own, as from a terminal.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import tempfile
import traceback
from functools import cache
from pathlib import Path
from typing import IO, Any, NoReturn


def run(arguments: list[str], env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run ``gongzhi <arguments>`` with this environment."""
    return _asked({"arguments": arguments, "env": env})


def python(code: str, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run `code` with Django on the county of this environment."""
    return _asked({"arguments": [], "code": code, "env": env})


def _asked(told: dict[str, object]) -> subprocess.CompletedProcess[str]:
    server = _server()
    assert server.stdin
    assert server.stdout
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        server.stdin.write(json.dumps({**told, "out": _path(out), "err": _path(err)}) + "\n")
        server.stdin.flush()
        code = int(server.stdout.readline())
        out.seek(0)
        err.seek(0)
        return subprocess.CompletedProcess(told["arguments"], code, out.read(), err.read())


def _path(file: IO[str]) -> str:
    return f"/proc/{os.getpid()}/fd/{file.fileno()}"


@cache
def _server() -> subprocess.Popen[str]:
    with tempfile.TemporaryDirectory(prefix="gongzhi-warm-") as home:
        server = subprocess.Popen(
            [sys.executable, "-m", "tests.warm"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            text=True, env=_own(home), cwd=Path(__file__).parent.parent,
        )  # fmt: skip
        assert server.stdout
        assert server.stdout.readline() == "ready\n"
    assert server.stdin
    atexit.register(server.stdin.close)
    return server


def _own(home: str) -> dict[str, str]:
    mine = {k: v for k, v in os.environ.items() if not k.startswith("GONGZHI_")}
    return mine | {"GONGZHI_HOME": home, "DJANGO_SETTINGS_MODULE": "gongzhi.config.settings"}


def _serve() -> None:
    import django

    import gongzhi.config.cli  # noqa: F401  (so that no command imports it)

    django.setup()
    print("ready", flush=True)
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            _command(json.loads(line))
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


def _command(told: dict[str, Any]) -> NoReturn:
    code = 1
    try:
        nothing = os.open(os.devnull, os.O_RDONLY)
        out, err = (os.open(told[name], os.O_WRONLY | os.O_APPEND) for name in ("out", "err"))
        for number, file in enumerate((nothing, out, err)):
            os.dup2(file, number)
        os.environ.clear()
        os.environ.update(told["env"])
        sys.argv = [str(Path(sys.executable).parent / "gongzhi"), *told["arguments"]]
        _begin_anew()
        code = _ran(told.get("code"))
    except BaseException:  # noqa: BLE001  (or nobody would ever hear of it)
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _begin_anew() -> None:
    """Let Django read its settings again, once the command has said of which home."""
    from django.conf import settings
    from django.db import connections
    from django.utils.functional import empty

    sys.modules.pop("gongzhi.config.settings")
    settings._wrapped = empty
    for one in connections.all(initialized_only=True):
        one.close()
        del connections[one.alias]
    vars(connections).pop("settings", None)
    connections._settings = None


def _ran(code: str | None) -> int:
    from gongzhi.config.begin import begin
    from gongzhi.config.cli import app

    try:
        if code is None:
            app()
        begin(None)
        exec(code, {"__name__": "__main__"})
    except SystemExit as ended:
        if isinstance(ended.code, str):
            print(ended.code, file=sys.stderr)
            return 1
        return ended.code or 0
    return 0


if __name__ == "__main__":
    _serve()
