"""The verdict on a certificate: what .NET's chain would say, element by element, with the evidence for it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from certgate.pki.certificate import Certificate


class Origin(StrEnum):
    """Where an element of a chain came from."""

    LEAF = "leaf"
    HANDSHAKE = "handshake"
    ROOTS = "roots"
    INTERMEDIATES = "intermediates"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One piece of revocation evidence that was looked for: `url` None for a list of the trust store, `kind` ``crl``,
    `subject` the thumbprint of the certificate asked about, `result` in words, `detail` a fuller sentence."""

    kind: str
    subject: str
    result: str
    url: str | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class ChainElement:
    """A certificate of the chain with the names of its X509ChainStatusFlags, sorted; empty when nothing is wrong.

    `origin_name` is the file it came from, where that is known.
    """

    certificate: Certificate
    status: tuple[str, ...]
    origin: Origin
    origin_name: str = ""
    reasons: tuple[str, ...] = ()
    """One sentence a flag, in the order of `status`: what is wrong, with figures."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What ``X509Chain.Build`` answers: `build` None is undecided, `status` then holds what is known so far.

    `wanted` are the addresses whose answers would decide it, in the order .NET would ask.
    """

    build: bool | None
    status: tuple[str, ...]
    elements: tuple[ChainElement, ...]
    evidence: tuple[Evidence, ...] = ()
    wanted: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
