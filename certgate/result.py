"""What reporters are given; the exit code is a pure function of it, the same in every format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.core.value import frozen
from certgate.exit_code import Exit, worst
from certgate.gateway.outcome import Decision

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from certgate.core.finding import Finding
    from certgate.gateway.checked import CheckedFile
    from certgate.gateway.expression import Answer
    from certgate.gateway.outcome import Outcome, TraceEntry
    from certgate.gateway.typed import Typed
    from certgate.pki.chains.candidates import Alternatives
    from certgate.pki.verdict import Verdict


@frozen
class Client:
    """The certificate of a case: the file as typed, its thumbprint and subject."""

    source: str
    thumbprint: str
    subject: str


@frozen
class Expectation:
    """What ``--expect`` and ``--expect-reason`` ask of an answer; None asks nothing."""

    status: int | None = None
    reason: str | None = None

    def __bool__(self) -> bool:
        return self.status is not None or self.reason is not None

    def unmet(self, outcome: Outcome) -> str | None:
        """What is not as expected, in words, or None. The gateway's own reason code counts as a reason too."""
        if self.status is not None and outcome.status != self.status:
            return f"expected {self.status}, got {outcome.status}"
        codes = (outcome.reason, outcome.last_error.reason if outcome.last_error else None)
        if self.reason is not None and self.reason not in codes:
            return f"expected the reason {self.reason!r}, got {' / '.join(repr(code) for code in codes if code)}"
        return None


@frozen
class Asked:
    """The request of a case, where a file holds several: its number, what it asks for, its name, and when."""

    index: int
    method: str
    url: str
    name: str | None
    at: datetime


@frozen
class Case:
    """One request with one certificate (None: the client presented none) under one policy."""

    client: Client | None
    policy: str
    outcome: Outcome
    expectation: Expectation = Expectation()
    request: Asked | None = None

    @property
    def unmet(self) -> str | None:
        return None if self.outcome.decision is Decision.UNDECIDED else self.expectation.unmet(self.outcome)

    @property
    def exit_code(self) -> Exit:
        if self.outcome.decision is Decision.UNDECIDED:
            return Exit.UNDECIDED
        if self.expectation:
            return Exit.EXPECTATION if self.unmet else Exit.OK
        return Exit.OK if self.outcome.decision is Decision.ACCEPTED else Exit.REJECTED


@frozen
class Report:
    """All cases of one ``certgate validate``; `notes` are on its policies."""

    now: datetime
    cases: tuple[Case, ...]
    notes: tuple[Finding, ...] = ()

    @property
    def exit_code(self) -> Exit:
        return worst(case.exit_code for case in self.cases)


@frozen
class CheckReport:
    """All files of one ``certgate check``, those without a policy too."""

    files: tuple[CheckedFile, ...]

    @property
    def exit_code(self) -> Exit:
        return Exit.INPUT if any(each.problems for each in self.files) else Exit.OK


@frozen
class Comparison:
    """A real trace beside a simulated one. `same`: how many steps are the same, from the first on. `real` and
    `simulated`: the step where they part, None where that trace has ended; both None where they never part. `ignored`:
    sources that are not compared, with how often the real trace has them. `open`: why nobody knows how the simulation
    goes on."""

    file: str
    same: int
    real: TraceEntry | None
    simulated: TraceEntry | None
    differs: tuple[str, ...]
    ignored: Mapping[str, int]
    open: str | None = None

    @property
    def parts(self) -> bool:
        return self.real is not None or self.simulated is not None

    @property
    def exit_code(self) -> Exit:
        if self.open is not None and self.simulated is None:
            return Exit.UNDECIDED
        return Exit.EXPECTATION if self.parts else Exit.OK


@frozen
class PolicyWay:
    """What ``validate-client-certificate`` without attributes says, `given` an answer that nobody knows (empty: nothing
    is open): `reason` None is a pass. `confirmed`: somebody has seen this reason with this message."""

    given: str
    reason: str | None = None
    message: str = ""
    confirmed: bool = True


@frozen
class VerifiedCertificate:
    """One certificate of ``certgate verify``. `question` says what `verdict` answers: ``Verify()``,
    ``VerifyNoRevocation()``, or a build with the scope and purpose that were asked for.

    `verify` is what ``Verify()`` says in a policy; None where revocation is not looked into. `settle` are the options
    that decide an open verdict, `hints` what to do about one that is not good, `paths` every candidate path.
    """

    client: Client
    question: str
    verdict: Verdict
    verify: Verdict | None
    without_revocation: Verdict
    policy: tuple[PolicyWay, ...]
    settle: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    paths: Alternatives | None = None

    @property
    def exit_code(self) -> Exit:
        match self.verdict.build:
            case None:
                return Exit.UNDECIDED
            case True:
                return Exit.OK
            case False:
                return Exit.REJECTED


@frozen
class ExpressionCase:
    """One expression of ``certgate eval`` as it was typed, and the answer to it, secrets already masked."""

    typed: Typed
    answer: Answer

    @property
    def problems(self) -> tuple[Finding, ...]:
        """Why there is no value; nothing where there is one."""
        return self.typed.problems(self.answer)

    @property
    def exit_code(self) -> Exit:
        answer = self.answer
        if answer.diagnostics:
            return Exit.INPUT
        if answer.unsupported is not None or answer.undecided is not None:
            return Exit.UNDECIDED
        return Exit.OK if answer.exception is None else Exit.REJECTED
