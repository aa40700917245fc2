"""What officers do for themselves stays with them: no route leads from care to anything else.

The tables point at nobody; nobody else's code reads them; the log has one bare kind; what is sealed
opens with care's own key alone; and every address there is, asked as somebody with every
permission, says nothing of a talk, nor of an answer."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from django.apps import apps
from django.conf import settings
from django.test import Client

from gongzhi.base.access.actions import issue_key
from gongzhi.base.access.known import FOR_PROGRAMS, PERMISSIONS
from gongzhi.base.access.matrix import addresses
from gongzhi.base.catalogue.kinds.measure_sources import SOURCES
from gongzhi.base.catalogue.kinds.rule import NEVER_HEARD
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log import readers
from gongzhi.base.log.actions import moment
from gongzhi.base.log.events import declared_events
from gongzhi.base.log.models import Entry
from gongzhi.base.people.sealing import BrokenSeal
from gongzhi.base.people.sealing import unseal as unseal_names
from gongzhi.watch.exchange.lake.models import Fact
from gongzhi.watch.exchange.lake.writing import write_behind
from gongzhi.watch.exchange.webhooks.heard import KINDS as WEBHOOKS
from gongzhi.watch.live.shown import HEARD
from gongzhi.work.workforce.care import sealing
from gongzhi.work.workforce.care.models import PulseBox, Slot, Talk
from tests.house.source import PACKAGE, python_files
from tests.safeguards.test_erasure import everywhere
from tests.safeguards.test_sealed_complaints import NO_ANSWER, filled, said_by
from tests.work.workforce.care.hands import CALLED, WORDS, answered, booked, pulse
from tests.work.workforce.officers.hands import NOW, SYSTEM, account

CARE = PACKAGE / "work" / "workforce" / "care"
MAY_NAME_IT = {PACKAGE / "config"}
"""Settings, addresses and the demo: they start it, and read nothing of it."""
NAMED = re.compile(
    r"^care$|workforce\.care\b|\bcare_(slot|talk|pulse|pulsebox)\b|\bcare\.\w|\bcare:\w|^/care/"
)
"""Its app, module, tables, models and kinds, permissions, addresses."""
NAME_A_CODE = {
    "base/access/known.py", "base/catalogue/kinds/offer.py", "base/catalogue/kinds/rule.py",
}  # fmt: skip
"""Where its permissions and its kind stand as words: the list of permissions, and of what no rule
may hear and nobody may be given."""
WORDS_OF_PERSONS = re.compile(r"account|user|person|officer|by$|name|phone|email|asked_at|made_at")


@pytest.fixture
def somebody() -> Iterator[str]:
    """Somebody booked a talk and answered a survey; the code."""
    with moment(NOW):
        code = booked(tired="近四周每周 61 小时")
        answered(pulse(), "officer", 1)
        yield code


def test_no_table_of_care_points_at_anybody_and_none_at_it() -> None:
    own = set(apps.get_app_config("care").get_models())
    assert {one.__name__ for one in own} == {"Slot", "Talk", "Pulse", "PulseBox"}
    for model in own:
        for field in model._meta.get_fields():
            assert field.related_model is None or field.related_model in own, field
            assert not WORDS_OF_PERSONS.search(field.name), field


def names_care(source: str) -> bool:
    """Whether this code gets at care by an import, by Django's registry, by SQL, by its addresses
    or by what it is called on the log."""
    return any(
        (isinstance(node, ast.ImportFrom) and "workforce.care" in (node.module or ""))
        or (isinstance(node, ast.ImportFrom) and (node.module or "").endswith("work.workforce")
            and "care" in {one.name for one in node.names})
        or (isinstance(node, ast.Import) and any("workforce.care" in n.name for n in node.names))
        or (isinstance(node, ast.Constant) and bool(NAMED.search(str(node.value))))
        for node in ast.walk(ast.parse(source))
    )  # fmt: skip


PLANTED = (
    "from gongzhi.work.workforce.care.models import Talk",
    "from gongzhi.work.workforce import care",
    "import gongzhi.work.workforce.care.selectors.talks as t",
    "import_module('gongzhi.work.workforce.care.models')",
    "apps.get_model('care', 'Talk')",
    "apps.get_model('care.PulseBox')",
    "cursor.execute('SELECT sealed FROM care_talk')",
    "cursor.execute(f'SELECT content FROM {schema}.care_pulsebox WHERE id = 1')",
    "FACTS = {'care.kept': kept}",
    "redirect('care:desk')",
)


@pytest.mark.parametrize("source", PLANTED)
def test_each_way_in_is_seen_where_it_is_planted(source: str) -> None:
    assert names_care(source)


def test_what_only_sounds_like_it_is_none() -> None:
    assert not names_care("PLACES = ['care_page', 'minor_care', 'child care', 'careful']")


def test_nobody_else_s_code_reads_it() -> None:
    """Neither appraisal nor rosters, neither exports nor the lake, neither rules nor measures. Its
    permissions stand in the list of all, and one page of an officer's own leads to it."""
    readers = {
        str(path.relative_to(PACKAGE))
        for path in python_files("src")
        if CARE not in path.parents and not MAY_NAME_IT & set(path.parents)
        and names_care(path.read_text("utf-8"))
    }  # fmt: skip
    assert readers == NAME_A_CODE


def test_no_other_page_no_script_and_no_file_of_the_county_names_it() -> None:
    pages = {
        str(path.relative_to(PACKAGE))
        for path in PACKAGE.rglob("*.html")
        if CARE not in path.parents and re.search(r"care:|\bcare/", path.read_text("utf-8"))
    }
    assert pages == set()
    root = PACKAGE.parents[1]
    for path in [*(root / "frontend" / "js").rglob("*.js"), *(root / "catalogue").rglob("*.toml")]:
        own = path.parent.name in {"roles", "keeping", "supports", "pulses"}
        assert own or not NAMED.search(path.read_text("utf-8")), path


