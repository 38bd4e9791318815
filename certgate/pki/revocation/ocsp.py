"""OCSP (RFC 6960) as .NET on Linux has it: the address to ask for one certificate, and what an answer is worth.

The answer is read by certgate's own reader, which takes nothing that OpenSSL would not read. Knows nothing of lists or
of who asks. Source: the behaviour of .NET 10 and of OpenSSL 3's ``OCSP_basic_verify``.
"""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from certgate.core.errors import InputError
from certgate.pki import der, signatures
from certgate.pki.certificate import Certificate
from certgate.pki.chains.checks import title
from certgate.pki.chains.facts import facts
from certgate.pki.revocation.crl import reason_of
from certgate.pki.revocation.findings import Standing
from certgate.pki.revocation.ocsp_response import GOOD, REVOKED, STATUSES, Single, TooManyError, read_response

if TYPE_CHECKING:
    from datetime import datetime

    from certgate.pki.chains.facts import Facts
    from certgate.pki.revocation.findings import Authorities
    from certgate.pki.revocation.ocsp_response import Basic

OCSP_SIGNING = "1.3.6.1.5.5.7.3.9"
KEPT_FOR = timedelta(days=4)
"""How old an answer that was kept may be: .NET's number."""

_SHA1 = "1.3.14.3.2.26"
_SHA1_DER = bytes.fromhex("300906052b0e03021a0500")
_DIGESTS = {
    _SHA1: "sha1",
    "2.16.840.1.101.3.4.2.4": "sha224",
    "2.16.840.1.101.3.4.2.1": "sha256",
    "2.16.840.1.101.3.4.2.2": "sha384",
    "2.16.840.1.101.3.4.2.3": "sha512",
}


class Question(NamedTuple):
    """A certificate of a complete chain, its issuer (a root is its own), and all that stands above the end certificate,
    the root first: the order in which .NET looks for the signer of an answer."""

    subject: Facts
    issuer: Facts
    above: tuple[Facts, ...]
    now: datetime
    authorities: Authorities

    @property
    def name_hash(self) -> bytes:
        return _sha1(self.subject.certificate.issuer_name.raw)

    @property
    def key_hash(self) -> bytes:
        return _sha1(self.issuer.certificate.public_key.key)


class Reply(NamedTuple):
    """What an answer says of the certificate; UNANSWERED where that is beyond certgate's own bounds.

    `kept`: .NET keeps it, and takes it again until `until`.
    """

    standing: Standing
    text: str
    until: datetime | None = None
    kept: bool = False


def address(base: str, question: Question) -> str:
    """The address that .NET asks: the request, in base64, after the responder's own address."""
    # Imported here: few commands ask a responder.
    from base64 import b64encode

    serial = der.wrap(der.INTEGER, question.subject.certificate.serial_bytes)
    hashes = der.wrap(der.OCTET_STRING, question.name_hash) + der.wrap(der.OCTET_STRING, question.key_hash)
    request = der.wrap(der.SEQUENCE, _SHA1_DER + hashes + serial)
    for _ in range(4):
        request = der.wrap(der.SEQUENCE, request)
    encoded = b64encode(request).decode()
    for character, escaped in (("+", "%2B"), ("/", "%2F"), ("=", "%3D")):
        encoded = encoded.replace(character, escaped)
    return base + ("" if base.endswith("/") else "/") + encoded


def judge(body: bytes, question: Question) -> Reply:
    """What this answer is worth. Never raises."""
    try:
        status, basic = read_response(body)
    except TooManyError as error:
        return Reply(Standing.UNANSWERED, f"gives {error}, which is more than certgate reads")
    except ValueError:
        return Reply(Standing.UNKNOWN, "gives no OCSP response that can be read")
    if basic is None:
        return Reply(Standing.UNKNOWN, f"answers {STATUSES.get(status, status)}, without an answer to the question")
    if basic.nonce:
        return Reply(Standing.UNKNOWN, "answers with a nonce, though none was sent")
    fault = _not_vouched(basic, question)
    if fault is not None:
        return Reply(Standing.UNKNOWN, f"answers, but the answer is not believed: {fault}")
    wanted = (_SHA1, question.name_hash, question.key_hash, question.subject.certificate.serial_bytes)
    for single in basic.singles:
        if (*single.issuer, single.serial) == wanted:
            return _reply(single, question.now)
    return Reply(Standing.UNKNOWN, "answers for other certificates, or names this one by another digest than SHA-1")


