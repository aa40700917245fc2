"""What notices say: both languages, and nothing on a locked screen that others may not see."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from gongzhi.base.catalogue.kinds.notice import NoticeText, fields_of, unfit_notices
from gongzhi.base.catalogue.kinds.notice_offers import ALWAYS, OFFERS
from gongzhi.base.catalogue.load import catalogue
from gongzhi.watch.notices.texts import sample, written

PERSONAL = {"code", "link", "stop", "text", "time", "office", "lines", "address", "name", "phone"}
"""None of these may stand in a subject, whatever the occasion."""


def text(**more: object) -> dict[str, object]:
    told: dict[str, object] = {
        "code": "matter_accepted",
        "name": {"zh": "受理", "en": "Accepted"},
        "subject": {"zh": "{number} 受理了", "en": "{number} accepted"},
        "text": {"zh": "{number} {link} {stop}", "en": "{number} {link} {stop}"},
        "short": {"zh": "{number} {stop}", "en": "{number} {stop}"},
    }
    return told | more


def test_every_occasion_has_words_and_a_missing_one_is_named() -> None:
    texts = catalogue().notices
    assert set(texts) == set(OFFERS)
    assert "notices/code.toml" in unfit_notices({})[0]


@pytest.mark.parametrize("code", sorted(OFFERS))
def test_no_subject_can_hold_personal_data(code: str) -> None:
    assert not OFFERS[code].harmless & PERSONAL
    used = fields_of(catalogue().notices[code].subject.zh + catalogue().notices[code].subject.en)
    assert used <= OFFERS[code].harmless | ALWAYS


@given(st.sampled_from(sorted(OFFERS)), st.text(min_size=6, max_size=40), st.data())
def test_whatever_is_known_a_subject_shows_harmless_fields_only(
    code: str, secret: str, drawn: st.DataObject
) -> None:
    """Also where somebody's own words stand in every other field, with line breaks and braces."""
    marked = f"〖{secret}〗"
    offer = OFFERS[code]
    language = drawn.draw(st.sampled_from(["zh-hans", "en"]))
    facts = dict.fromkeys(offer.all_fields - offer.for_subjects, marked)
    facts |= {"county": "海平", "nobody": marked}
    said = written_without_database(code, facts, language)
    assert "〖" not in said
    assert "\n" not in said
    assert "\r" not in said


def written_without_database(code: str, facts: dict[str, str], language: str) -> str:
    from unittest.mock import patch

    with patch("gongzhi.watch.notices.texts.county_name", lambda: "海平"):
        return written(code, facts, language).subject


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"subject": {"zh": "{link} 受理了", "en": "x"}}, r"subject.zh: {link}"),
        ({"subject": {"zh": "受理", "en": "for {name}"}}, r"subject.en: {name}"),
        ({"subject": {"zh": "一\n二", "en": "x"}}, "one line"),
        ({"text": {"zh": "{stop} {words}", "en": "{stop}"}}, r"text.zh: {words}"),
        ({"text": {"zh": "没有办法退订", "en": "{stop}"}}, r"text.zh: expected {stop}"),
        ({"short": {"zh": "{stop}" + "长" * 250, "en": "{stop}"}}, "at most 250"),
        ({"short": {"zh": "{stop} {num ber}", "en": "{stop}"}}, "brace"),
        ({"code": "something_else"}, "expected one of"),
    ],
)
def test_a_text_that_does_not_fit_is_refused_by_name(change: dict, named: str) -> None:
    with pytest.raises(ValidationError, match=named):
        NoticeText.model_validate(text(**change))


def test_what_fits_is_taken() -> None:
    assert NoticeText.model_validate(text()).code == "matter_accepted"


@pytest.mark.django_db
@pytest.mark.parametrize("code", sorted(OFFERS))
def test_no_gap_is_left_in_either_language(code: str) -> None:
    for language in ("zh-hans", "en"):
        said = written(code, sample(catalogue().notices[code]), language)
        for part in (said.subject, said.text, said.short):
            assert "{" not in part
            assert part.strip()
        if language == "en":
            assert not any("一" <= one <= "鿿" for one in english_only(code))


def english_only(code: str) -> str:
    text = catalogue().notices[code]
    return text.subject.en + text.text.en + text.short.en
