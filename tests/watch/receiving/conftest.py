"""What every test of sources stands on."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from django.conf import settings as django_settings
from pytest_django import Settings

from gongzhi.base.log.actions import now
from gongzhi.base.log.actor import Actor
from gongzhi.base.places.coordinates import Bounds
from gongzhi.base.places.models import Area, County
from tests.work.participation.cast import by, unit


@pytest.fixture(autouse=True)
def home(settings: Settings) -> Iterator[None]:
    """Nothing lies there from a test before; this machine may be asked."""
    settings.FETCH_PRIVATE = True
    yield
    for path in (django_settings.HOME.received, django_settings.HOME.drop):
        shutil.rmtree(path, ignore_errors=True)


@pytest.fixture
def town(db: None) -> Area:
    """The one town that rows may lie in."""
    county = County(code="here", name_zh="听澜县", name_en="Tinglan", time_zone="Asia/Shanghai")
    county.bounds = Bounds(29.9, 122.0, 30.2, 122.6)
    county.save()
    return Area.objects.create(
        county=county, kind=Area.Kind.TOWN, code="lancheng", name_zh="澜城", name_en="Lancheng",
        geometry="{}", south=29.9, west=122.0, north=30.2, east=122.6, valid_from="2020-01-01",
        changed_at=now(),
    )  # fmt: skip


@pytest.fixture
def steward(db: None) -> Actor:
    unit("city_management"), unit("bureau")
    return by("bureau", "data_steward")
