"""Whoever reads a code at an address proves that it is theirs; nothing more is known, or kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import override_settings

from gongzhi.base.access import tries
from gongzhi.base.log.actions import moment
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.models import Entry
from gongzhi.base.reach.actions import ask_code, forget_old, note_sent, prove
from gongzhi.base.reach.addresses import normal
from gongzhi.base.reach.models import Proof
from gongzhi.base.reach.readers import let_go
from gongzhi.base.ui.errors import Refused
from tests.safeguards.test_erasure import everywhere

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
RESIDENT = Actor.resident()
PHONE = "13800001234"
AT = datetime(2026, 3, 2, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def nobody_has_tried() -> None:
    tries.forget_all()


def asked(address: str = PHONE, kind: str = "sms") -> Proof:
    return ask_code(RESIDENT, kind, address, purpose="trial")


def proved(address: str = PHONE, kind: str = "sms") -> Proof:
    proof = asked(address, kind)
    return prove(RESIDENT, proof.key, proof.code)


def wrong(proof: Proof) -> str:
    return f"{(int(proof.code) + 1) % 1000000:06}"


def test_the_code_proves_the_address_once() -> None:
    proof = asked()
    assert proof.code.isdecimal()
    assert len(proof.code) == 6
    done = prove(RESIDENT, proof.key, f" {proof.code[:3]} {proof.code[3:]} ")
    assert done.proved_at
    assert done.address == PHONE
    with pytest.raises(Refused, match="重新获取"):
        prove(RESIDENT, proof.key, proof.code)
    kinds = list(Entry.objects.order_by("seq").values_list("kind", flat=True))
    assert kinds == ["reach.code_asked", "reach.address_proved"]


def test_the_log_and_the_tables_tell_no_address_and_no_code() -> None:
    proof = asked("Ou.Yang@Example.org", "email")
    assert everywhere("ou.yang@example.org") == []
    assert everywhere(proof.code) == []
    assert '"proof"' in Entry.objects.get().text


def test_a_wrong_code_proves_nothing_and_the_sixth_try_is_none() -> None:
    proof = asked()
    for _try in range(5):
        with pytest.raises(Refused) as refused:
            prove(RESIDENT, proof.key, wrong(proof))
        assert refused.value.status == 422
    with pytest.raises(Refused) as refused:
        prove(RESIDENT, proof.key, proof.code)
    assert refused.value.status == 429
    assert Proof.objects.get().proved_at is None
    assert Entry.objects.count() == 1


def test_after_ten_minutes_the_code_proves_nothing() -> None:
    with moment(AT):
        proof = asked()
    with moment(AT + timedelta(minutes=10)), pytest.raises(Refused) as refused:
        prove(RESIDENT, proof.key, proof.code)
    assert refused.value.status == 410


def test_an_unknown_key_is_answered_as_an_old_one() -> None:
    with pytest.raises(Refused) as refused:
        prove(RESIDENT, "nobody has this", "123456")
    assert refused.value.status == 410


def test_nobody_s_phone_is_flooded() -> None:
    for _time in range(3):
        asked()
    with pytest.raises(Refused) as refused:
        asked("+86 138-0000-1234")
    assert refused.value.status == 429
    assert asked("13800001235")
    assert Proof.objects.count() == 4


def test_one_asker_gets_so_many_codes_an_hour() -> None:
    for number in range(10):
        ask_code(RESIDENT, "sms", f"1390000{number:04}", purpose="trial", asker="192.0.2.1")
    with pytest.raises(Refused) as refused:
        ask_code(RESIDENT, "sms", "13900009999", purpose="trial", asker="192.0.2.1")
    assert refused.value.status == 429
    assert ask_code(RESIDENT, "sms", "13900009999", purpose="trial", asker="192.0.2.2")


def test_a_mark_is_the_same_in_a_scope_and_strange_in_another() -> None:
    first, again, other = proved(), proved("+86 138 0000 1234"), proved("13800001235")
    assert first.mark("votes:7") == again.mark("votes:7")
    assert first.mark("votes:7") != other.mark("votes:7")
    assert first.mark("votes:7") != first.mark("votes:8")
    assert PHONE not in first.mark("votes:7")


def test_what_is_not_proved_has_no_mark() -> None:
    with pytest.raises(ValueError, match="proved"):
        asked().mark("votes:7")


def test_without_the_county_s_key_no_number_can_be_tried_out(settings, tmp_path) -> None:
    proof = proved()
    mark = proof.mark("votes:7")
    with override_settings(HOME=type(settings.HOME)(tmp_path)):
        assert proof.mark("votes:7") != mark


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        ("sms", " 138 0000 1234", PHONE),
        ("sms", "+86-138-0000-1234", PHONE),
        ("sms", "１３８００００１２３４", PHONE),
        ("email", " Ou@Example.ORG ", "ou@example.org"),
        ("email", "ou@海平.example", "ou@xn--gwt274a.example"),
    ],
)
def test_an_address_is_kept_in_one_form(kind: str, typed: str, kept: str) -> None:
    assert normal(kind, typed) == kept


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("sms", "12345"), ("sms", "0580-2600001"), ("sms", "+44 7700 900123"), ("sms", ""),
        ("email", "ou"), ("email", "@example.org"), ("email", "a b@example.org"), ("email", ""),
        ("email", "ou@example.org\nBcc: all@example.org"), ("email", "x" * 250 + "@example.org"),
        ("fax", "26000001"),
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused(kind: str, typed: str) -> None:
    with pytest.raises(Refused) as refused:
        normal(kind, typed)
    assert refused.value.status == 422


def test_once_sent_the_code_is_readable_nowhere_and_still_proves() -> None:
    proof = asked()
    code = proof.code
    note_sent(Actor.system("notices"), proof)
    assert Proof.objects.get().code == ""
    assert prove(RESIDENT, proof.key, code).proved_at


def test_proofs_are_erased_within_the_hour() -> None:
    with moment(AT):
        asked()
    with moment(AT + timedelta(minutes=59)):
        proved("13800009999")
        assert let_go() == 0
    with moment(AT + timedelta(minutes=61)):
        assert let_go() == 1
        assert Proof.objects.get().address == "13800009999"
        assert forget_old(Actor.system("reach"), AT + timedelta(hours=2)) == 1
    assert not Proof.objects.exists()
