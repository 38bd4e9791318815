"""What the rules of revocation hand to each other: what is known of an element, and what was found on the way."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple, Protocol

from certgate.pki.verdict import ChainStatus, Evidence, Revocation, RevocationScope

if TYPE_CHECKING:
    from datetime import datetime

    from certgate.core.fetch import Fetcher
    from certgate.pki.chains.checks import Fault
    from certgate.pki.chains.facts import Facts
    from certgate.pki.stores.trust import StoredCrl


class Standing(Enum):
    """What is known of one element."""

    GOOD = "good"
    REVOKED = "revoked"
    UNKNOWN = "unknown"
    UNANSWERED = "not answered"


class Authorities(Protocol):
    """The certificates at hand besides the chain, for those who look for the signer of a list or an answer."""

    def named(self, subject: tuple[object, ...]) -> tuple[Facts, ...]:
        """Those with this subject, in the form in which names are compared."""

    def path(self, certificate: Facts, others: tuple[Facts, ...] | None = None) -> tuple[Facts, ...] | None:
        """The path of a certificate to a trusted root, itself first; None where there is none without a fault.

        `others` are the certificates to find it with, by default all that are at hand.
        """


class Inquiry(NamedTuple):
    """A complete chain, and what is to be found out about it.

    `lists` are those of the trust store, `faults` those of the chain in the order in which .NET finds them. `trusted`
    says that it leads to a root of the trust store with nothing wrong but dates. Without a `fetcher` nobody answers.
    """

    elements: tuple[Facts, ...]
    lists: tuple[StoredCrl, ...]
    now: datetime
    mode: Revocation
    scope: RevocationScope
    authorities: Authorities
    faults: tuple[Fault, ...] = ()
    trusted: bool = True
    fetcher: Fetcher | None = None

    @property
    def obstacle(self) -> Fault | None:
        """The fault for which .NET asks nobody: the first of all, unless it is a date."""
        return self.faults[0] if self.faults and self.faults[0].status is not ChainStatus.NOT_TIME_VALID else None


class Findings:
    """What was found: flags and sentences by depth, what is known of each depth that was in question, the evidence, and
    the addresses and options that would settle what is open."""

    def __init__(self) -> None:
        self.flags: dict[int, list[tuple[ChainStatus, str]]] = {}
        self.standings: dict[int, Standing] = {}
        self.evidence: list[Evidence] = []
        self.notes: list[str] = []
        self.wanted: tuple[str, ...] = ()
        self.settle: tuple[str, ...] = ()

    def known(self, depth: int) -> str:
        """What is known of one depth, as a word; empty where it was not in question."""
        standing = self.standings.get(depth)
        return "" if standing is None else standing.value

    @property
    def open(self) -> bool:
        """Whether the status of an element hangs on an answer that nobody knows."""
        return Standing.UNANSWERED in self.standings.values()

    def unknown(self, depth: int, reason: str) -> None:
        """.NET sets both flags together."""
        self.flags[depth] = [
            (ChainStatus.OFFLINE_REVOCATION, reason),
            (ChainStatus.REVOCATION_STATUS_UNKNOWN, "so whether it has been revoked is not known"),
        ]
