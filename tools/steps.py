"""One line a step: what it does, and how long it took. Standard library only: runs before setup."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOGS = ROOT / "var" / "log"
TAIL_LINES = 60


class Stop(Exception):
    """Ends the run with a sentence for the person at the terminal, without a traceback.

    ``lines``: all that a program said before it failed, for whoever looks for more than its end.
    """

    def __init__(self, sentence: str, lines: Sequence[str] = ()) -> None:
        super().__init__(sentence)
        self.lines = lines


@contextmanager
def step(title: str) -> Iterator[None]:
    """Print ``title`` at once, and after it how long the block took."""
    sys.stdout.write(f"  {title} … ")
    sys.stdout.flush()
    begun = time.monotonic()
    try:
        yield
    except BaseException:
        print(f"failed after {time.monotonic() - begun:.1f} s", flush=True)
        raise
    print(f"{time.monotonic() - begun:.1f} s", flush=True)


def run(
    command: Sequence[object],
    *,
    log: str,
    env: Mapping[str, str] | None = None,
) -> list[str]:
    """Run ``command`` quietly, keep its output in ``var/log/<log>.log`` and return its lines.

    Nothing is ever asked: standard input is closed. Raises Stop with the end of the output when
    the command fails.
    """
    LOGS.mkdir(parents=True, exist_ok=True)
    lines: list[str] = []
    with (LOGS / f"{log}.log").open("w", encoding="utf-8", errors="replace") as kept:
        for line in _output(command, env, lines):
            kept.write(line)
            _ticker(line)
    _ticker("")
    return lines


def _output(
    command: Sequence[object], env: Mapping[str, str] | None, lines: list[str]
) -> Iterator[str]:
    with subprocess.Popen(
        [str(part) for part in command],
        cwd=ROOT,
        env={**os.environ, **(env or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
    ) as program:
        assert program.stdout is not None
        for line in program.stdout:
            lines.append(line)
            yield line
    if program.returncode:
        shown = " ".join(str(part) for part in command)
        end = "".join(lines[-TAIL_LINES:]).rstrip()
        raise Stop(f"{end}\n\nThis failed (exit {program.returncode}): {shown}", lines)


def _ticker(line: str) -> None:
    """On a terminal, the newest line of output beside the step, so that nobody waits blindly."""
    if sys.stdout.isatty():
        width = max(20, shutil.get_terminal_size().columns - 60)
        # save the cursor, write, restore: the step's own line stays as it is
        sys.stdout.write(f"\0337\033[K{line.strip()[:width]}\0338")
        sys.stdout.flush()


def digest(paths: Iterable[Path], *more: str) -> str:
    """A short fingerprint of names and contents; folders count with everything in them."""
    total = hashlib.sha256("\0".join(more).encode())
    for path in sorted(_files(paths)):
        total.update(f"\0{path.relative_to(ROOT)}\0".encode())
        total.update(path.read_bytes())
    return total.hexdigest()[:32]


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from (inner for inner in path.rglob("*") if inner.is_file())
        elif path.exists():
            yield path


def main(entry: Callable[[], None]) -> None:
    """Run ``entry``; a Stop becomes its sentence on standard error and exit code 1."""
    try:
        entry()
    except Stop as reason:
        print(f"\n{reason}", file=sys.stderr, flush=True)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
