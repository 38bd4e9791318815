"""Why .NET chooses the path it does, in words: what keeps a candidate from being the issuer, what all paths come to,
and what would change the choice.

Speaks of paths that are judged already; :mod:`certgate.pki.chains.alternatives` finds and judges them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.pki.chains import chain
from certgate.pki.stores.trust import TrustStore
from certgate.pki.verdict import Origin, Revocation

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from certgate.pki.certificate import Certificate
    from certgate.pki.chains.candidates import CandidatePath
    from certgate.pki.chains.facts import Facts
    from certgate.pki.verdict import ChainElement


def misfit(below: Facts, issuer: Facts) -> str:
    """Why a certificate that is named as the issuer of another does not fit; empty when it does."""
    if below.may_be_issued_by(issuer):
        return ""
    if not issuer.sound:
        return "one of its extensions is broken"
    if not below.sound:
        return "the certificate below has a broken extension, so no issuer fits it"
    misnamed = issuer.misnamed(below.certificate.authority_key_identifier)
    if misnamed:
        return f"named as the issuer, but {misnamed}"
    if not issuer.readable_key:
        return "its public key cannot be read"
    return "named as the issuer, but its key is of another kind than the signature"


def outcome(
    paths: Sequence[CandidatePath],
    leaf: Certificate,
    store: TrustStore,
    *,
    now: datetime,
    extra: Iterable[Certificate] = (),
) -> tuple[str, str]:
    """What follows from the paths of `leaf`, the one that .NET takes first, and what makes .NET take a good one.

    The second is empty where .NET's path is good, or nothing that was tried helps.
    """
    taken, *others = paths
    better = next((path for path in others if path.verdict.build), None)
    if better is None or taken.verdict.build:
        return _counted(taken, others), ""
    mine, other = taken.verdict.elements, better.verdict.elements
    at = _fork(mine, other)
    good = _called(other[at])
    if at == len(mine):
        return f"a path through {good} would be trusted, but .NET stops before it", ""
    wrong = _called(mine[at])
    message = f"a path through {good} would be trusted, but .NET takes the first fitting candidate, {wrong}, and does"
    helps = mine[at].origin is not Origin.SYSTEM and _builds_without(mine[at].certificate, leaf, store, now, extra)
    return f"{message} not go back", f"without {wrong} .NET takes the path through {good}" if helps else ""


def _counted(taken: CandidatePath, others: Sequence[CandidatePath]) -> str:
    if taken.verdict.build:
        fine = sum(bool(path.verdict.build) for path in others)
        more = f"; {fine} other{'s' if fine > 1 else ''} would be trusted too" if fine else ""
        return f"the path that .NET takes is trusted{more}"
    if not others:
        return "there is no other path than the one that .NET takes, and it is not trusted"
    return f"none of the {len(others) + 1} paths is trusted"


def _fork(mine: Sequence[ChainElement], other: Sequence[ChainElement]) -> int:
    """Where two paths of one certificate part."""
    pairs = zip(mine, other, strict=False)
    same = (first.certificate == second.certificate for first, second in pairs)
    return next((at for at, equal in enumerate(same) if not equal), min(len(mine), len(other) - 1))


def _called(element: ChainElement) -> str:
    """A certificate in a sentence, told from others of its name by its file or thumbprint."""
    mark = element.origin_name or f"thumbprint {element.certificate.thumbprint[:8]}…"
    return f"{element.certificate.subject or 'the certificate without a name'} ({mark})"


def _builds_without(
    unwanted: Certificate, leaf: Certificate, store: TrustStore, now: datetime, extra: Iterable[Certificate]
) -> bool:
    """Whether .NET comes to a good path once this certificate is gone: tried out before it is said."""
    less = TrustStore(
        [one for one in store.roots if one != unwanted],
        [one for one in store.intermediates if one != unwanted],
        system_roots=store.system_roots,
    )
    left = tuple(one for one in extra if one != unwanted)
    return bool(chain.build(leaf, less, now=now, extra=left, revocation=Revocation.NONE, downloads=False).build)
