"""What panels are computed by: DuckDB in this process, or Apache Spark for many counties."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from uuid import uuid4

import pyarrow as pa

if TYPE_CHECKING:
    from ibis.expr.types import Table

Name = Literal["duckdb", "spark"]
NAMES: tuple[Name, ...] = ("duckdb", "spark")


class Missing(RuntimeError):
    """The engine isn't there; says what to install."""


class Engine:
    """Reads Parquet and computes expressions; its clock is UTC."""

    def __init__(self, backend: Any) -> None:
        self.backend = backend

    def read(self, files: Path | Sequence[Path]) -> Table:
        """The facts in these Parquet files, or in all of a folder."""
        paths = [files] if isinstance(files, Path) else list(files)
        found = [str(one) for path in paths for one in _parquet(path)]
        if not found:
            raise FileNotFoundError(f"no Parquet file in {', '.join(map(str, paths))}")
        return self._table(found)

    def run(self, asked: Table) -> pa.Table:
        """Its rows, in the order of its columns."""
        return self.backend.to_pyarrow(asked.order_by(list(asked.columns)))

    def _table(self, paths: list[str]) -> Table:
        return self.backend.read_parquet(paths)


class _Spark(Engine):
    def _table(self, paths: list[str]) -> Table:
        """Ibis would hand the list on as one path."""
        view = f"facts_{uuid4().hex}"
        self.backend._session.read.parquet(*paths).createOrReplaceTempView(view)  # noqa: SLF001
        return self.backend.table(view)


def _parquet(path: Path) -> list[Path]:
    return sorted(path.rglob("*.parquet")) if path.is_dir() else [path]


@contextmanager
def engine(
    kind: Name = "duckdb", *, memory: str = "", threads: int = 0, spill: Path | None = None
) -> Iterator[Engine]:
    """An engine, closed at the end. ``memory``: how much it takes at most ("200MB"); what doesn't
    fit is laid down in the folder `spill`. Raises `Missing` with what to install."""
    opened = (_spark if kind == "spark" else _duckdb)(memory, threads, spill)
    try:
        yield opened
    finally:
        opened.backend.disconnect()


def _duckdb(memory: str, threads: int, spill: Path | None) -> Engine:
    settings: dict[str, Any] = {"autoinstall_known_extensions": False}
    if memory:
        settings["memory_limit"] = memory
    if threads:
        settings["threads"] = threads
    if spill:
        settings["temp_directory"] = str(spill)
    import ibis  # here: a second of every start, for what few processes do

    return Engine(ibis.duckdb.connect(**settings))


def _spark(memory: str, threads: int, spill: Path | None) -> Engine:
    lacks = spark_lacks()
    if lacks:
        raise Missing(lacks)
    from pyspark.sql import SparkSession

    settings = {
        "spark.driver.memory": memory.removesuffix("B").lower() or "2g",
        "spark.local.dir": str(spill) if spill else "",
        "spark.sql.session.timeZone": "UTC",
        "spark.driver.extraJavaOptions": "-Duser.timezone=UTC",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.shuffle.partitions": str(threads or os.cpu_count() or 1),
        "spark.sql.execution.arrow.pyspark.enabled": "true",
        "spark.log.level": "ERROR",
    }
    build = SparkSession.builder.master(f"local[{threads or '*'}]").appName("gongzhi")
    for key, to in settings.items():
        build = build.config(key, to) if to else build
    import ibis

    return _Spark(ibis.pyspark.connect(build.getOrCreate()))


def spark_lacks() -> str:
    """What to install before Spark can run; nothing where it can."""
    lacks = []
    if find_spec("pyspark") is None:
        lacks.append("PySpark (pip install 'gongzhi[spark]')")
    java = Path(os.environ.get("JAVA_HOME", "")) / "bin" / "java"
    if not (shutil.which("java") or (os.environ.get("JAVA_HOME") and java.exists())):
        lacks.append("Java 17 or 21 (on Debian: apt-get install openjdk-17-jre-headless)")
    return f"--engine spark needs {' and '.join(lacks)}." if lacks else ""
