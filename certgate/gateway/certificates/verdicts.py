"""Verdicts for one run: chains are built when first asked for, and what is not known is answered as the run was told.

Knows which questions stayed open, in the order in which they were asked. Does not know who asks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.core.value import frozen
from certgate.pki.verdict import ChainStatus, Revocation

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from certgate.pki.certificate import Certificate
    from certgate.pki.verdict import Verdict

    Build = Callable[[Certificate, Revocation], Verdict]


@frozen
class Question:
    """A certificate that may be good or not: nobody knows. `revocation`: its revocation was asked for too."""

    certificate: Certificate
    revocation: bool

    @property
    def method(self) -> str:
        return "Verify()" if self.revocation else "VerifyNoRevocation()"


@frozen
class Asked:
    """A question, the answer that this run was given, and the verdict that left it open."""

    question: Question
    good: bool
    verdict: Verdict

    @property
    def issuer_missing(self) -> bool:
        """Whether it is an issuer that is not known, rather than revocation."""
        return ChainStatus.PARTIAL_CHAIN in self.verdict.status

    def needs(self, who: str | None = None) -> str:
        """What has to be known; `who` asks, by default the method that stands for the question."""
        lead = f"{who or self.question.method} needs to know"
        if self.issuer_missing:
            return f"{lead} which certificate issued {self.verdict.elements[-1].certificate.subject}"
        return f"{lead} whether {self.question.certificate.subject} is revoked"


class Verdicts:
    """`build` makes a verdict; `answers` are those to the first open questions, later ones are answered *good*."""

    def __init__(self, build: Build, revocation: Revocation, answers: Sequence[bool] = ()) -> None:
        self._build = build
        self._revocation = revocation
        self._answers = tuple(answers)
        self._built: dict[Question, Verdict] = {}
        self._open: dict[Question, Asked] = {}

    @property
    def asked(self) -> tuple[Asked, ...]:
        """The open questions, in the order in which they came up."""
        return tuple(self._open.values())

    @property
    def others(self) -> list[tuple[bool, ...]]:
        """The answers that further runs are to be given, so that together every way is tried once: those of this run up
        to a question that it was not told about, and *bad* to that."""
        given = [asked.good for asked in self.asked]
        return [(*given[:at], False) for at in range(len(self._answers), len(given))]

    def of(self, certificate: Certificate, revocation: bool) -> Verdict:
        """The verdict of ``Verify()``'s chain, or, without `revocation`, of ``VerifyNoRevocation()``'s."""
        question = Question(certificate, revocation)
        found = self._built.get(question)
        if found is None:
            mode = self._revocation if revocation else Revocation.NONE
            found = self._built[question] = self._build(certificate, mode)
        return found

    def built(self, certificate: Certificate) -> Verdict | None:
        """The fullest verdict on this certificate that anything asked for."""
        return self._built.get(Question(certificate, True)) or self._built.get(Question(certificate, False))

    @property
    def notes(self) -> tuple[str, ...]:
        """What there is to say of the chains that were built, each once."""
        return tuple(dict.fromkeys(note for verdict in self._built.values() for note in verdict.notes))

    def good(self, certificate: Certificate, revocation: bool) -> bool:
        """What ``Verify()`` answers. SECURITY: an open question is answered as told and remembered as open."""
        verdict = self.of(certificate, revocation)
        return verdict.build if verdict.build is not None else self.answer(certificate, revocation)

    def answer(self, certificate: Certificate, revocation: bool) -> bool:
        """The answer to a question that is open, the same each time it is asked in a run."""
        question = Question(certificate, revocation)
        found = self._open.get(question)
        if found is None:
            other = self._open.get(Question(certificate, not revocation))
            # Good with revocation is good without, and bad without is bad with it: no question of its own.
            if other is not None and other.good is not revocation:
                return other.good
            at = len(self._open)
            good = self._answers[at] if at < len(self._answers) else True
            found = self._open[question] = Asked(question, good, self.of(certificate, revocation))
        return found.good
