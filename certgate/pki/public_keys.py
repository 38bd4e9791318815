"""Public keys as cryptography holds them, made of a SubjectPublicKeyInfo (RFC 5280 section 4.1.2.7). Remembered.

The usual kinds, RSA and the points of NIST's curves, are made of their numbers: cryptography's reader for all kinds
brings the formats of private keys and of SSH along, which a quick command would wait 3 ms for. Everything out of the
ordinary is left to that reader, so it alone says what is refused.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from certgate.pki import der
from certgate.pki.der import DerError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes

_MAX_REMEMBERED = 4096
"""SECURITY: the most bytes of a key that is remembered, so that strangers cannot fill the memory."""

_RSA = bytes.fromhex("300d06092a864886f70d0101010500")
"""The AlgorithmIdentifier of an RSA key, in DER (RFC 3279 section 2.3.1)."""

_POINTS = {
    "SECP256R1": (bytes.fromhex("3059301306072a8648ce3d020106082a8648ce3d030107034200"), 65),
    "SECP384R1": (bytes.fromhex("3076301006072a8648ce3d020106052b81040022036200"), 97),
    "SECP521R1": (bytes.fromhex("30819b301006072a8648ce3d020106052b8104002303818600"), 133),
}
"""Curve -> what stands before the point in DER, and the length of a point that is not compressed (RFC 5480)."""
_UNCOMPRESSED = 4

_ORDINARY_RSA = {
    294: bytes.fromhex("30820122300d06092a864886f70d01010105000382010f003082010a0282010100"),
    422: bytes.fromhex("308201a2300d06092a864886f70d01010105000382018f003082018a0282018100"),
    550: bytes.fromhex("30820222300d06092a864886f70d01010105000382020f003082020a0282020100"),
}
"""Size of a key of 2048, 3072 or 4096 bits with the exponent 65537 -> what stands before its modulus."""
_EXPONENT = bytes.fromhex("0203010001")

_P256 = (1 << 256) - (1 << 224) + (1 << 192) + (1 << 96) - 1
_B256 = 0x5AC635D8_AA3A93E7_B3EBBD55_769886BC_651D06B0_CC53B0F6_3BCE3C3E_27D2604B
"""The field and the constant of the curve P-256: y^2 = x^3 - 3x + b (FIPS 186-4 section D.1.2.3)."""


def readable(spki: bytes) -> bool:
    """Whether `public_key` gives a key, found out without making one where that is quick.

    SECURITY: of the two kinds that are judged here each key that `public_key` refuses is refused; all others go there.
    """
    size = len(spki)
    if size == 91 and spki.startswith(_POINTS["SECP256R1"][0]) and spki[26] == _UNCOMPRESSED:
        x, y = int.from_bytes(spki[27:59], "big"), int.from_bytes(spki[59:], "big")
        return x < _P256 and y < _P256 and (y * y - (x * x - 3) * x - _B256) % _P256 == 0
    start = _ORDINARY_RSA.get(size)
    if start is not None and spki.startswith(start) and spki.endswith(_EXPONENT) and spki[33] >= 0x80:
        return True
    return public_key(spki) is not None


def public_key(spki: bytes) -> PublicKeyTypes | None:
    """The key, or None for one that cannot be read or is of no supported kind."""
    return _remembered(spki) if len(spki) <= _MAX_REMEMBERED else _made(spki)


def _made(spki: bytes) -> PublicKeyTypes | None:
    return _point(spki) or _rsa(spki) or _any(spki)


_remembered = lru_cache(maxsize=512)(_made)


def _point(spki: bytes) -> PublicKeyTypes | None:
    for curve, (start, length) in _POINTS.items():
        point = spki[len(start) :]
        if spki.startswith(start) and len(point) == length and point[0] == _UNCOMPRESSED:
            from cryptography.hazmat.primitives.asymmetric import ec

            try:
                # SECURITY: a point that does not lie on the curve is refused.
                return ec.EllipticCurvePublicKey.from_encoded_point(getattr(ec, curve)(), point)
            except ValueError:
                return None
    return None


def _rsa(spki: bytes) -> PublicKeyTypes | None:
    try:
        algorithm, key = der.read_only(spki, der.SEQUENCE).children(2)
        if algorithm.raw != _RSA or key.tag != der.BIT_STRING or key.content[:1] != b"\0":
            return None
        modulus, exponent = (
            der.integer(number.expect(der.INTEGER).content)
            for number in der.read_only(key.content[1:], der.SEQUENCE).children(2)
        )
    except (DerError, ValueError):
        return None
    if modulus <= 0 or exponent <= 0:
        return None
    from cryptography.hazmat.primitives.asymmetric import rsa

    try:
        return rsa.RSAPublicNumbers(exponent, modulus).public_key()
    except ValueError:
        return None


def _any(spki: bytes) -> PublicKeyTypes | None:
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.serialization import load_der_public_key

    try:
        return load_der_public_key(spki)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        return None
