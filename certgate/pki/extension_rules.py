"""What path validation makes of the extensions of a certificate, taken by themselves: which may be critical, which may
occur once only, and which leave the certificate sound. OpenSSL's view, which decides .NET's on Linux.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from certgate.pki import der, extensions, names, oids
from certgate.pki.der import DerError
from certgate.pki.extension_list import Broken, decode
from certgate.pki.extensions import KeyUsage
from certgate.pki.general_names import plain_names

if TYPE_CHECKING:
    from certgate.pki.chains.name_constraints import Constraints
    from certgate.pki.extensions import DistributionPoint
    from certgate.pki.structure import RawExtension

NETSCAPE_TYPE = "2.16.840.1.113730.1.1"
PROXY = "1.3.6.1.5.5.7.1.14"
RESOURCES = frozenset({"1.3.6.1.5.5.7.1.7", "1.3.6.1.5.5.7.1.8"})
"""The extensions of RFC 3779 (addresses and autonomous systems), which certgate does not evaluate."""

_PROCESSED = RESOURCES | {
    *(oids.KEY_USAGE, oids.SUBJECT_ALTERNATIVE_NAME, oids.BASIC_CONSTRAINTS, oids.NAME_CONSTRAINTS),
    *(oids.CRL_DISTRIBUTION_POINTS, oids.ENHANCED_KEY_USAGE, NETSCAPE_TYPE, PROXY),
    *(oids.CERTIFICATE_POLICIES, oids.POLICY_MAPPINGS, oids.POLICY_CONSTRAINTS, oids.INHIBIT_ANY_POLICY),
    oids.OCSP_NO_CHECK,
}
"""The extensions that may be critical: those that OpenSSL knows how to take into account."""

_DECODED = frozenset(
    {
        *(oids.SUBJECT_KEY_IDENTIFIER, oids.KEY_USAGE, oids.SUBJECT_ALTERNATIVE_NAME, oids.BASIC_CONSTRAINTS),
        *(oids.CRL_DISTRIBUTION_POINTS, oids.AUTHORITY_KEY_IDENTIFIER, oids.ENHANCED_KEY_USAGE),
    }
)
"""The extensions without which, once broken, a certificate takes no part in a path."""

_ONCE = _DECODED | {oids.NAME_CONSTRAINTS, NETSCAPE_TYPE, PROXY}
"""The extensions that path building reads: where one of them occurs twice, nobody can say which of the two counts."""

_MAX_REMEMBERED = 32
"""SECURITY: the most extensions of a set of kinds that is remembered, so that strangers cannot fill the memory."""


class Kinds(NamedTuple):
    """Which extensions a certificate has: what can be said without their values.

    `unambiguous` says that none of those that path building reads occurs twice.
    """

    found: frozenset[str]
    unambiguous: bool
    unknown_critical: tuple[str, ...]


def _kinds(heads: tuple[tuple[str, bool], ...]) -> Kinds:
    """`heads` has identifier and criticality of each extension."""
    listed = [oid for oid, _ in heads]
    return Kinds(
        frozenset(listed),
        all(listed.count(oid) == 1 for oid in _ONCE.intersection(listed)),
        tuple(oid for oid, critical in heads if critical and oid not in _PROCESSED),
    )


_remembered_kinds = lru_cache(maxsize=128)(_kinds)


def kinds(listed: tuple[RawExtension, ...]) -> Kinds:
    """The kinds of these extensions."""
    heads = tuple([extension.head for extension in listed])
    return _remembered_kinds(heads) if len(heads) <= _MAX_REMEMBERED else _kinds(heads)


def sane(extension: RawExtension) -> bool:
    """Whether an extension, taken by itself, leaves its certificate sound. Remembered with the extension."""
    if extension.sane is None:
        extension.sane = _makes_sense(extension)
    return extension.sane


def _makes_sense(extension: RawExtension) -> bool:
    match extension.oid:
        case oids.BASIC_CONSTRAINTS:
            constraints = decode(extension, extensions.basic_constraints)
            return not isinstance(constraints, Broken) and (constraints.path_length or 0) >= 0
        case oids.KEY_USAGE:
            usage = decode(extension, extensions.key_usage)
            return not isinstance(usage, Broken) and usage != KeyUsage.NONE
        case oids.CRL_DISTRIBUTION_POINTS:
            points = decode(extension, extensions.distribution_points)
            return not isinstance(points, Broken) and all(map(_has_place, points))
        case oids.SUBJECT_ALTERNATIVE_NAME if plain_names(extension.value):
            return True
        case oid if oid in _DECODED:
            return not isinstance(decode(extension, extensions.DECODERS[oid]), Broken)
    try:
        if extension.oid == oids.NAME_CONSTRAINTS:
            constraints_of(extension.value)
        elif extension.oid == NETSCAPE_TYPE:
            netscape_bits(extension.value)
    except DerError:
        return False
    return True


def _has_place(point: DistributionPoint) -> bool:
    """Whether a distribution point says where, and its relative name, if it has one, can be part of a name."""
    if point.relative_name is not None:
        try:
            names.check(der.wrap(der.SEQUENCE, point.relative_name))
        except DerError:
            return False
    return bool(point.full_name or point.relative_name or point.crl_issuer)


def netscape_bits(value: bytes) -> int:
    """The bits of a Netscape certificate type. Raises DerError."""
    bits, _ = der.bit_string(der.read(value).expect(der.BIT_STRING).content)
    return bits[0] if bits else 0


def constraints_of(raw: bytes) -> Constraints:
    """The name constraints in the value of their extension. Raises DerError."""
    # Imported here: few authorities have name constraints.
    from certgate.pki.chains.name_constraints import read_constraints

    return read_constraints(raw)
