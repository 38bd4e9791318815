"""Certificate revocation lists as bytes say them (RFC 5280 section 5): dates, scope, and who is on the list.

Reads one list; whether it may be used for a certificate is decided in `revocation`.
"""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from certgate.pki import der
from certgate.pki.der import DerError, Node
from certgate.pki.general_names import read_names
from certgate.pki.structure import read_extension

if TYPE_CHECKING:
    from datetime import datetime

    from certgate.pki.general_names import GeneralName

REMOVE_FROM_CRL = 8
REASONS = {
    0: "unspecified",
    1: "keyCompromise",
    2: "cACompromise",
    3: "affiliationChanged",
    4: "superseded",
    5: "cessationOfOperation",
    6: "certificateHold",
    REMOVE_FROM_CRL: "removeFromCRL",
    9: "privilegeWithdrawn",
    10: "aACompromise",
}

_AUTHORITY_KEY_IDENTIFIER = "2.5.29.35"
_CRL_NUMBER = "2.5.29.20"
_REASON = "2.5.29.21"
_DELTA = "2.5.29.27"
_DISTRIBUTION_POINT = "2.5.29.28"
_MAY_BE_CRITICAL = frozenset({_AUTHORITY_KEY_IDENTIFIER, _DELTA, _DISTRIBUTION_POINT})
_EXTENSIONS = 0xA0


class Entry(NamedTuple):
    """One revoked certificate: `revoked` is the time as encoded, `reason` a CRLReason or None."""

    revoked: Node
    reason: int | None


class Scope(NamedTuple):
    """IssuingDistributionPoint (RFC 5280 section 5.2.5): `names` are those of its distribution point, if it has one."""

    names: tuple[GeneralName, ...] = ()
    relative: bool = False
    only_users: bool = False
    only_authorities: bool = False
    some_reasons: bool = False
    indirect: bool = False
    only_attributes: bool = False


class RevocationList:
    """A CRL. Raises DerError when the bytes are none; entries are read when first asked for."""

    def __init__(self, encoded: bytes) -> None:
        whole = der.read_only(encoded, der.SEQUENCE)
        signed, _, _ = _three(whole)
        self.encoded = encoded
        parts = signed.expect(der.SEQUENCE).children(7)
        self.version = 1
        if parts and parts[0].tag == der.INTEGER:
            self.version = der.integer(parts.pop(0).content) + 1
        if len(parts) < 3:
            raise DerError("a list without issuer or date")
        self.issuer = parts[1].expect(der.SEQUENCE).raw
        self.this_update: datetime = der.time(parts[2])
        rest = parts[3:]
        self.next_update: datetime | None = None
        if rest and rest[0].tag in (der.UTC_TIME, der.GENERALIZED_TIME):
            self.next_update = der.time(rest.pop(0))
        self._revoked = rest.pop(0) if rest and rest[0].tag == der.SEQUENCE else None
        self._extensions = _extensions(rest.pop(0)) if rest and rest[0].tag == _EXTENSIONS else {}
        if rest:
            raise DerError("a list with more parts than RFC 5280 knows")
        self._signers: dict[bytes, bool] = {}

    def signed_by(self, spki: bytes) -> bool:
        """Whether this key signed the list; remembered, since a long list is costly to hash."""
        answer = self._signers.get(spki)
        if answer is None:
            from certgate.pki.signatures import verify_signed

            answer = self._signers[spki] = verify_signed(self.encoded, spki)
        return answer

    @property
    def delta(self) -> bool:
        return _DELTA in self._extensions

    @cached_property
    def scope(self) -> Scope:
        """Raises DerError."""
        _, value = self._extensions.get(_DISTRIBUTION_POINT, (False, b""))
        return _scope(value) if value else Scope()

    @cached_property
    def fault(self) -> str | None:
        """Why this list cannot be used for any certificate, None when it can: what the standard forbids."""
        unknown = [oid for oid, (critical, _) in self._extensions.items() if critical and oid not in _MAY_BE_CRITICAL]
        if unknown:
            return f"it has a critical extension that is not understood ({unknown[0]})"
        if _CRL_NUMBER not in self._extensions:
            return "it has no CRL number, which RFC 5280 section 5.2.3 demands"
        if self.next_update is None:
            return "it does not say until when it holds"
        try:
            _ = self.scope
            return self._entries[1]
        except DerError as error:
            return f"it cannot be read: {error}"

    def find(self, serial: bytes) -> Entry | None:
        """The entry for a serial number, given as encoded. Raises DerError."""
        return self._entries[0].get(serial)

    @cached_property
    def _entries(self) -> tuple[dict[bytes, Entry], str | None]:
        """The entries by serial number, and why the list as a whole cannot be used."""
        found: dict[bytes, Entry] = {}
        fault = None
        for entry in self._revoked or ():
            serial, revoked, *extensions = entry.expect(der.SEQUENCE).children(3)
            reason = None
            if extensions:
                reason, unknown = _entry_extensions(extensions[0].raw)
                if unknown:
                    fault = f"an entry has a critical extension that is not understood ({unknown})"
            found[serial.expect(der.INTEGER).content] = Entry(revoked, reason)
        return found, fault


@lru_cache(maxsize=64)
def parse(encoded: bytes) -> RevocationList:
    """The list in these bytes (DER). Raises DerError. Remembered, with all that was read or verified of it."""
    return RevocationList(encoded)


def _three(node: Node) -> tuple[Node, Node, Node]:
    children = node.children(3)
    if len(children) != 3:
        raise DerError("not the three parts of a list")
    return children[0], children[1], children[2]


def _extensions(node: Node) -> dict[str, tuple[bool, bytes]]:
    """Criticality and value by object identifier. Raises DerError for one that occurs twice."""
    [listed] = node.children(1)
    found: dict[str, tuple[bool, bytes]] = {}
    for extension in listed.expect(der.SEQUENCE):
        oid, critical, value = read_extension(extension)
        if oid in found:
            raise DerError(f"extension {oid} occurs twice")
        found[oid] = critical, value
    return found


@lru_cache(maxsize=1024)
def _entry_extensions(encoded: bytes) -> tuple[int | None, str]:
    """The reason code of an entry, and a critical extension that is not understood."""
    reason, unknown = None, ""
    for extension in der.read(encoded).expect(der.SEQUENCE):
        oid, critical, value = read_extension(extension)
        if oid == _REASON:
            reason = der.integer(der.read_only(value, der.ENUMERATED).content)
        elif critical:
            unknown = oid
    return reason, unknown


def _scope(value: bytes) -> Scope:
    names: tuple[GeneralName, ...] = ()
    relative = False
    flags = dict.fromkeys((0x81, 0x82, 0x83, 0x84, 0x85), False)
    for field in der.read_only(value, der.SEQUENCE):
        if field.tag == 0xA0:
            [name] = field.children(1)
            relative = name.tag == 0xA1
            names = () if relative else read_names(name.expect(0xA0))
        elif field.tag == 0x83:
            flags[0x83] = True
        elif field.tag in flags:
            flags[field.tag] = der.boolean(field.content)
        else:
            raise DerError("an unknown part of an issuing distribution point")
    return Scope(names, relative, flags[0x81], flags[0x82], flags[0x83], flags[0x84], flags[0x85])
