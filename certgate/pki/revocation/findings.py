"""What the rules of revocation hand to each other: what is known of an element, and what was found on the way."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Protocol

from certgate.core.value import field, frozen, slotted
from certgate.pki.verdict import ChainStatus, Evidence, Revocation, RevocationScope

if TYPE_CHECKING:
    from datetime import datetime

    from certgate.core.fetch import Fetcher
    from certgate.pki.facts import Facts
    from certgate.pki.trust import StoredCrl


class Standing(Enum):
    """What is known of one element."""

    GOOD = "good"
    REVOKED = "revoked"
    UNKNOWN = "unknown"
    UNANSWERED = "not answered"


class Authorities(Protocol):
    """The certificates at hand besides the chain, for those who look for the signer of a list."""

    def named(self, subject: tuple[object, ...]) -> tuple[Facts, ...]:
        """Those with this subject, in the form in which names are compared."""

    def path(self, certificate: Facts) -> tuple[Facts, ...] | None:
        """The path of a certificate to a trusted root, itself first; None where there is none without a fault."""


@frozen
class Inquiry:
    """A complete chain, and what is to be found out about it.

    `lists` are those of the trust store. `asks` is false where .NET asks nobody, because the chain is refused anyway.
    `trusted` says that it ends in a root of the trust store. Without a `fetcher` no address answers.
    """

    elements: tuple[Facts, ...]
    lists: tuple[StoredCrl, ...]
    now: datetime
    mode: Revocation
    scope: RevocationScope
    authorities: Authorities
    asks: bool = True
    trusted: bool = True
    fetcher: Fetcher | None = None


@slotted
class Findings:
    """What was found: flags and sentences by depth, the evidence, and the depths that wait for an answer."""

    flags: dict[int, list[tuple[ChainStatus, str]]] = field(default_factory=dict)
    evidence: list[Evidence] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    unanswered: list[int] = field(default_factory=list)
    wanted: tuple[str, ...] = ()

    def unknown(self, depth: int, reason: str) -> None:
        """.NET sets both flags together."""
        self.flags[depth] = [
            (ChainStatus.OFFLINE_REVOCATION, reason),
            (ChainStatus.REVOCATION_STATUS_UNKNOWN, "so whether it has been revoked is not known"),
        ]
