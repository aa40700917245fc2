"""A formula's exact text: whoever changes a word of it has another formula."""

from __future__ import annotations

from hashlib import sha256

from gongzhi.base.catalogue.kinds.appraisal import Appraisal


def mark_of(formula: Appraisal) -> str:
    """Sixteen hex digits of SHA-256 over all that the file says."""
    return sha256(formula.model_dump_json().encode()).hexdigest()[:16]
