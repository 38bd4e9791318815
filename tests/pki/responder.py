"""An OCSP responder for tests: answers of all kinds for one certificate, each with what .NET makes of it."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp

from certgate.pki.certificate import Certificate
from certgate.pki.chains import checks, path
from certgate.pki.chains.facts import Facts, facts
from certgate.pki.chains.path import Pool
from tests.pki.authority import DAY, NOW, Authority, Dates, name_of, new_key

GOOD, REVOKED, UNKNOWN = ocsp.OCSPCertStatus.GOOD, ocsp.OCSPCertStatus.REVOKED, ocsp.OCSPCertStatus.UNKNOWN
SIGNING = x509.ExtendedKeyUsage([x509.ExtendedKeyUsageOID.OCSP_SIGNING])
ANY_PURPOSE = x509.ExtendedKeyUsage([x509.ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE])
NO_CHECK = x509.OCSPNoCheck()

ROOT = Authority("Root CA")
MIDDLE = Authority("Issuing CA", ROOT)
STRANGER = Authority("Stranger")
IMPOSTOR = Authority("Issuing CA")
LEAF_KEY = new_key()
LEAF = MIDDLE.sign(name_of("client"), LEAF_KEY, Dates(), [(x509.BasicConstraints(False, None), True)])
OTHER = MIDDLE.issue("somebody else")
CHAIN = [LEAF, MIDDLE.certificate, ROOT.certificate]
ROOTS = [ROOT.certificate]


class Signer(NamedTuple):
    certificate: Certificate
    key: ec.EllipticCurvePrivateKey


def own(authority: Authority) -> Signer:
    return Signer(authority.certificate, authority.key)


def delegate(issuer: Authority, *extensions: x509.ExtensionType, dates: Dates | None = None) -> Signer:
    """A certificate for signing answers, with whatever it says of that."""
    key = new_key()
    listed = [(extension, False) for extension in extensions]
    return Signer(issuer.sign(name_of("OCSP responder"), key, dates or Dates(), listed), key)


def read(certificate: Certificate) -> x509.Certificate:
    return x509.load_der_x509_certificate(certificate.der)


def answer(
    signer: Signer,
    *,
    status: ocsp.OCSPCertStatus = GOOD,
    subject: Certificate = LEAF,
    issuer: Certificate = MIDDLE.certificate,
    algorithm: hashes.HashAlgorithm | None = None,
    since: datetime = NOW - DAY,
    until: datetime | None = NOW + 3 * DAY,
    by_name: bool = False,
    sent: tuple[Certificate, ...] = (),
    nonce: bool = False,
) -> bytes:
    """One answer about one certificate."""
    revoked = status is REVOKED
    encoding = ocsp.OCSPResponderEncoding.NAME if by_name else ocsp.OCSPResponderEncoding.HASH
    builder = (
        ocsp.OCSPResponseBuilder()
        .add_response(
            read(subject),
            read(issuer),
            algorithm or hashes.SHA1(),
            status,
            since,
            until,
            NOW - 5 * DAY if revoked else None,
            x509.ReasonFlags.key_compromise if revoked else None,
        )
        .responder_id(encoding, read(signer.certificate))
    )
    if sent:
        builder = builder.certificates([read(one) for one in sent])
    if nonce:
        builder = builder.add_extension(x509.OCSPNonce(b"nonce"), False)
    return builder.sign(signer.key, hashes.SHA256()).public_bytes(Encoding.DER)


def refusal(status: ocsp.OCSPResponseStatus) -> bytes:
    return ocsp.OCSPResponseBuilder.build_unsuccessful(status).public_bytes(Encoding.DER)


class Paths:
    """The authorities at hand: these roots and no others."""

    def __init__(self, roots: list[Certificate]) -> None:
        self._anchors = Pool(map(facts, roots))

    def named(self, subject: tuple[object, ...]) -> tuple[Facts, ...]:
        return tuple(one for one in self._anchors.members if one.subject == subject)

    def path(self, certificate: Facts, others: tuple[Facts, ...] | None = None) -> tuple[Facts, ...] | None:
        found = path.find(certificate, self._anchors, Pool(others or ()), NOW)
        return found.elements if found.trusted and not checks.faults(found, NOW) else None


ISSUER = own(MIDDLE)
DELEGATE = delegate(MIDDLE, SIGNING)
CHECKED = delegate(MIDDLE, SIGNING, NO_CHECK)
PLAIN = delegate(MIDDLE)
ANY = delegate(MIDDLE, ANY_PURPOSE)
EXPIRED = delegate(MIDDLE, SIGNING, dates=Dates(NOW - 9 * DAY, NOW - DAY))
FUTURE = delegate(MIDDLE, SIGNING, dates=Dates(NOW + DAY, NOW + 9 * DAY))
OF_ROOT = delegate(ROOT, SIGNING)
OF_STRANGER = delegate(STRANGER, SIGNING)


def by(signer: Signer, **options: object) -> bytes:
    """An answer that brings its signer along."""
    return answer(signer, sent=(signer.certificate,), **options)  # type: ignore[arg-type]


ANSWERS: dict[str, tuple[bytes, str]] = {
    "issuer": (answer(ISSUER), "good"),
    "issuer by name": (answer(ISSUER, by_name=True), "good"),
    "issuer revokes": (answer(ISSUER, status=REVOKED), "revoked"),
    "issuer knows nothing": (answer(ISSUER, status=UNKNOWN), "unknown"),
    "root for the leaf": (answer(own(ROOT)), "good"),
    "root by name": (answer(own(ROOT), by_name=True), "good"),
    "delegate": (by(DELEGATE), "good"),
    "delegate by name": (by(DELEGATE, by_name=True), "good"),
    "delegate revokes": (by(DELEGATE, status=REVOKED), "revoked"),
    "delegate without check": (by(CHECKED), "good"),
    "delegate and its issuer": (answer(DELEGATE, sent=(MIDDLE.certificate, DELEGATE.certificate)), "good"),
    "delegate not sent": (answer(DELEGATE), "unknown"),
    "no purpose": (by(PLAIN), "unknown"),
    "any purpose": (by(ANY), "unknown"),
    "expired delegate": (by(EXPIRED), "unknown"),
    "future delegate": (by(FUTURE), "unknown"),
    "delegate of the root": (by(OF_ROOT), "unknown"),
    "delegate of a stranger": (answer(OF_STRANGER, sent=(OF_STRANGER.certificate, STRANGER.certificate)), "unknown"),
    "stranger": (by(own(STRANGER)), "unknown"),
    "leaf itself": (by(Signer(LEAF, LEAF_KEY)), "unknown"),
    "another key": (answer(own(IMPOSTOR), by_name=True), "unknown"),
    "another serial": (answer(ISSUER, subject=OTHER), "unknown"),
    "another issuer": (answer(ISSUER, issuer=ROOT.certificate), "unknown"),
    "SHA-256": (answer(ISSUER, algorithm=hashes.SHA256()), "unknown"),
    "ran out": (answer(ISSUER, until=NOW - DAY, since=NOW - 2 * DAY), "unknown"),
    "ran out this second": (answer(ISSUER, until=NOW), "unknown"),
    "revoked and ran out": (answer(ISSUER, status=REVOKED, until=NOW - DAY, since=NOW - 2 * DAY), "revoked"),
    "no end": (answer(ISSUER, until=None), "good"),
    "from the future": (answer(ISSUER, since=NOW + DAY), "good"),
    "nonce": (answer(ISSUER, nonce=True), "unknown"),
    "try later": (refusal(ocsp.OCSPResponseStatus.TRY_LATER), "unknown"),
    "unauthorized": (refusal(ocsp.OCSPResponseStatus.UNAUTHORIZED), "unknown"),
    "malformed": (b"\x30\x03\x0a\x01", "unknown"),
    "garbage": (b"<html>sorry</html>", "unknown"),
    "empty": (b"", "unknown"),
    "trailing bytes": (answer(ISSUER) + b"\0", "good"),
}
"""Kind of answer -> its bytes and what .NET makes of it, asked about the end certificate."""
