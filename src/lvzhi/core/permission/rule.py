"""Predicates that explain themselves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

A = TypeVar("A")
S = TypeVar("S")
Sentence = Any
"""A string, or a lazily translated one: it is turned into text when it is shown."""


@dataclass(frozen=True)
class Rule(Generic[A, S]):
    """Who may do something to something; `why_not` returns "" when they may."""

    check: Callable[[A, S], Sentence]

    def why_not(self, actor: A, subject: S) -> str:
        """The sentence that tells the actor what stands in the way, or ""."""
        return str(self.check(actor, subject) or "")

    def allows(self, actor: A, subject: S) -> bool:
        """Whether nothing stands in the way."""
        return not self.why_not(actor, subject)

    def __and__(self, other: Rule[A, S]) -> Rule[A, S]:
        """Both must allow; the first refusal is the one told."""
        return Rule(lambda actor, subject: self.why_not(actor, subject) or other.why_not(actor, subject))

    def __or__(self, other: Rule[A, S]) -> Rule[A, S]:
        """Either may allow; if neither does, the last refusal is told."""

        def either(actor: A, subject: S) -> Sentence:
            return "" if self.allows(actor, subject) else other.why_not(actor, subject)

        return Rule(either)


def rule(sentence: Sentence) -> Callable[[Callable[[A, S], bool]], Rule[A, S]]:
    """Make a rule from a predicate and the sentence for when it says no.

    >>> @rule("Only adults may enter.")
    ... def is_adult(age: int, door: str) -> bool:
    ...     return age >= 18
    >>> is_adult.why_not(12, "front")
    'Only adults may enter.'
    """

    def decorate(predicate: Callable[[A, S], bool]) -> Rule[A, S]:
        return Rule(lambda actor, subject: "" if predicate(actor, subject) else sentence)

    return decorate
