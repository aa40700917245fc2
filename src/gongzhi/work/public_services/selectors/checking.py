"""The check: a few questions, one after the other, and what they come to. Nobody's answers are kept
but those with which an application is begun."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gongzhi.base.catalogue.kinds.service import Service
from gongzhi.base.catalogue.kinds.service_parts import Ask, Reply, Verdict


@dataclass(frozen=True)
class Check:
    """How far it has come: what was answered, and the next question or the verdict."""

    answered: tuple[tuple[Ask, Reply], ...]
    question: Ask | None = None
    verdict: Verdict | None = None

    @property
    def answers(self) -> dict[str, str]:
        """Question → answer, codes only."""
        return {one.code: reply.code for one, reply in self.answered}


def check(service: Service, given: Mapping[str, str]) -> Check:
    """Follow the answers from the first question on. What isn't on the way is left out, so that a
    changed answer takes what followed from it along."""
    answered: list[tuple[Ask, Reply]] = []
    question = service.questions[0] if service.questions else None
    while question is not None:
        reply = question.answer(given.get(question.code, ""))
        if reply is None:
            return Check(tuple(answered), question=question)
        answered.append((question, reply))
        if reply.verdict is not None:
            return Check(tuple(answered), verdict=service.verdict(reply.verdict))
        question = service.question(reply.next or "")
    return Check(tuple(answered))


def may_apply(service: Service, given: Mapping[str, str]) -> bool:
    """Whether these answers let one apply; a service that asks nothing lets everybody."""
    verdict = check(service, given).verdict
    return not service.questions or (verdict is not None and verdict.kind == "yes")
