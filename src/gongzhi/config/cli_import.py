"""``gongzhi import``: what other systems hand over."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from gongzhi.config.begin import HomeOption, begin, prepare

import_app = typer.Typer(no_args_is_help=True, help="What other systems hand over.")


@import_app.command("calls")
def import_calls(
    file: Annotated[Path, typer.Argument(help="CSV, CSV packed with gzip, or Excel (.xlsx).")],
    mapping: Annotated[
        str, typer.Option("--mapping", help="Its mapping: a file in catalogue/mappings.")
    ],
    home: HomeOption = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Only so many rows.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Try it and write nothing.")] = False,
) -> None:
    """Import calls or requests; again, to bring in what is new. Rejected rows get a file."""
    begin(home)
    prepare()
    from gongzhi.config.importing import import_calls as run_import

    sys.exit(run_import(file, mapping, limit=limit, dry=dry_run))


CrsOption = Annotated[
    str, typer.Option("--crs", help="WGS84, CGCS2000, GCJ-02, BD-09 or an EPSG code.")
]
DryOption = Annotated[bool, typer.Option("--dry-run", help="Try it and write nothing.")]


@import_app.command("areas")
def import_areas(
    file: Annotated[Path, typer.Argument(help="GeoJSON: one feature an area.")],
    home: HomeOption = None,
    county: Annotated[str, typer.Option(help="The county's code; needed once.")] = "",
    name: Annotated[str, typer.Option(help="What it is called in Chinese; needed once.")] = "",
    name_en: Annotated[str, typer.Option("--name-en", help="And in English.")] = "",
    kind: Annotated[
        str, typer.Option(help="town, village, beat or station_area, where features don't say.")
    ] = "",
    crs: CrsOption = "WGS84",
    dry_run: DryOption = False,
) -> None:
    """Import towns, villages, beats and stations' areas; again, to change what changed."""
    begin(home)
    prepare()
    from gongzhi.config.importing_places import CountyNames, areas_from

    said = CountyNames(county, name, name_en)
    sys.exit(areas_from(file, said, kind=kind, crs=crs, dry=dry_run))


@import_app.command("gazetteer")
def import_gazetteer(
    file: Annotated[Path, typer.Argument(help="A table (CSV, .gz, .xlsx) or GeoJSON.")],
    home: HomeOption = None,
    crs: CrsOption = "WGS84",
    dry_run: DryOption = False,
) -> None:
    """Import place names and addresses, in place of those there are."""
    begin(home)
    prepare()
    from gongzhi.config.importing_places import gazetteer_from

    sys.exit(gazetteer_from(file, crs=crs, dry=dry_run))


@import_app.command("network")
def import_network(
    file: Annotated[Path, typer.Argument(help="GeoJSON, or OpenStreetMap's XML or PBF.")],
    home: HomeOption = None,
    crs: CrsOption = "WGS84",
    dry_run: DryOption = False,
) -> None:
    """Import roads, paths and ferries for travel times, in place of those there are."""
    begin(home)
    prepare()
    from gongzhi.config.importing_network import network_from

    sys.exit(network_from(file, crs=crs, dry=dry_run))
