"""What a run leaves behind: the answer, the reason for it, and every step that led there. Values only."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from certgate.core.value import field, frozen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from certgate.core.source import Place
    from certgate.csharp.trace import Trace
    from certgate.pki.verdict import Verdict


class Decision(StrEnum):
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    UNDECIDED = "undecided"


@frozen
class Assumption:
    """A "Simulator default" that took part: a stable id, the text, and the section of the fact sheet it rests on."""

    id: str
    text: str
    source: str


@frozen
class LastError:
    """``context.LastError``, in the gateway's own member names."""

    source: str
    reason: str | None
    message: str
    scope: str | None = None
    section: str | None = None
    path: str | None = None
    policy_id: str | None = None


@frozen
class Evaluated:
    """One expression that ran: its text, place and value as C# would write it, or the exception that it threw.

    `trace` is the tree of its sub-expressions, `focus` the place of the first one that the value rests on. SECURITY:
    secrets are already redacted in every text here.
    """

    text: str
    place: Place
    value: str | None = None
    exception: str | None = None
    trace: Trace | None = None
    focus: Place | None = None


@frozen
class Step:
    """One element that was reached. `path` is its position as in ``choose[1]/when[2]``; `effect` one short sentence;
    `data` what a trace of the gateway itself tells of it: texts, numbers and flags by name."""

    element: str
    path: str
    scope: str
    place: Place
    effect: str
    expressions: tuple[Evaluated, ...] = ()
    section: str = ""
    data: Mapping[str, str | bool | int | None] = field(default_factory=dict)


@frozen
class DecidedBy:
    """The policy that answered or failed."""

    element: str
    path: str
    place: Place


@frozen
class BackendRequest:
    """The request as it would reach the backend; `certificate` is the thumbprint of what a policy attached."""

    method: str
    url: str
    headers: Mapping[str, tuple[str, ...]]
    body: str
    attempts: int = 1
    certificate: str | None = None


@frozen
class Call:
    """What a policy sent besides the request to the backend; `certificate` is the thumbprint of what went with it."""

    element: str
    method: str
    url: str
    headers: Mapping[str, tuple[str, ...]]
    body: str
    certificate: str | None = None


@frozen
class Way:
    """One way the run could end when an answer is not known: `given` says under which answer."""

    given: str
    decision: Decision
    status: int | None
    reason: str | None


@frozen
class Open:
    """Why an outcome is undecided: what is not known or not simulated, where, and what would settle it."""

    message: str
    place: Place | None = None
    wanted: tuple[str, ...] = ()
    """Addresses whose answers would settle it."""
    settle: tuple[str, ...] = ()
    """Options, ready to type, that would settle it."""
    ways: tuple[Way, ...] = ()


@frozen
class Received:
    """The request as the gateway received it: `id` of the request, `at` in ISO 8601; `configuration` the entities that
    it belongs to, by kind."""

    id: str
    at: str
    tier: str
    method: str
    url: str
    headers: Mapping[str, tuple[str, ...]]
    configuration: Mapping[str, Mapping[str, str | bool | int] | None]


@frozen
class TraceEntry:
    """What is compared of one entry of a gateway's trace; `failed` is why its policy failed, where it did."""

    section: str
    source: str
    facts: Mapping[str, str] = field(default_factory=dict)
    failed: str | None = None


@frozen
class Outcome:
    """The gateway's answer. Undecided: `status` and `reason` are None and `open` says why."""

    decision: Decision
    status: int | None
    reason: str | None
    headers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    body: str = ""
    decided_by: DecidedBy | None = None
    last_error: LastError | None = None
    backend: BackendRequest | None = None
    calls: tuple[Call, ...] = ()
    steps: tuple[Step, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    verdict: Verdict | None = None
    open: Open | None = None
    hints: tuple[str, ...] = ()
    """What to do next, one sentence each; they never change the answer."""
    received: Received | None = None
    """None where the run kept no trace, or no policy looked at the request."""
    sections: tuple[str, ...] = ()
    """The sections that were entered, in order."""
