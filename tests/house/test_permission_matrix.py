"""Every page says who may open it, the documentation agrees, and the platform keeps to it."""

from __future__ import annotations

import ast
from collections import Counter

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from gongzhi.base.access.known import PERMISSIONS
from gongzhi.base.access.marks import staff
from gongzhi.base.access.matrix import addresses, matrix
from gongzhi.base.access.middleware import DenyByDefault
from gongzhi.base.access.permissions import permissions_of
from gongzhi.base.access.sessions import SessionStore
from gongzhi.base.catalogue.kinds.role import Role
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.people.models import Account
from tests.house.source import ROOT, parsed, python_files, shown

ASKS = {"may", "require", "holds", "staff", "lacking"}


def test_every_address_says_who_may_open_it() -> None:
    unmarked = [f"{one.methods} {one.path}".strip() for one in addresses() if one.mark is None]
    assert not unmarked, f"mark with @public, @staff(…) or @programs: {unmarked}"


def test_no_page_lies_behind_another_of_the_same_address() -> None:
    times = Counter((one.path, one.methods) for one in addresses())
    assert [path for (path, _methods), n in times.items() if n > 1] == []


def test_the_documented_matrix_is_the_real_one() -> None:
    documented = (ROOT / "docs" / "reference" / "permissions.md").read_text("utf-8")
    assert documented == matrix(), "run `gongzhi reference` and look at what has changed"


@pytest.mark.parametrize("role", catalogue().roles)
def test_a_role_opens_what_the_matrix_says_and_nothing_else(role: str) -> None:
    account = Account(username=role, display_name=role, roles=[role])
    wrong = [
        one.path for one in addresses() if opened(one.mark, account) is not one.opens_for([role])
    ]
    assert not wrong


def opened(mark: object, account: Account) -> bool:
    """What the middleware says about a view with this mark."""

    def view(request: HttpRequest) -> HttpResponse:
        raise AssertionError("the middleware decides before the view runs")

    view.access_mark = mark  # type: ignore[attr-defined]
    request = RequestFactory().get("/")
    request.user, request.session = account, SessionStore()
    answer = DenyByDefault(lambda _: HttpResponse()).process_view(request, view, (), {})
    assert answer is None or answer.status_code == 403
    return answer is None


def test_the_platform_asks_the_middleware() -> None:
    assert settings.MIDDLEWARE[-1] == "gongzhi.base.access.middleware.DenyByDefault"


def test_every_permission_belongs_to_somebody() -> None:
    given = permissions_of(catalogue().roles)
    assert set(PERMISSIONS) == set(given), "a permission that nobody has opens nothing"


def test_an_unknown_permission_stops_the_start() -> None:
    with pytest.raises(ValueError, match="there is no permission"):
        staff("dispatch.send_everybody")


def test_a_role_with_an_unknown_permission_is_refused() -> None:
    role = next(iter(catalogue().roles.values())).model_dump()
    Role.model_validate(role)
    with pytest.raises(ValueError, match="there is no permission"):
        Role.model_validate(role | {"permissions": ["dispatch.send_everybody"]})


def asked(tree: ast.Module) -> list[tuple[int, str]]:
    """Every permission that code names as a literal where it asks for one."""
    return [
        (call.lineno, argument.value)
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        and (getattr(call.func, "id", "") or getattr(call.func, "attr", "")) in ASKS
        for argument in call.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    ]


def test_code_asks_only_for_permissions_that_exist() -> None:
    unknown = [
        f"{shown(path, line)} {permission}"
        for path in python_files("src")
        for line, permission in asked(parsed(path))
        if permission not in PERMISSIONS
    ]
    assert not unknown, unknown


def test_the_rule_sees_a_permission_where_there_is_one() -> None:
    assert asked(ast.parse('require(by, "x.see_all")')) == [(1, "x.see_all")]
