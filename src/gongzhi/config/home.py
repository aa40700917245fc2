"""A county's home: the folder with its database, files, keys and own catalogue."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

DEFAULT_HOME = "var/county"


@dataclass(frozen=True)
class Home:
    """Paths of one county. Nothing else in the code spells out a path below the home."""

    root: Path

    @classmethod
    def from_environment(cls) -> Home:
        """The home named by ``GONGZHI_HOME``, or ``var/county`` below the working folder."""
        return cls(Path(os.environ.get("GONGZHI_HOME") or DEFAULT_HOME).expanduser().resolve())

    @property
    def database(self) -> Path:
        """The embedded SQLite database."""
        return self.root / "county.sqlite3"

    @property
    def tries(self) -> Path:
        """How often who tried what (`base/access/tries.py`)."""
        return self.root / "tries.sqlite3"

    @property
    def files(self) -> Path:
        """Content-addressed uploads."""
        return self.root / "files"

    @property
    def layers(self) -> Path:
        """Map layers as GeoJSON."""
        return self.root / "layers"

    @property
    def network(self) -> Path:
        """The ways that travel times are reckoned over."""
        return self.root / "network.npz"

    @property
    def sea(self) -> Path:
        """The water that boats' travel times are reckoned over."""
        return self.root / "sea.npz"

    @property
    def orders(self) -> Path:
        """What makes routing quick after a restart; made anew when it is gone."""
        return self.root / "orders"

    @property
    def routing(self) -> Path:
        """What was learned of which category words belong to; learned anew when it is gone."""
        return self.root / "routing.npz"

    @property
    def keys(self) -> Path:
        """Secrets, readable by the owner only."""
        return self.root / "keys"

    @property
    def catalogue(self) -> Path:
        """The county's own catalogue, laid over the one that ships."""
        return self.root / "catalogue"

    @property
    def archives(self) -> Path:
        """Files of closed cases, a folder each."""
        return self.root / "archives"

    @property
    def lake(self) -> Path:
        """Facts about places and times for analysis, a Parquet file a month."""
        return self.root / "lake"

    @property
    def open_data(self) -> Path:
        """Published versions of open datasets: a folder each, never written again."""
        return self.root / "open_data"

    @property
    def carried(self) -> tuple[Path, ...]:
        """What goes along when a county is backed up or moved house, beside its database, files
        and keys. The rest is made anew, or passes."""
        return (
            self.archives, self.catalogue, self.layers, self.lake, self.network, self.sea,
            self.received, self.drop, self.routing, self.open_data, self.demo_marker,
            self.demo_life,
        )  # fmt: skip

    @property
    def moved(self) -> Path:
        """Present when the county was moved to a database of its own: which, and when."""
        return self.root / "moved.json"

    @property
    def moved_database(self) -> Path:
        """What the embedded database is called from then on; nothing opens it."""
        return self.root / "county.moved.sqlite3"

    @property
    def arriving(self) -> Path:
        """What a restore or an import has brought so far; gone when all is there."""
        return self.root / ".arriving"

    @property
    def received(self) -> Path:
        """What other systems delivered, a folder each source."""
        return self.root / "received"

    @property
    def drop(self) -> Path:
        """Folders that departments drop files into, one each source."""
        return self.root / "drop"

    @property
    def demo_marker(self) -> Path:
        """Present when this county is the demo county."""
        return self.root / "demo.json"

    @property
    def demo_life(self) -> Path:
        """What is to happen in the demo county while it runs."""
        return self.root / "demo-life.json"

    @property
    def exercise_marker(self) -> Path:
        """Present when this is no county but a drill: what it is, and how far it has come."""
        return self.root / "exercise.json"

    @property
    def exercise_plan(self) -> Path:
        """The calls that are to come in the drill."""
        return self.root / "exercise-plan.json"

    @property
    def exercise_founding(self) -> Path:
        """What the drill takes along from its county, until it is founded."""
        return self.root / "exercise-founding.json"

    @property
    def running(self) -> Path:
        """What the processes of this machine count and note while they run; passes."""
        return self.root / "running"

    @property
    def kept(self) -> Path:
        """When and where the county was last backed up."""
        return self.root / "kept.json"

    @property
    def exercises(self) -> Path:
        """The drills of this county, a home each."""
        return self.root / "exercises"

    def exercise(self, name: str) -> Home:
        """The home of the drill of this name."""
        return Home(self.exercises / name)

    def secret(self, name: str) -> str:
        """Read the secret ``name``, making it once (43 random characters, mode 0600)."""
        path = self.keys / name
        if not path.exists():
            self._write_secret(path, secrets.token_urlsafe(32))
        return path.read_text("ascii").strip()

    def older_secrets(self, name: str) -> list[str]:
        """What ``name`` was before: the files ``name.1``, ``name.2`` … that somebody put aside."""
        return [path.read_text("ascii").strip() for path in sorted(self.keys.glob(f"{name}.*"))]

    def _write_secret(self, path: Path, text: str) -> None:
        self.keys.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:  # another process was first; its secret is the one
            return
        with os.fdopen(handle, "w") as out:
            out.write(text)
