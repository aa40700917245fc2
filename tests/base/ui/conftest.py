"""The ground floor's pages on their own: no database, no other app's middleware."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import Settings

MIDDLEWARE = [
    "gongzhi.base.ui.middleware.SecurityHeaders",
    "django.middleware.locale.LocaleMiddleware",
    "gongzhi.base.ui.middleware.RefusalsAsPages",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
]


@pytest.fixture(autouse=True)
def only_the_ground_floor(settings: Settings) -> None:
    settings.ROOT_URLCONF = "tests.base.ui.addresses"
    settings.MIDDLEWARE = MIDDLEWARE


@pytest.fixture
def reader() -> Client:
    """Somebody whose browser speaks Chinese; a crash of ours becomes an answer, as in real life."""
    return Client(raise_request_exception=False, headers={"Accept-Language": "zh-CN"})


@pytest.fixture
def english_reader() -> Client:
    return Client(raise_request_exception=False, headers={"Accept-Language": "en"})
