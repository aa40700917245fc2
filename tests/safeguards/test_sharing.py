"""Nothing sensitive can be put into an agreement or question; what isn't agreed never leaves."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.db import models
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from gongzhi.base.catalogue.kinds.dataset import Dataset, Sensitivity
from gongzhi.base.catalogue.kinds.forecast import forbidden
from gongzhi.base.catalogue.kinds.offer import FIELDS, NEVER, Offer, unfit_offers, use_of
from gongzhi.base.catalogue.kinds.question import Question, unfit_questions
from gongzhi.base.catalogue.load import CatalogueError, catalogue, shipped
from gongzhi.base.catalogue.load import read as read_catalogue
from gongzhi.base.matters.models import Matter
from gongzhi.base.ui.errors import Refused
from gongzhi.watch.exchange.agreements import actions
from gongzhi.watch.exchange.agreements.models import Agreement
from gongzhi.watch.exchange.agreements.rows import COLUMNS, read
from gongzhi.watch.exchange.agreements.selectors import fields_shown
from gongzhi.watch.exchange.datasets.selectors import everything, told_of
from tests.house.source import PACKAGE, python_files
from tests.watch.agreements.cast import WHY, agreed, as_, asked, contact, county, in_days, requests

WORD = {"zh": "字", "en": "word"}
PERSON = re.compile(r"name|phone|party|person|account|owner$|words|lat$|lon$|answers|beat|h9|key")
SEALED_PROCEDURES = ("police_complaint", "officer_rights", "administrative_case", "proposal")


def offer(source: str, *fields: str, **more: Any) -> dict[str, Any]:
    told = [{"name": one, "says": WORD, "sensitivity": "open"} for one in fields or ("town",)]
    return {"code": "an_offer", "name": WORD, "about": WORD, "source": source, "owner": "hotline",
            "fields": told, **more}  # fmt: skip


@pytest.mark.parametrize("code", sorted(catalogue().datasets))
@pytest.mark.django_db
def test_no_dataset_is_shared_but_through_the_few_offers(code: str) -> None:
    """Walks every dataset: by its own name it can't be asked for, and if it is sensitive, or of
    those that are never shared, no offer leads to it, even if a county's file says so."""
    dataset = catalogue().datasets[code]
    county()
    if code not in catalogue().offers:
        with pytest.raises(Refused):
            actions.ask_sharing(
                as_(contact("housing")), offer=code, fields=["town"], until=in_days(9), **WHY
            )
    for table in told_of(dataset).tables:
        with pytest.raises(ValidationError):
            Offer.model_validate(offer(f"matters:{table.label.replace('.', '_')}"))
    closed = dataset.sensitivity == Sensitivity.SENSITIVE or code in NEVER
    leads = [one for one in catalogue().offers.values() if one.dataset == code]
    assert not (closed and leads)
    for one in leads:
        stricter = dict(catalogue().datasets)
        stricter[code] = dataset.model_copy(update={"sensitivity": Sensitivity.SENSITIVE})
        assert list(unfit_offers({one.code: one}, catalogue().connectors, stricter))


def test_what_is_sealed_or_sensitive_is_among_what_is_never_shared() -> None:
    sensitive = {
        one.dataset.code for one in everything() if one.dataset.sensitivity == Sensitivity.SENSITIVE
    }
    assert sensitive <= NEVER
    assert {"appraisal", "care", "complaints", "integrity", "rights"} <= NEVER


@pytest.mark.parametrize("procedure", SEALED_PROCEDURES)
def test_complaints_cases_and_opinions_are_no_source(procedure: str) -> None:
    assert procedure in catalogue().procedures
    with pytest.raises(ValidationError):
        Offer.model_validate(offer(f"matters:{procedure}"))


@pytest.mark.parametrize(
    "name",
    [{"zh": "信访件", "en": "x"}, {"zh": "x", "en": "Complaints"}, {"zh": "居民意见", "en": "x"}],
)
def test_a_source_of_petitions_or_opinions_can_not_be_offered_whatever_it_is_called(
    name: dict[str, str],
) -> None:
    with pytest.raises(ValidationError):
        Offer.model_validate(offer("connector:street_lamps", name=name))
    with pytest.raises(ValidationError):
        Question.model_validate(question(name=name))


def test_a_matter_is_offered_by_fields_that_tell_of_nobody() -> None:
    columns = {one.name for one in Matter._meta.concrete_fields}
    assert set(COLUMNS) == set(FIELDS)
    for column in COLUMNS.values():
        first = column.partition("__")[0]
        assert first == "pk" or first in columns
        assert not PERSON.search(first.removeprefix("owner_"))


def sealed_connector() -> Any:
    plain = catalogue().connectors["street_lamps"].model_dump(mode="json")
    personal = {"purpose": WORD, "basis": {"statute": WORD}}
    plain["contract"]["fields"].append(
        {"name": "phone", "says": {"zh": "报修人电话", "en": "phone"}, "personal": personal}
    )
    return type(catalogue().connectors["street_lamps"]).model_validate(plain)


def test_a_sealed_field_of_a_source_can_be_neither_offered_nor_counted() -> None:
    held = sealed_connector()
    made = Offer.model_validate(
        offer("connector:street_lamps", "lamp", "phone", owner="city_management")
    )
    faults = list(unfit_offers({"x": made}, {held.code: held}, catalogue().datasets))
    assert len(faults) == 1
    assert "phone" in faults[0]
    assert use_of(made, "phone", {held.code: held}) == ""


def question(**more: Any) -> dict[str, Any]:
    counted = {"code": "some", "name": WORD, "offer": "street_lamps", **more.pop("counted", {})}
    return {"code": "a_question", "name": WORD, "about": WORD, "counts": [counted],
            "examples": [{"rows": {}, "told": {}}], **more}  # fmt: skip


