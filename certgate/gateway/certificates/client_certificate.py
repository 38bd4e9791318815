"""The checks of ``validate-client-certificate``, in the order of live gateways (fact sheet §1.6, §1.12).

Knows reasons, messages and which chain flags mean trust and which revocation. Does not know the policy's XML. `check`
is for a run; `standard` for a certificate alone, as a policy without attributes and identities would judge it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.core.value import frozen
from certgate.gateway.certificates.identity import Presented, assumptions, compare
from certgate.pki.verdict import ChainStatus, Origin, Revocation

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from certgate.gateway.certificates.identity import Comparison
    from certgate.gateway.run import Run
    from certgate.pki.certificate import Certificate
    from certgate.pki.verdict import Verdict

NOT_FOUND = "ClientCertificateNotFound"
NOT_YET_VALID = "ClientCertificateNotYetValid"
EXPIRED = "ClientCertificateExpired"
NOT_TRUSTED = "ClientCertificateNotTrusted"
REVOKED = "ClientCertificateRevoked"
NOT_MATCHED = "ClientCertificateIdentityNotMatched"

_ISSUER = "issuer-thumbprint"
"""The one attribute of an identity that needs the chain."""

_INVALID = "Invalid client certificate"
_TIME = (
    "A required certificate is not within its validity period when verifying against the current system clock or the "
    "timestamp in the signed file."
)
_NAMES = (
    "The certificate has an invalid name. The name is not included in the permitted list or is explicitly excluded."
)
_PARTIAL = "A certificate chain could not be built to a trusted root authority."

FAILURES = {
    NOT_FOUND: ("", "Client certificate missing"),
    NOT_YET_VALID: (_TIME, _INVALID),
    EXPIRED: (_TIME, _INVALID),
    NOT_TRUSTED: (_PARTIAL, _INVALID),
    REVOKED: ("The certificate is revoked.", _INVALID),
    NOT_MATCHED: ("Certificate does not match any of allowed identities.", _INVALID),
}
"""Reason -> the message of ``LastError`` and that of the built-in body (fact sheet §1.7)."""

_CONFIRMED = {_PARTIAL, FAILURES[NOT_MATCHED][0]}
"""The messages that somebody has seen; the others are Windows' texts for the same state."""

_REVOCATION = {
    ChainStatus.REVOKED: "The certificate is revoked.",
    ChainStatus.OFFLINE_REVOCATION: "The revocation function was unable to check revocation because the revocation "
    "server was offline.",
    ChainStatus.REVOCATION_STATUS_UNKNOWN: "The revocation function was unable to check revocation for the "
    "certificate.",
}
_TRUST = {
    ChainStatus.PARTIAL_CHAIN: _PARTIAL,
    ChainStatus.UNTRUSTED_ROOT: "A certificate chain processed, but terminated in a root certificate which is not "
    "trusted by the trust provider.",
    ChainStatus.NOT_TIME_VALID: _TIME,
    ChainStatus.NOT_SIGNATURE_VALID: "The signature of the certificate cannot be verified.",
    ChainStatus.INVALID_BASIC_CONSTRAINTS: "A certificate's basic constraint extension has not been observed.",
    ChainStatus.NOT_VALID_FOR_USAGE: "The certificate is not valid for the requested usage.",
    ChainStatus.INVALID_NAME_CONSTRAINTS: _NAMES,
    ChainStatus.HAS_NOT_SUPPORTED_NAME_CONSTRAINT: _NAMES,
    ChainStatus.HAS_NOT_PERMITTED_NAME_CONSTRAINT: _NAMES,
    ChainStatus.HAS_EXCLUDED_NAME_CONSTRAINT: _NAMES,
    ChainStatus.HAS_NOT_SUPPORTED_CRITICAL_EXTENSION: "A certificate contains an unknown extension that is marked "
    "'critical'.",
    ChainStatus.INVALID_EXTENSION: "The certificate has invalid policy.",
}
"""Chain flag -> Windows' text for it, the first that applies is the message."""


@frozen
class Checks:
    """What the policy asks for; each identity is its attributes. `texts`: some identity holds text."""

    not_before: bool = True
    not_after: bool = True
    trust: bool = True
    revocation: bool = True
    identities: tuple[Mapping[str, str], ...] = ()
    texts: bool = False


