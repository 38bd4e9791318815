"""Signatures: does this key's owner vouch for these bytes? cryptography answers; every answer is remembered.

Keys are read from a SubjectPublicKeyInfo, never from a whole certificate, so a certificate that cryptography refuses
to parse can still be checked. Knows nothing of chains or dates.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from certgate.pki import der
from certgate.pki.der import DerError
from certgate.pki.oids import DSA, EC, ED448, ED25519, RSA, RSA_PSS
from certgate.pki.public_keys import public_key, readable

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes
    from cryptography.hazmat.primitives.hashes import HashAlgorithm

    from certgate.pki.certificate import Certificate

_MAX_SIGNERS = 64
"""The most keys for which a certificate remembers whether they signed it."""
_MAX_REMEMBERED = 2048
"""SECURITY: the most bytes of a key that is remembered, so that strangers cannot fill the memory."""

_MGF1 = "1.2.840.113549.1.1.8"
_SCHEMES = {
    "1.2.840.113549.1.1.4": (RSA, "MD5"),
    "1.2.840.113549.1.1.5": (RSA, "SHA1"),
    "1.3.14.3.2.29": (RSA, "SHA1"),
    "1.2.840.113549.1.1.14": (RSA, "SHA224"),
    "1.2.840.113549.1.1.11": (RSA, "SHA256"),
    "1.2.840.113549.1.1.12": (RSA, "SHA384"),
    "1.2.840.113549.1.1.13": (RSA, "SHA512"),
    "2.16.840.1.101.3.4.3.13": (RSA, "SHA3_224"),
    "2.16.840.1.101.3.4.3.14": (RSA, "SHA3_256"),
    "2.16.840.1.101.3.4.3.15": (RSA, "SHA3_384"),
    "2.16.840.1.101.3.4.3.16": (RSA, "SHA3_512"),
    RSA_PSS: (RSA_PSS, ""),
    "1.2.840.10045.4.1": (EC, "SHA1"),
    "1.2.840.10045.4.3.1": (EC, "SHA224"),
    "1.2.840.10045.4.3.2": (EC, "SHA256"),
    "1.2.840.10045.4.3.3": (EC, "SHA384"),
    "1.2.840.10045.4.3.4": (EC, "SHA512"),
    "2.16.840.1.101.3.4.3.9": (EC, "SHA3_224"),
    "2.16.840.1.101.3.4.3.10": (EC, "SHA3_256"),
    "2.16.840.1.101.3.4.3.11": (EC, "SHA3_384"),
    "2.16.840.1.101.3.4.3.12": (EC, "SHA3_512"),
    "1.2.840.10040.4.3": (DSA, "SHA1"),
    "1.3.14.3.2.27": (DSA, "SHA1"),
    "2.16.840.1.101.3.4.3.1": (DSA, "SHA224"),
    "2.16.840.1.101.3.4.3.2": (DSA, "SHA256"),
    "2.16.840.1.101.3.4.3.3": (DSA, "SHA384"),
    "2.16.840.1.101.3.4.3.4": (DSA, "SHA512"),
    ED25519: (ED25519, ""),
    ED448: (ED448, ""),
}
"""Signature algorithm to the kind of key it needs and its digest, as hazmat names it; RFC 3279, 4055, 5758, 8410."""

_DIGESTS = {
    "1.3.14.3.2.26": "SHA1",
    "2.16.840.1.101.3.4.2.1": "SHA256",
    "2.16.840.1.101.3.4.2.2": "SHA384",
    "2.16.840.1.101.3.4.2.3": "SHA512",
    "2.16.840.1.101.3.4.2.4": "SHA224",
}


def fits(algorithm: str, key: str) -> bool:
    """Whether a signature of this algorithm can come from a key of this kind (both object identifiers)."""
    scheme = _SCHEMES.get(algorithm)
    return scheme is not None and (scheme[0] == key or (scheme[0] == RSA_PSS and key == RSA))


def issued(certificate: Certificate, issuer: Certificate) -> bool:
    """Whether the issuer's key made the signature of this certificate. Remembered with the certificate.

    SECURITY: the algorithm outside the signed part must be the one inside it (RFC 5280 section 4.1.1.2).
    """
    known, spki = certificate.signers, issuer.outline.spki
    answer = known.get(spki)
    if answer is None:
        outline = certificate.outline
        bits, unused = der.bit_string(certificate.der[outline.signature])
        algorithm = outline.algorithm.raw
        if len(known) >= _MAX_SIGNERS:
            known.clear()
        answer = known[spki] = (
            algorithm == outline.outer_algorithm.raw and not unused and verify(spki, algorithm, certificate.tbs, bits)
        )
    return answer


def usable_key(certificate: Certificate) -> bool:
    """Whether the certificate's public key can be read at all."""
    return readable(certificate.outline.spki)


def verify_signed(encoded: bytes, spki: bytes) -> bool:
    """Whether the key signed this certificate or list: a sequence of signed part, algorithm and signature.

    SECURITY: the algorithm outside the signed part must be the one inside it (RFC 5280 sections 4.1.1.2, 5.1.1.2).
    """
    try:
        signed, algorithm, signature = der.read(encoded).children(3)
        if algorithm.raw != _inner_algorithm(signed):
            return False
        bits, unused = der.bit_string(signature.content)
    except (DerError, ValueError):
        return False
    return not unused and verify(spki, algorithm.raw, signed.raw, bits)