def test_only_appraised_roles_and_those_who_listen_are_apart() -> None:
    """Who listens does nothing else: no role gives both, so no one person sees both."""
    assert {"care.give_support", "care.view_pulse"} <= set(PERMISSIONS)
    for code, role in catalogue().roles.items():
        if "care.give_support" in role.permissions:
            assert role.permissions == {"care.give_support"}, code


def test_the_log_says_nothing_and_no_rule_or_measure_hears_it() -> None:
    own = {kind: set(one.fields) for kind, one in declared_events().items() if "care." in kind}
    assert own == {
        "care.kept": set(), "care.pulse_opened": {"form", "until"}, "care.pulse_closed": set(),
    }  # fmt: skip
    assert "care.kept" in NEVER_HEARD
    assert not [one for one in SOURCES if "care" in one]
    named = [code for code, rule in catalogue().rules.items() if "care." in str(rule)]
    assert not named


@pytest.mark.django_db
@pytest.mark.both_databases
def test_no_column_of_any_table_holds_it_in_the_clear(somebody: str) -> None:
    for told in (WORDS, CALLED, somebody, somebody.replace("-", ""), "61 小时"):
        assert everywhere(told) == []
    assert not Fact.objects.exists()
    for entry in Entry.objects.filter(kind__startswith="care."):
        assert entry.kind in {"care.kept", "care.pulse_opened"}
        if entry.kind == "care.kept":
            assert (entry.by, entry.subject, entry.text) == ("system:care", "care", "{}")


@pytest.mark.django_db
def test_the_county_s_key_for_names_opens_none_of_it(somebody: str) -> None:
    sealed = bytes(Talk.objects.get().sealed)
    with pytest.raises(BrokenSeal):
        unseal_names(sealed)
    with pytest.raises(InvalidTag):
        sealing.unseal(bytes(PulseBox.objects.get().content))  # the survey has a key of its own
    assert sealing.unseal(sealed)["words"] == WORDS


@pytest.mark.django_db
def test_a_box_says_neither_how_many_nor_who_came_last(somebody: str) -> None:
    """Sorted by what is random, so that an answer's place says nothing of its time."""
    from gongzhi.work.workforce.care.models import Pulse
    from gongzhi.work.workforce.care.opening import lock_of

    one = Pulse.objects.get()
    with moment(NOW + timedelta(hours=1)):
        for n in range(4):
            answered(one, f"o{n}", 2)
    inside = sealing.unseal(bytes(PulseBox.objects.get().content), lock_of(one))
    assert inside["marks"] == sorted(inside["marks"])
    assert set(inside) == {"marks", "sums"}
    assert {field.name for field in PulseBox._meta.get_fields()} == {
        "id", "pulse", "unit", "content"
    }  # fmt: skip


@pytest.mark.django_db
def test_whoever_follows_the_log_and_whatever_is_written_from_it_has_none_of_it(
    somebody: str,
) -> None:
    """Every reader reads to the end, the lake's files are written, every table is looked at again,
    and every file of the home but the database."""
    for name in readers.registered():
        readers.catch_up(name)
    write_behind()
    for told in (WORDS, CALLED, somebody):
        assert everywhere(told) == []
    assert not Fact.objects.exists()
    assert not [kind for kind in (*WEBHOOKS, *HEARD) if kind.startswith("care")]
    home = settings.HOME.root
    (home / "planted.txt").write_text(CALLED, "utf-8")
    holding = {path.name for path in home.rglob("*") if _holds(path, WORDS, CALLED, somebody)}
    assert holding == {"planted.txt"}, "and the search can find"
    (home / "planted.txt").unlink()


def _holds(path: Path, *told: str) -> bool:
    """Whether a file has any of it in the clear; the test database is looked at by its tables."""
    if not path.is_file() or path.suffix.startswith((".sqlite", ".db")):
        return False
    inside = path.read_bytes()
    return any(one.encode() in inside for one in told)


@pytest.mark.django_db
def test_no_address_tells_of_it(somebody: str) -> None:
    """Not even whoever booked, without the code, with every role there is; nor a program with every
    permission."""
    whose = account("officer")
    whose.roles = list(catalogue().roles)
    whose.save()
    client, leaks = Client(), []
    client.force_login(whose)
    told = {"name": "every", "unit": whose.unit, "permissions": list(FOR_PROGRAMS), "owner": whose}
    _key, secret = issue_key(SYSTEM, **told)
    program = {"Authorization": f"Bearer {secret}"}
    key = Talk.objects.get().pk
    for address in addresses():
        if address.path in NO_ANSWER:
            continue
        path = filled(address.path, key)
        asked = [client.get(path), client.post(path)]
        if "/api/" in path:
            asked.append(Client().get(path, headers=program))
        text = " ".join(said_by(one) for one in asked)
        leaks += [f"{path}: {one}" for one in (WORDS, CALLED, somebody) if one in text]
    assert not leaks
    assert client.get("/password/").status_code == 200, "still signed in"


@pytest.mark.django_db
def test_the_walk_finds_it_where_it_is(somebody: str) -> None:
    """Those who listen see it, and the code opens it: so the walk above can fail."""
    client = Client()
    client.force_login(account("listener"))
    assert WORDS in said_by(client.get("/care/desk/"))
    client.force_login(account("officer"))
    assert WORDS in said_by(client.post("/care/talk/", {"code": somebody}))
    assert Slot.objects.get().host != str(account("listener").pk)
