"""An operator brings the roads, paths and ferries that travel times are reckoned over."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gongzhi.analysis.travel import Network, Timetable, build
from gongzhi.base.log.models import Entry
from gongzhi.config.home import Home
from gongzhi.config.importing_network import network_from
from gongzhi.config.way_files import read_ways
from gongzhi.work.dispatch.network import router

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
Load = Callable[..., int]
OSM = """<?xml version="1.0"?><osm version="0.6">
<node id="1" lat="29.00" lon="121.00"/><node id="2" lat="29.00" lon="121.01"/>
<node id="3" lat="29.01" lon="121.01"/><node id="4" lat="29.05" lon="121.01"/>
<node id="5" lat="29.06" lon="121.01"/>
<way id="10"><nd ref="1"/><nd ref="2"/><tag k="highway" v="primary"/><tag k="maxspeed" v="60"/></way>
<way id="11"><nd ref="2"/><nd ref="3"/><tag k="highway" v="residential"/><tag k="oneway" v="-1"/></way>
<way id="12"><nd ref="3"/><nd ref="4"/><tag k="route" v="ferry"/><tag k="duration" v="00:25"/><tag k="motor_vehicle" v="no"/></way>
<way id="13"><nd ref="4"/><nd ref="5"/><tag k="highway" v="footway"/></way>
<way id="14"><nd ref="1"/><nd ref="5"/><tag k="building" v="yes"/></way>
<way id="15"><nd ref="1"/><nd ref="3"/><tag k="route" v="ferry"/><tag k="duration" v="soon"/></way>
</osm>"""  # noqa: E501


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Any) -> Path:
    settings.HOME = Home(tmp_path / "home")
    settings.HOME.root.mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    return tmp_path


@pytest.fixture
def load(django_capture_on_commit_callbacks: Any) -> Load:
    """Import a file as the command does, its transaction committed."""

    def loaded(path: Path, crs: str = "WGS84", *, dry: bool = False) -> int:
        with django_capture_on_commit_callbacks(execute=True):
            return network_from(path, crs=crs, dry=dry)

    return loaded


def line(*points: tuple[float, float], **said: Any) -> dict[str, Any]:
    shape = {"type": "LineString", "coordinates": points}
    return {"type": "Feature", "geometry": shape, "properties": said}


def geojson(folder: Path, *features: Any) -> Path:
    path = folder / "ways.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    return path


def test_a_county_gets_its_network_and_the_log_says_so(
    folder: Path, load: Load, capsys: pytest.CaptureFixture[str]
) -> None:
    assert router().roads is None
    road = line((121, 29), (121.01, 29), rank="main")
    boat = line((121.01, 29), (121.05, 29), kind="route", first="06:20", last="19:40", every=40,
                minutes=41, vehicles=False)  # fmt: skip
    assert load(geojson(folder, road, boat)) == 0
    found = router().roads
    assert found
    assert found.network.timetables == (Timetable(380, 1180, 40, 41, vehicles=False),)
    entry = Entry.objects.get(kind="dispatch.network_imported")
    assert json.loads(entry.text)["nodes"] == found.network.nodes
    assert "2 read, 2 usable, 0 rejected" in capsys.readouterr().out


def test_a_new_network_takes_the_place_of_the_old(folder: Path, load: Load) -> None:
    load(geojson(folder, line((121, 29), (121.01, 29), rank="main")))
    before = router().roads
    load(geojson(folder, line((121, 29), (121.02, 29), rank="main")))
    after = router().roads
    assert before
    assert after
    assert after.network.nodes > before.network.nodes


@pytest.mark.parametrize("packed", [False, True])
def test_openstreetmap_says_what_its_tags_mean(folder: Path, *, packed: bool) -> None:
    path = folder / ("a.osm.gz" if packed else "a.osm")
    path.write_bytes(gzip.compress(OSM.encode()) if packed else OSM.encode())
    found = read_ways(path, "WGS84", lambda _: None)
    assert [way.rank for way in found.good] == ["main", "street", "ferry", "path"]
    primary, back, boat, _ = found.good
    assert primary.kmh == 45, "one makes less than the sign allows"
    assert back.one_way
    assert back.line[0] == (121.01, 29.01)
    assert boat.ferry == Timetable(360, 1080, 60, 25, vehicles=False)
    assert found.passed == 1
    assert [(key, code) for key, code, _ in found.bad] == [(15, "way/15")]


def test_its_own_packed_format_is_read_too(folder: Path) -> None:
    import osmium

    (folder / "a.osm").write_text(OSM, "utf-8")
    with osmium.SimpleWriter(str(folder / "a.osm.pbf")) as out:
        for thing in osmium.FileProcessor(str(folder / "a.osm")):
            out.add(thing)
    plain, packed = (
        build(read_ways(folder / name, "WGS84", lambda _: None).good)
        for name in ("a.osm", "a.osm.pbf")
    )
    assert packed.arcs == plain.arcs


def test_another_coordinate_system_is_turned_into_ours(folder: Path, load: Load) -> None:
    load(geojson(folder, line((121, 29), (121.01, 29), rank="main")), "GCJ-02")
    found = router().roads
    assert found
    assert 0.001 < abs(found.network.lon.min() - 121) < 0.01


def test_a_bad_row_is_told_with_number_and_reason_and_stops_nothing(
    folder: Path, load: Load
) -> None:
    good = line((121, 29), (121.01, 29), rank="main")
    bad = [
        line((121, 29), (121.01, 29), rank="canal"),
        line((121, 29), (121.01, 29), kind="route", minutes=20, every=0, first="noon"),
        {**good, "geometry": None},
        line((121, 29), (121.01, 29), rank="main", kmh=-3),
        line((400, 29), (121.01, 29), rank="main"),
    ]
    assert load(geojson(folder, *bad, good)) == 0
    told = (folder / "ways.geojson.rejected.csv").read_text("utf-8-sig").splitlines()[1:]
    assert [row.split(",")[0] for row in told] == ["1", "2", "3", "4", "5"]
    assert router().roads


@pytest.mark.parametrize("content", [b"", b"not json", b"[]", b'{"features": []}', b"\xff\xfe"])
def test_a_file_without_ways_changes_nothing(folder: Path, load: Load, content: bytes) -> None:
    load(geojson(folder, line((121, 29), (121.01, 29), rank="main")))
    (folder / "x.geojson").write_bytes(content)
    (folder / "x.osm").write_bytes(content)
    assert load(folder / "x.geojson") == 2
    assert load(folder / "x.osm") == 2
    assert load(folder / "missing.geojson") == 2
    assert Entry.objects.filter(kind="dispatch.network_imported").count() == 1
    assert router().roads


def test_a_trial_run_writes_nothing(folder: Path, load: Load) -> None:
    assert load(geojson(folder, line((121, 29), (121.01, 29), rank="main")), dry=True) == 0
    assert router().roads is None
    assert not Entry.objects.exists()


def test_places_the_main_network_cannot_reach_are_told(
    folder: Path, load: Load, capsys: pytest.CaptureFixture[str]
) -> None:
    main = line((121, 29), (121.01, 29), rank="main")
    island = line((122, 29), (122.001, 29), rank="lane")
    load(geojson(folder, main, island))
    assert "3 个节点（1 片）" in capsys.readouterr().out


def test_the_sea_around_the_drawn_land_is_there_for_the_boats(folder: Path, load: Load) -> None:
    from gongzhi.analysis.travel import Spot

    layers = folder / "home" / "layers"
    layers.mkdir()
    ring = [(121, 29), (121.02, 29), (121.02, 29.02), (121, 29.02), (121, 29)]
    shape = {"type": "Polygon", "coordinates": [ring]}
    drawn = [{"type": "Feature", "properties": {}, "geometry": shape}]
    (layers / "land.geojson").write_text(
        json.dumps({"type": "FeatureCollection", "features": drawn})
    )
    assert load(geojson(folder, line((121, 29), (121.01, 29), rank="main"))) == 0
    [entry] = Entry.objects.filter(kind="dispatch.network_imported")
    assert json.loads(entry.text)["sea"] > 100
    boat, scene = Spot(29.01, 120.99, None), Spot(29.01, 121.03, None)
    [around] = router().trips("boat", [boat], scene, hour=9)
    [straight] = router().__class__().trips("boat", [boat], scene, hour=9)
    assert around
    assert straight
    assert around.metres > 1.1 * straight.metres / 1.2, "there is an island in between"
    assert (folder / "home" / "orders").is_dir(), "the costly part is kept for the next start"


def test_a_file_of_another_version_says_what_to_do(tmp_path: Path) -> None:
    import numpy as np

    with (tmp_path / "network.npz").open("wb") as file:
        np.savez(file, format=999)
    with pytest.raises(ValueError, match="import the network again"):
        Network.load(tmp_path / "network.npz")
