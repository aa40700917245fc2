"""Every described interface, asked what nobody thought of, as each kind of key: no failure of ours,
no answer that its description does not tell, nothing done for whoever may not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from pytest_django import Settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from gongzhi.base.access.actions import issue_key, revoke_key
from gongzhi.base.access.known import FOR_PROGRAMS
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.people.models import Account
from tests.work.linked.cast import SYSTEM, account, ask, body
from tests.work.participation.cast import lamp, unit

pytestmark = [pytest.mark.django_db]

INTERFACES = {
    "linked": ("/api/linked/v1/openapi.json", {"linked.answer_request"}),
    "requests": ("/api/v1/requests/openapi.json", {"participation.answer_request"}),
    "services": ("/api/v1/services/openapi.json", {"public_services.file_application"}),
    "agreements": ("/api/agreements/v1/openapi.json", {"agreements.read_agreed"}),
    "features": ("/api/features/v1/api", {"maps.view_maps"}),
}
"""Each with its description, and what opens those of its operations that are not everybody's."""
LOOKED_AT = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
FEW_SERVICES = 2
"""Of each of the county's services there are the same two operations; so many are looked at in the
short run."""
Keys = dict[str, dict[str, str]]


@pytest.fixture
def keys(settings: Settings) -> Iterator[Keys]:
    """The headers of a key of each permission, of none, of one taken back, and of a signed-in
    account without a key; each unit has something to be asked about."""
    settings.ALLOWED_HOSTS = ["*"]
    office = body("ambulance_120", "department")
    admin = account("admin", office, "of_every_role")
    admin.roles = list(catalogue().roles)
    admin.save()
    told: Keys = {"nobody": {}, "made up": _bearer("gz_nothing")}
    for one in FOR_PROGRAMS:
        owner = unit("city_management") if one.startswith("participation.") else office
        _key, secret = issue_key(SYSTEM, name=one, unit=owner, permissions=[one], owner=admin)
        told[one] = _bearer(secret)
    key, secret = issue_key(
        SYSTEM, name="old", unit=office, permissions=list(FOR_PROGRAMS), owner=admin
    )
    revoke_key(SYSTEM, key)
    told["taken back"] = _bearer(secret)
    told["a session"] = _signed_in(account("dispatcher", office, "desk"))
    ask(code="ambulance")
    lamp()
    for signal in (request_started, request_finished):  # as Django's own test client does
        signal.disconnect(close_old_connections)
    yield told
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def _bearer(secret: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {secret}"}


def _signed_in(who: Account) -> dict[str, str]:
    client = Client()
    client.force_login(who)
    return {"Cookie": "; ".join(f"{one.key}={one.value}" for one in client.cookies.values())}


@pytest.mark.slow
@pytest.mark.parametrize("name", INTERFACES)
def test_no_failure_no_surprise_and_nothing_for_whoever_may_not(name: str, keys: Keys) -> None:
    asked = _walk(name, keys, examples=2, most=FEW_SERVICES)
    assert asked > 40, "it was really asked"


@pytest.mark.long
@pytest.mark.parametrize("name", INTERFACES)
def test_the_same_at_length(name: str, keys: Keys) -> None:
    assert _walk(name, keys, examples=40, most=1000) > 1000


def _walk(name: str, keys: Keys, *, examples: int, most: int) -> int:
    """How many requests were sent: each one that was made up as every kind of key."""
    at, opens = INTERFACES[name]
    asked = 0
    for operation in _operations(at, most):
        closed = name != "features" and "security" in operation.definition.raw

        def look(case: Any, closed: bool = closed) -> None:
            for who, headers in keys.items():
                answer = case.call(headers=headers)
                case.validate_response(answer, checks=LOOKED_AT)
                done = closed and answer.status_code < 400
                assert who in opens or not done, f"done for {who}"

        for mode in GenerationMode:
            asked += len(keys) * _sent(operation, mode, look, examples)
    return asked


def _operations(at: str, most: int) -> Iterator[Any]:
    described = schemathesis.openapi.from_wsgi(at, get_wsgi_application())
    services: set[str] = set()
    for result in described.get_all_operations():
        operation = result.ok()
        service = operation.path.removeprefix("/api/v1/services/").partition("/")[0]
        if operation.path.endswith(("/schema", "/applications")):
            services.add(service)
            if len(services) > most:
                continue
        yield operation


Look = Callable[[Any], None]


def _sent(operation: Any, mode: GenerationMode, look: Look, examples: int) -> int:
    count = 0

    @hypothesis_settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def each(data: st.DataObject) -> None:
        nonlocal count
        look(data.draw(operation.as_strategy(generation_mode=mode)))
        count += 1

    with suppress(Unsatisfiable):  # of what takes nothing, nothing can be wrong
        each()
    return count
