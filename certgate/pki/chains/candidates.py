"""What the search for other paths leaves behind: every candidate path with its faults, and who was refused on the way.

Values for reports; :mod:`certgate.pki.chains.alternatives` makes them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.core.value import frozen

if TYPE_CHECKING:
    from certgate.pki.certificate import Certificate
    from certgate.pki.verdict import Origin, Verdict


@frozen
class CandidatePath:
    """One path as far up as it goes, judged as if it were the only one, revocation left out.

    `taken`: it is the one that .NET takes.
    """

    verdict: Verdict
    taken: bool


@frozen
class Refusal:
    """A certificate that is named as the issuer of another, `below`, and is not taken for it; `reason` says why.

    `origin_name` is the file it came from, where that is known.
    """

    below: Certificate
    candidate: Certificate
    origin: Origin
    origin_name: str
    reason: str


@frozen
class Alternatives:
    """All candidate paths, the one that .NET takes first, and the refused candidates.

    `message` says what follows from them, `advice` what would make .NET take a good path (empty where nothing that
    certgate tried does), `limits` which bounds the search has reached, in words.
    """

    paths: tuple[CandidatePath, ...]
    refusals: tuple[Refusal, ...]
    message: str
    advice: str = ""
    limits: tuple[str, ...] = ()