@frozen
class Failure:
    """Why the certificate does not pass. `why`: one sentence for the trace; `message` where it is not the usual one."""

    reason: str
    why: str
    message: str = ""

    @property
    def text(self) -> str:
        """The message of ``LastError``."""
        return self.message or FAILURES[self.reason][0]

    @property
    def confirmed(self) -> bool:
        """Whether somebody has seen this reason with this message; else the message is Windows' for the same state."""
        return self.text in _CONFIRMED


@frozen
class Open:
    """It passes or not: nobody knows. `otherwise` is the failure where it does not."""

    otherwise: Failure


def check(run: Run, checks: Checks) -> Failure | None:
    """The first check that fails, or None. Raises UnsupportedReached where asking for the certificate is not known."""
    certificate = run.presented()
    if certificate is None:
        return _failed(run, Failure(NOT_FOUND, _absent(run)))
    failure = (
        _dates(run, checks, certificate)
        or (_trust(run, certificate) if checks.trust else None)
        or (_revocation(run, checks, certificate) if checks.revocation else None)
        or (_identities(run, checks, certificate) if checks.identities else None)
    )
    return _failed(run, failure) if failure else None


def _absent(run: Run) -> str:
    nothing = "the client presented no certificate"
    return nothing if run.situation.certificate is None else run.arrival.why or nothing


def standard(
    certificate: Certificate, now: datetime, without: Verdict, full: Verdict | None
) -> tuple[tuple[str, Failure | None], ...]:
    """What a policy without attributes says of this certificate, for each answer that nobody knows: ``""`` alone where
    nothing is open. `without` and `full` are the verdicts without and with revocation; `full` None: it is not checked.
    """
    if failure := _early(Checks(), certificate, now) or _late(Checks(), certificate, now):
        return (("", failure),)
    ways: list[tuple[str, Failure | None]] = []
    for found, bad in ((_judged_trust(without), "not trusted"), (_judged_revocation(full), "revoked or unknown")):
        if isinstance(found, Failure):
            return (*ways, ("good" if ways else "", found))
        if isinstance(found, Open):
            ways.append((bad, found.otherwise))
    return (("good", None), *ways) if ways else (("", None),)


def _failed(run: Run, failure: Failure) -> Failure:
    if not failure.confirmed:
        run.assume("messages")
    if failure.reason == REVOKED:
        run.assume("revocation-reason")
    return failure


def _dates(run: Run, checks: Checks, certificate: Certificate) -> Failure | None:
    early, late = _early(checks, certificate, run.now), _late(checks, certificate, run.now)
    if early and late:
        run.assume("dates-both")
    return early or late


def _early(checks: Checks, certificate: Certificate, now: datetime) -> Failure | None:
    if checks.not_before and now < certificate.not_before:
        return Failure(NOT_YET_VALID, f"it is not valid before {certificate.not_before:%Y-%m-%d %H:%M} UTC")
    return None


def _late(checks: Checks, certificate: Certificate, now: datetime) -> Failure | None:
    if checks.not_after and now >= certificate.not_after:
        return Failure(EXPIRED, f"it expired {certificate.not_after:%Y-%m-%d %H:%M} UTC")
    return None


def _trust(run: Run, certificate: Certificate) -> Failure | None:
    verdict = run.verdicts.of(certificate, False)
    run.used(verdict)
    found = _judged_trust(verdict)
    if isinstance(found, Open):
        return None if run.good(certificate, False, verdict) else found.otherwise
    if found and any(ChainStatus.NOT_TIME_VALID in element.status for element in verdict.elements[1:]):
        run.assume("issuer-expired")
    return found


def _judged_trust(verdict: Verdict) -> Failure | Open | None:
    """What the chain without revocation says."""
    flags = _trust_flags(verdict)
    if _issuer_unanswered(verdict, flags) or (not flags and verdict.build is None):
        return Open(Failure(NOT_TRUSTED, "no chain to a trusted root is assumed"))
    if not flags:
        return None
    message = next((text for flag, text in _TRUST.items() if flag in flags), _PARTIAL)
    return Failure(NOT_TRUSTED, f"the chain is not good: {', '.join(flags)}", message)


def _trust_flags(verdict: Verdict) -> tuple[str, ...]:
    """What is wrong with the chain apart from revocation; the leaf's own dates have switches of their own."""
    found = set(verdict.status) if not verdict.elements else set()
    for depth, element in enumerate(verdict.elements):
        found |= set(element.status) - ({ChainStatus.NOT_TIME_VALID} if depth == 0 else set())
    return tuple(sorted(found - set(_REVOCATION)))


