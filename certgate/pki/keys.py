"""Sizes of public keys, read from their encoding. Knows nothing of cryptography."""

from __future__ import annotations

from certgate.pki import der, oids
from certgate.pki.der import DerError, Node

_PRIME_FIELD = "1.2.840.10045.1.1"
_BINARY_FIELD = "1.2.840.10045.1.2"

_CURVES = {
    "1.2.840.10045.3.1": {1: 192, 2: 192, 3: 192, 4: 239, 5: 239, 6: 239, 7: 256},
    "1.3.36.3.3.2.8.1.1": {1: 160, 2: 160, 3: 192, 4: 192, 5: 224, 6: 224, 7: 256, 8: 256}
    | {9: 320, 10: 320, 11: 384, 12: 384, 13: 512, 14: 512},
    "1.3.132.0": {1: 163, 2: 163, 3: 239, 4: 113, 5: 113, 6: 112, 7: 112, 8: 160, 9: 160, 10: 256, 15: 163}
    | {16: 283, 17: 283, 22: 131, 23: 131, 24: 193, 25: 193, 26: 233, 27: 233, 28: 128, 29: 128, 30: 160, 31: 192}
    | {32: 224, 33: 224, 34: 384, 35: 521, 36: 409, 37: 409, 38: 571, 39: 571},
}
"""Field sizes of the curves that have a name. Sources: SEC 2, X9.62 and RFC 5639."""


def key_size(oid: str, parameters: bytes | None, key: bytes) -> int | None:
    """Bits of an RSA, elliptic curve or DSA key; None for other kinds and for a curve without a known name.

    `parameters` is DER, `key` the bytes of the BIT STRING. Raises DerError where they do not fit the kind.
    """
    match oid:
        case oids.RSA:
            return _modulus_bits(key)
        case oids.EC:
            return _curve_bits(_parameters(parameters))
        case oids.DSA:
            der.check(der.read(key).expect(der.INTEGER))
            return _integer_bits(_first(_parameters(parameters).expect(der.SEQUENCE)))
        case _:
            return None


def _parameters(parameters: bytes | None) -> Node:
    if parameters is None:
        raise DerError("a key without parameters")
    return der.read_only(parameters)


def _first(node: Node) -> Node:
    children = node.children()
    if not children:
        raise DerError("an empty sequence")
    return children[0]


def _integer_bits(node: Node) -> int:
    """The size of a number that is positive even where its encoding lacks the zero byte that says so."""
    return int.from_bytes(der.check(node.expect(der.INTEGER)).content, "big").bit_length()


def _modulus_bits(key: bytes) -> int:
    numbers = der.read(key).expect(der.SEQUENCE).children(2)
    if len(numbers) != 2:
        raise DerError("an RSA key that is not a modulus and an exponent")
    _integer_bits(numbers[1])
    return _integer_bits(numbers[0])


def _curve_bits(parameters: Node) -> int | None:
    if parameters.tag == der.OID:
        arc, _, number = der.oid(parameters.content).rpartition(".")
        return _CURVES.get(arc, {}).get(int(number))
    parts = parameters.expect(der.SEQUENCE).children()
    if len(parts) < 2:
        raise DerError("curve parameters without a field")
    field = parts[1].expect(der.SEQUENCE).children(2)
    if len(field) != 2:
        raise DerError("a field that is not a type and parameters")
    return _field_bits(der.oid(field[0].expect(der.OID).content), field[1])


def _field_bits(kind: str, value: Node) -> int | None:
    if kind == _PRIME_FIELD:
        return _integer_bits(value)
    if kind == _BINARY_FIELD:
        return der.integer(_first(value).expect(der.INTEGER).content)
    return None