@pytest.mark.parametrize(
    "counted",
    [
        {"kind": "lamp"}, {"town": "lamp"}, {"kind": "watts"}, {"kind": "inspected_at"},
        {"when": "state"}, {"offer": "complaints"}, {"offer": "requests", "kind": "row"},
        {"offer": "requests", "kind": "unit"}, {"offer": "requests", "town": "h7"},
        {"offer": "requests", "kind": "category", "only": ["police_complaint"]},
        {"offer": "requests", "kind": "category", "only": ["proposal"]},
    ],
)  # fmt: skip
def test_a_question_counts_by_place_time_and_kind_and_by_nothing_that_is_one_of_its_kind(
    counted: dict[str, Any],
) -> None:
    whole = catalogue()
    made = {"q": Question.model_validate(question(counted=counted))}
    assert list(unfit_questions(made, whole.offers, whole.connectors, whole.categories))


@pytest.mark.parametrize(
    ("folder", "name", "was", "now", "fault"),
    [
        ("offers", "requests", "matters:resident_request", "matters:police_complaint", "source"),
        ("offers", "street_lamps", 'name = "watts"', 'name = "inspector"', "fields"),
        ("offers", "street_lamps", '"city_management"', '"hotline"', "owner"),
        ("questions", "lamps_and_requests", 'kind = "state"', 'kind = "lamp"', "counts.lamps"),
        ("questions", "lamps_and_requests", '["lamp_out"]', '["police_complaint"]', "counts"),
    ],
)
def test_a_county_that_writes_it_so_does_not_start(
    tmp_path: Path, folder: str, name: str, was: str, now: str, fault: str
) -> None:
    text = (shipped() / folder / f"{name}.toml").read_text("utf-8")
    assert was in text
    (tmp_path / folder).mkdir()
    (tmp_path / folder / f"{name}.toml").write_text(text.replace(was, now), "utf-8")
    with pytest.raises(CatalogueError) as said:
        read_catalogue(shipped(), tmp_path)
    assert f"{folder}/{name}.toml: " in str(said.value)
    assert fault in str(said.value)


def test_what_ships_is_lawful_and_asks_for_nothing_forbidden() -> None:
    whole = catalogue()
    assert not list(unfit_offers(whole.offers, whole.connectors, whole.datasets))
    for one in whole.questions.values():
        for counted in one.counts:
            assert not any(forbidden(whole.categories[code]) for code in counted.only if
                           code in whole.categories)  # fmt: skip


@pytest.mark.django_db
def test_nothing_is_ticked_before_somebody_ticks_it(client: Any) -> None:
    county()
    client.force_login(contact("housing"))
    for code in [*catalogue().offers, "questions"]:
        page = client.get(f"/sharing/ask/{code}/").content.decode()
        assert 'name="fields_wanted"' in page
        assert "checked" not in page


NAMES = [one.name for one in catalogue().offers["requests"].fields]


@pytest.fixture
def standing(db: None) -> Agreement:
    requests(3)
    return agreed(fields=NAMES)


@settings(max_examples=40)
@given(fields=st.lists(st.sampled_from([*NAMES, "narrative", "phone", "pk", "lat"]), unique=True))
def test_a_field_that_was_not_agreed_never_leaves(standing: Agreement, fields: list[str]) -> None:
    """For any set of fields, written into the row by whatever way: what leaves are those of it
    that are offered, and the words, the name and the telephone never."""
    standing.fields = fields
    offered = standing.offer_item
    assert offered is not None
    page, _following = read(standing, offered, "", 10)
    assert len(page) == 3
    for row in page:
        assert set(row) == set(fields) & set(NAMES)
    told = json.dumps(page, ensure_ascii=False)
    assert not re.search("欧阳慕容婉清|13800000000|巷口的灯|海平路", told)


@pytest.mark.django_db
def test_an_agreement_that_waits_was_refused_or_is_over_gives_nothing() -> None:
    requests(1)
    for state in ("waiting", "refused", "withdrawn", "ended", "expired"):
        made = asked()
        Agreement.objects.filter(pk=made.pk).update(state=state)
        with pytest.raises(Refused) as why:
            actions.give_rows(as_(contact("housing")), made)
        assert why.value.code == "agreement_over"


def test_rows_and_answers_leave_through_one_door() -> None:
    """Only the edge gives: nothing else in the platform reads what is offered."""
    within = PACKAGE / "watch" / "exchange" / "agreements"
    reading = re.compile(
        r"agreements\.(rows|counting|edge) import|agreements import edge|give_rows|answer_question"
    )
    doors = {within / "edge.py", within / "api" / "routes.py"}
    inner = {within / "actions" / "__init__.py", within / "actions" / "giving.py"}
    found = {path for path in python_files("src") if reading.search(path.read_text("utf-8"))}
    demo = {path for path in found if "demo" in path.parts}
    assert found - demo == doors | inner


def test_a_page_shows_what_is_sealed_and_offers_no_box_for_it() -> None:
    made = Offer.model_validate(offer("connector:street_lamps", "lamp", owner="city_management"))
    assert not any(one.sealed for one in fields_shown(made))
    assert all(one.sensitivity in {"open", "internal"} for one in fields_shown(made))


def test_the_tables_of_agreements_hold_no_person() -> None:
    from django.apps import apps

    for model in apps.get_app_config("agreements").get_models():
        for field in model._meta.concrete_fields:
            assert not re.search(r"person|phone|party|matter", field.name)
            assert not isinstance(field, models.BinaryField)


def test_the_dataset_of_what_is_shared_says_itself_what_it_holds() -> None:
    one = catalogue().datasets["sharing"]
    assert isinstance(one, Dataset)
    assert one.sensitivity == Sensitivity.INTERNAL