def _reply(single: Single, now: datetime) -> Reply:
    until = single.next_update
    in_time = until is not None and until > now
    kept = in_time and single.this_update > now - KEPT_FOR
    period = "" if until is None else f" until {until:%Y-%m-%d %H:%M} UTC"
    if single.status == REVOKED:
        # Nothing takes a revocation back, so one that ran out counts too.
        text = f"answers that it was revoked on {single.revoked:%Y-%m-%d %H:%M} UTC{reason_of(single.reason)}"
        return Reply(Standing.REVOKED, text, until, kept)
    if until is not None and not in_time:
        return Reply(Standing.UNKNOWN, f"gives an answer that ran out on {until:%Y-%m-%d %H:%M} UTC", until)
    if single.status == GOOD:
        return Reply(Standing.GOOD, f"answers that it is good{period}", until, kept)
    return Reply(Standing.UNKNOWN, "answers that it does not know this certificate", until)


def _not_vouched(basic: Basic, question: Question) -> str | None:
    """Why nobody who may speak for the issuer signed this answer; None when somebody did.

    SECURITY: a certificate of the chain is believed outright, for every certificate below, whoever issued that; any
    other has to come with the answer, lead to a trusted root and be delegated by the issuer.
    """
    signer = _named(basic, question.above)
    if signer is not None:
        return None if _signed(basic, signer) else f"its signature was not made by the key of {title(signer)}"
    try:
        sent = tuple(facts(Certificate(encoded)) for encoded in basic.certificates)
    except InputError:
        return "a certificate that was sent along cannot be read"
    signer = _named(basic, sent)
    if signer is None:
        return "its signer is neither in the chain nor sent along"
    if not _signed(basic, signer):
        return f"its signature was not made by the key of {title(signer)}"
    path = question.authorities.path(signer, (*sent, *question.above))
    if path is None:
        return f"its signer {title(signer)} is not valid now, or does not lead to a trusted root"
    return _not_delegated(basic, path)


def _named(basic: Basic, certificates: tuple[Facts, ...]) -> Facts | None:
    """The first of these that the answer names as its signer."""
    for one in certificates:
        if basic.name is not None:
            if one.subject == basic.name:
                return one
        elif _sha1(one.certificate.public_key.key) == basic.key_hash:
            return one
    return None


def _signed(basic: Basic, signer: Facts) -> bool:
    return signatures.verify(signer.certificate.public_key.spki, basic.algorithm, basic.signed, basic.signature)


def _not_delegated(basic: Basic, path: tuple[Facts, ...]) -> str | None:
    """All that is answered for must be of one issuer: the one who issued the signer for this purpose, or the signer."""
    signer = path[0]
    issuers = _issuers(basic)
    if issuers is None:
        return "it speaks for certificates of several issuers"
    if len(path) > 1 and all(_means(issuer, path[1]) for issuer in issuers):
        purposes = signer.certificate.enhanced_key_usage if signer.sound else None
        if purposes is None or OCSP_SIGNING not in purposes:
            return f"its signer {title(signer)} is not marked for signing OCSP responses"
        return None
    if all(_means(issuer, signer) for issuer in issuers):
        return None
    return f"its signer {title(signer)} was issued by somebody else than the certificate"


def _issuers(basic: Basic) -> list[tuple[str, bytes, bytes]] | None:
    """The issuers as the answer names them, once where all are named alike; None where two of them differ."""
    first, *others = (single.issuer for single in basic.singles)
    for other in others:
        if other != first:
            # With different digests, they may still be the same.
            return [first, *others] if other[0] != first[0] else None
    return [first]


def _means(issuer: tuple[str, bytes, bytes], certificate: Facts) -> bool:
    algorithm, name_hash, key_hash = issuer
    digest = _DIGESTS.get(algorithm)
    if digest is None:
        return False
    name, key = certificate.certificate.subject_name.raw, certificate.certificate.public_key.key
    return (_digest(digest, name), _digest(digest, key)) == (name_hash, key_hash)


def _sha1(data: bytes) -> bytes:
    return _digest("sha1", data)


def _digest(name: str, data: bytes) -> bytes:
    return hashlib.new(name, data, usedforsecurity=False).digest()