def _inner_algorithm(signed: der.Node) -> bytes:
    """The first sequence of a TBSCertificate or TBSCertList; what may stand before it are a version and a serial."""
    for part in signed:
        if part.tag == der.SEQUENCE:
            return part.raw
    raise DerError("no algorithm inside the signed part")


def verify(spki: bytes, algorithm: bytes, signed: bytes, signature: bytes) -> bool:
    """Whether `signature` over `signed` was made by this key; `spki` and `algorithm` (AlgorithmIdentifier) are DER.

    False too for what cannot be read or is not supported.
    """
    small = len(spki) <= _MAX_REMEMBERED and len(algorithm) <= _MAX_REMEMBERED
    check = _remembered_verifier(spki, algorithm) if small else _verifier(spki, algorithm)
    return check is not None and check(signature, signed)


Verifier = Callable[[bytes, bytes], bool]
"""Whether the first is a signature over the second."""


def _verifier(spki: bytes, algorithm: bytes) -> Verifier | None:
    """What checks the signatures of this key and algorithm; None where they cannot be read or do not fit."""
    from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm

    key = public_key(spki)
    try:
        check = None if key is None else _checker(key, spki, algorithm)
    except (UnsupportedAlgorithm, DerError, ValueError):
        return None
    if check is None:
        return None

    def verifier(signature: bytes, signed: bytes) -> bool:
        try:
            check(signature, signed)
        except (InvalidSignature, UnsupportedAlgorithm, ValueError):
            return False
        return True

    return verifier


_remembered_verifier = lru_cache(maxsize=256)(_verifier)


def _checker(key: PublicKeyTypes, spki: bytes, algorithm: bytes) -> Callable[[bytes, bytes], None] | None:
    """What raises InvalidSignature for a signature that does not fit what was signed."""
    from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed448, ed25519, padding, rsa

    identifier, *parameters = der.read(algorithm).children(2)
    scheme, digest = _SCHEMES.get(der.oid(identifier.expect(der.OID).content), ("", ""))
    match key:
        case rsa.RSAPublicKey() if scheme == RSA_PSS:
            pss = _pss(parameters)
            if not _allowed(spki, pss):
                return None
            mask, pss_hash = padding.PSS(padding.MGF1(_hash(pss.mask_digest)), pss.salt), _hash(pss.digest)
            return lambda signature, signed: key.verify(signature, signed, mask, pss_hash)
        case rsa.RSAPublicKey() if scheme == RSA:
            plain, rsa_hash = padding.PKCS1v15(), _hash(digest)
            return lambda signature, signed: key.verify(signature, signed, plain, rsa_hash)
        case ec.EllipticCurvePublicKey() if scheme == EC:
            ecdsa = ec.ECDSA(_hash(digest))
            return lambda signature, signed: key.verify(signature, signed, ecdsa)
        case dsa.DSAPublicKey() if scheme == DSA:
            dsa_hash = _hash(digest)
            return lambda signature, signed: key.verify(signature, signed, dsa_hash)
        case ed25519.Ed25519PublicKey() if scheme == ED25519:
            return key.verify
        case ed448.Ed448PublicKey() if scheme == ED448:
            return key.verify
    return None


@lru_cache(maxsize=32)
def _hash(name: str) -> HashAlgorithm:
    from cryptography.hazmat.primitives import hashes

    algorithm: HashAlgorithm = getattr(hashes, name)()
    return algorithm


class _Pss(NamedTuple):
    digest: str
    mask_digest: str
    salt: int


def _pss(parameters: list[der.Node]) -> _Pss:
    """RSASSA-PSS-params (RFC 4055 section 3.1). Raises ValueError when absent, broken or not supported.

    SECURITY: no kinder than OpenSSL: each field once, in its place, and of its type.
    """
    if not parameters:
        raise DerError("no RSASSA-PSS parameters")
    digest, mask_digest, salt, last = "SHA1", "SHA1", 20, 0
    for field in parameters[0].expect(der.SEQUENCE):
        if field.tag <= last:
            raise DerError("RSASSA-PSS parameters that are out of order")
        last = field.tag
        [value] = field.children(1)
        match field.tag:
            case 0xA0:
                digest = _digest(value)
            case 0xA1:
                function, argument = value.expect(der.SEQUENCE).children(2)
                if der.oid(function.expect(der.OID).content) != _MGF1:
                    raise DerError("an unknown mask generation function")
                mask_digest = _digest(argument)
            case 0xA2:
                salt = der.integer(value.expect(der.INTEGER).content)
            case _ if field.tag != 0xA3 or der.integer(value.expect(der.INTEGER).content) != 1:
                raise DerError("an unknown RSASSA-PSS parameter")
    if salt < 0:
        raise DerError("a negative salt length")
    return _Pss(digest, mask_digest, salt)


def _digest(algorithm: der.Node) -> str:
    identifier, *_ = algorithm.expect(der.SEQUENCE).children(2)
    name = _DIGESTS.get(der.oid(identifier.expect(der.OID).content))
    if name is None:
        raise DerError("an unknown digest")
    return name


def _allowed(spki: bytes, used: _Pss) -> bool:
    """Whether the key's own parameters, when an RSASSA-PSS key has some, allow this use (RFC 4055 section 3.3)."""
    identifier, *parameters = der.read(spki).children(2)[0].children(2)
    if der.oid(identifier.content) != RSA_PSS or not parameters:
        return True
    allowed = _pss(parameters)
    same = (allowed.digest, allowed.mask_digest) == (used.digest, used.mask_digest)
    return same and used.salt >= allowed.salt
