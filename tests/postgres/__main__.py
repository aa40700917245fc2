"""Runs a command beside a throw-away PostgreSQL, whose address is in GONGZHI_TEST_DATABASE_URL.

    python -m tests.postgres .venv/bin/python -m pytest -m postgres
    python -m tests.postgres --durable .venv/bin/python benchmarks/intake.py
    python -m tests.postgres --as-database .venv/bin/gongzhi run --home var/pg

``--as-database`` also sets GONGZHI_DATABASE_URL, so that the command itself works on that server.
"""

from __future__ import annotations

import os
import subprocess
import sys

from tests.postgres.server import EXISTING, postgres_server


def main(arguments: list[str]) -> int:
    """Run the command in ``arguments``; its exit code."""
    options = set()
    while arguments and arguments[0] in {"--durable", "--as-database"}:
        options.add(arguments.pop(0))
    if not arguments:
        print(__doc__, file=sys.stderr)
        return 2
    with postgres_server(durable="--durable" in options) as url:
        env = {**os.environ, EXISTING: url}
        if "--as-database" in options:
            env["GONGZHI_DATABASE_URL"] = url
        return subprocess.run(arguments, env=env, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
