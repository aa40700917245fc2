"""What is told to whoever writes a service file that can't be right, and that a file is enough."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from gongzhi.base.catalogue.load import CatalogueError, read, shipped

GOOD = (shipped() / "services" / "residence_permit.toml").read_text("utf-8")


def refusal(tmp_path: Path, text: str) -> str:
    """What `gongzhi catalogue check` says of this file laid over what ships; "" if it is good."""
    folder = tmp_path / "services"
    folder.mkdir(exist_ok=True)
    (folder / "residence_permit.toml").write_text(text, "utf-8")
    try:
        read(shipped(), tmp_path)
    except CatalogueError as wrong:
        return str(wrong)
    return ""


def put(old: str, new: str) -> Callable[[str], str]:
    def change(text: str) -> str:
        assert old in text, old
        return text.replace(old, new, 1)

    return change


CARD = '{ name = { zh = "工本费", en = "Card" }, yuan = "20" }'
HELD = 'held_by = { zh = "派出所", en = "the police station" }'
HOME = 'code = "home"\nname = { zh = "住在哪里"'
LONELY = """
[[questions]]
code = "lonely"
ask = { zh = "没有人会被问到的", en = "Asked of nobody" }
answers = [
    { code = "yes", zh = "是", en = "Yes", verdict = "can" },
    { code = "no", zh = "否", en = "No", verdict = "can" },
]

[[verdicts]]
code = "can"
"""


@pytest.mark.parametrize(
    ("change", "told"),
    [
        pytest.param(
            put('\n[[verdicts]]\ncode = "can"\n', LONELY), ("lonely", "nobody can reach it"),
            id="a question nobody can reach",
        ),
        pytest.param(
            put('when = { ground = ["school"] }', 'when = { ground = ["retired"] }'),
            ("school_proof", "nobody is ever asked"), id="a material nobody asks for",
        ),
        pytest.param(
            put('fee = "free"', f'fee = "listed"\nfees = [{CARD}]'),
            ("fees", "a fee needs its basis"), id="a fee without basis",
        ),
        pytest.param(
            put('limit = "svc_01"', 'limit = "svc_99"'),
            ("limit", "the law knows no limit"), id="a limit the law doesn't know",
        ),
        pytest.param(
            put('limit = "svc_01"', 'limit = "service_promise_7wd"'),
            ("limit", "is a promise and not law"), id="a promise that passes as law",
        ),
        pytest.param(
            put('promise = "service_promise_7wd"', 'promise = "service_promise_15wd"'),
            ("promise", "longer than the law"), id="a promise longer than the law",
        ),
        pytest.param(
            put('next = "half_year"', 'next = "nowhere"'),
            ("answers.elsewhere.next", "'nowhere'"), id="an answer that leads nowhere",
        ),
        pytest.param(
            put('verdict = "too_early"', 'next = "registered"'),
            ("questions.registered", "leads back to it"), id="questions in a circle",
        ),
        pytest.param(
            put('verdict = "no_ground"', 'verdict = "can"'),
            ("no_ground", "no answer comes to"), id="a verdict nobody gets",
        ),
        pytest.param(
            put(HELD, f'{HELD}\nways = ["upload"]'),
            ("materials", "ways"), id="asking for what the office has",
        ),
        pytest.param(
            put(HOME, HOME.replace("\n", '\nwhen = { handing = ["post"] }\n')),
            ("sections.home", "handing"), id="a page that depends on a later one",
        ),
        pytest.param(
            put('kind = "phone"', 'kind = "phone"\npersonal = false'),
            ("personal", "always lies sealed"), id="a phone number in the clear",
        ),
        pytest.param(
            put('visits = 1', 'visits = 0'), ("visit_for",), id="a visit for nothing",
        ),
        pytest.param(
            put('procedure = "service_application"', 'procedure = "incident"'),
            ("procedure", "none for applications"), id="a procedure of something else",
        ),
        pytest.param(
            put('when = { ground = ["school"] }\n\n[[materials]]',
                'when = { ground = ["school"], half_year = ["no"] }\n\n[[materials]]'),
            ("materials.school_proof", "nobody is ever asked"),
            id="a material whose answers never come together",
        ),
        pytest.param(
            put('en = "Where you study" }\nwhen = { ground = ["school"] }',
                'en = "Where you study" }\nwhen = { ground = ["none"] }'),
            ("sections.school", "no answers lead to"), id="a page nobody gets to",
        ),
        pytest.param(
            put('fact = "living.address"', 'fact = "living.adress"'),
            ("fact", "living.adress", "living.address"), id="a fact misspelt",
        ),
        pytest.param(
            put('fact = "living.address"', 'fact = "person.phone"'),
            ("fact", "phone"), id="a fact of another kind",
        ),
        pytest.param(
            put('code = "employer"\nkind = "text"\nfact = "work.employer"',
                'code = "employer"\nkind = "text"\nfact = "study.school"'),
            ("study.school", "only once"), id="a fact asked twice",
        ),
        pytest.param(
            put('code = "since"', 'code = "phone"'), ("'phone'", "twice"), id="a field twice",
        ),
    ],
)  # fmt: skip
def test_a_file_that_can_t_be_right_is_refused_with_its_name_and_what_is_wrong(
    tmp_path: Path, change: Callable[[str], str], told: tuple[str, ...]
) -> None:
    said = refusal(tmp_path, change(GOOD))
    assert "services/residence_permit.toml" in said
    for words in told:
        assert words in said


def test_what_ships_is_good(tmp_path: Path) -> None:
    assert refusal(tmp_path, GOOD) == ""


def test_a_service_is_added_by_adding_a_file(tmp_path: Path) -> None:
    own = tmp_path / "services"
    own.mkdir()
    text = GOOD.replace('code = "residence_permit"', 'code = "kite_permit"', 1)
    (own / "kite_permit.toml").write_text(text, "utf-8")
    both = read(shipped(), tmp_path)
    assert {"kite_permit", "residence_permit"} <= set(both.services)
    shutil.rmtree(own)


def test_law_is_cited_and_no_promise_is_called_law() -> None:
    whole = read(shipped())
    for service in whole.services.values():
        if service.limit:
            assert whole.clocks[service.limit].authority == "law"
        if service.promise:
            assert whole.clocks[service.promise].authority == "promise"
        assert service.fee != "listed" or service.fees
        assert all(fee.basis for fee in service.fees)