def _issuer_unanswered(verdict: Verdict, flags: tuple[str, ...]) -> bool:
    """Whether all that is wrong is an issuer that could be fetched, from an address whose answer nobody knows. The
    verdict itself leaves that open only where no date is wrong either."""
    missing = flags == (ChainStatus.PARTIAL_CHAIN,) and bool(verdict.elements)
    return missing and (verdict.build is None or bool(verdict.wanted))


def _revocation(run: Run, checks: Checks, certificate: Certificate) -> Failure | None:
    if run.gateway.revocation is Revocation.NONE:
        return None
    verdict = run.verdicts.of(certificate, True)
    run.used(verdict)
    run.assume("revocation-order" if checks.trust else "revocation-without-trust")
    found = _judged_revocation(verdict)
    if isinstance(found, Open):
        return None if run.good(certificate, True, verdict) else found.otherwise
    if found and ChainStatus.REVOKED not in verdict.status:
        run.assume("revocation-unknown")
    return found


def _judged_revocation(verdict: Verdict | None) -> Failure | Open | None:
    """What the chain with revocation says.

    SECURITY: unknown is never a pass. Each certificate below the root needs evidence that it is good, in a chain that
    has no fault but dates; where somebody could still be asked, both answers are tried.
    """
    if verdict is None:
        return None
    flags = [flag for flag in _REVOCATION if flag in verdict.status]
    if flags:
        return Failure(REVOKED, f"revocation says {', '.join(flags)}", _REVOCATION[flags[0]])
    broken = tuple(flag for flag in _trust_flags(verdict) if flag != ChainStatus.NOT_TIME_VALID)
    open_ = _issuer_unanswered(verdict, broken)
    if broken and not open_:
        return _undeterminable(f"the chain is not good: {', '.join(broken)}")
    for element in verdict.elements[:-1]:
        match element.revocation:
            case "good":
                continue
            case "not answered":
                open_ = True
            case _ if not broken:
                return _undeterminable(f"nothing says whether {element.certificate.subject} is revoked")
    if open_ or verdict.build is None:
        return Open(Failure(REVOKED, "the certificate is assumed not to be good"))
    return None


def _undeterminable(why: str) -> Failure:
    message = _REVOCATION[ChainStatus.REVOCATION_STATUS_UNKNOWN]
    return Failure(REVOKED, f"the revocation status cannot be determined: {why}", message)


def _identities(run: Run, checks: Checks, certificate: Certificate) -> Failure | None:
    by_issuer = any(_ISSUER in identity for identity in checks.identities)
    chain = run.verdicts.of(certificate, False) if by_issuer else None
    presented = Presented(certificate, _issuer(run, chain, certificate) if chain else None, run.uploaded)
    if checks.texts:
        run.assume("identity-text")
    reports, hangs_on_issuer = [], False
    for number, identity in enumerate(checks.identities, 1):
        comparisons = [compare(name, wanted, presented) for name, wanted in identity.items()]
        for name in assumptions(identity):
            run.assume(name)
        run.compared(comparisons)
        wrong = [comparison for comparison in comparisons if not comparison.matched]
        if not wrong:
            return None
        hangs_on_issuer = hangs_on_issuer or all(comparison.attribute == _ISSUER for comparison in wrong)
        reports.append(f"identity {number}: {_difference(wrong[0])}")
    if chain and hangs_on_issuer and _leaf_issuer_unanswered(chain) and run.good(certificate, False, chain):
        return None
    return Failure(NOT_MATCHED, "; ".join(reports))


def _leaf_issuer_unanswered(chain: Verdict) -> bool:
    """Whether it is the certificate's own issuer that could be fetched, and may be the one that is asked for."""
    return len(chain.elements) == 1 and _issuer_unanswered(chain, _trust_flags(chain))


def _difference(comparison: Comparison) -> str:
    return f"{comparison.attribute} is {comparison.actual or 'not known'}, not {comparison.wanted}"


def _issuer(run: Run, chain: Verdict, certificate: Certificate) -> Certificate | None:
    """The issuer as the chain shows it: the next element, or the certificate itself where it is its own issuer."""
    elements = chain.elements
    if len(elements) > 1:
        if elements[1].origin is Origin.HANDSHAKE:
            run.assume("handshake-intermediates")
        return elements[1].certificate
    return certificate if certificate.issuer_name == certificate.subject_name else None
