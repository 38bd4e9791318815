"""Certificate revocation lists as bytes say them (RFC 5280 section 5): dates, scope, and who is on the list.

Reads one list; whether it may be used for a certificate is decided in `revocation`. The entries are in `crl_entries`.
"""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from certgate.core.lazy import lazy
from certgate.pki import der, extensions
from certgate.pki.der import DerError, Node
from certgate.pki.general_names import read_names
from certgate.pki.revocation.crl_entries import Entries, read_extension
from certgate.pki.revocation.crl_entries import Entry as Entry

if TYPE_CHECKING:
    from datetime import datetime

    from certgate.pki.extensions import AuthorityKeyIdentifier
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

ALL_REASONS = frozenset(range(1, 9))
"""The bits of ReasonFlags (RFC 5280 section 4.2.1.13) that stand for a reason."""
REASON_FLAGS = (*(REASONS[code] for code in (0, 1, 2, 3, 4, 5, 6)), REASONS[9], REASONS[10])

_AUTHORITY_KEY_IDENTIFIER = "2.5.29.35"
_CRL_NUMBER = "2.5.29.20"
_DELTA = "2.5.29.27"
_DISTRIBUTION_POINT = "2.5.29.28"
_FRESHEST = "2.5.29.46"
_MAY_BE_CRITICAL = frozenset({_AUTHORITY_KEY_IDENTIFIER, _DELTA, _DISTRIBUTION_POINT})
_EXTENSIONS = 0xA0

MAX_REMEMBERED = 32 * 1024 * 1024
"""SECURITY: how many bytes of lists are remembered; an index by serial number takes several times as much again."""
_MAX_REMEMBERED_LISTS = 64
_MAX_REMEMBERED_SIGNERS = 64
"""SECURITY: how many keys a list is remembered to be signed by or not: strangers choose what is tried on it."""


class Scope(NamedTuple):
    """IssuingDistributionPoint (RFC 5280 section 5.2.5): `names` are those of its distribution point, if it has one.

    `point` says that it has one. `relative_name` is the DER of a relative name, `reasons` None for all reasons.
    """

    names: tuple[GeneralName, ...] = ()
    relative: bool = False
    only_users: bool = False
    only_authorities: bool = False
    some_reasons: bool = False
    indirect: bool = False
    only_attributes: bool = False
    point: bool = False
    relative_name: bytes | None = None
    reasons: frozenset[int] | None = None


class RevocationList:
    """A CRL. Raises DerError when the bytes are none; entries are read when first asked for."""

    def __init__(self, encoded: bytes) -> None:
        whole = der.read_only(encoded, der.SEQUENCE)
        signed, _, _ = _exactly(whole, 3)
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

            answer = verify_signed(self.encoded, spki)
            # The key that did sign it is kept, however many follow.
            if answer or len(self._signers) < _MAX_REMEMBERED_SIGNERS:
                self._signers[spki] = answer
        return answer

    def tried(self, spki: bytes) -> bool:
        """Whether it is remembered if this key signed the list."""
        return spki in self._signers

    @property
    def delta(self) -> bool:
        return _DELTA in self._extensions

    @property
    def freshest(self) -> bool:
        """Whether it says that there are delta lists for it."""
        return _FRESHEST in self._extensions

    @lazy
    def number(self) -> int | None:
        """The CRL number. Raises DerError."""
        return self._integer(_CRL_NUMBER)

    @lazy
    def base(self) -> int | None:
        """The number of the list that a delta list builds on; None for a full list. Raises DerError."""
        return self._integer(_DELTA)

    def _integer(self, oid: str) -> int | None:
        value = self._value(oid)
        return None if value is None else der.integer(der.read_only(value, der.INTEGER).content)

    def _value(self, oid: str) -> bytes | None:
        return self._extensions[oid][1] if oid in self._extensions else None

    @lazy
    def authority_key_identifier(self) -> AuthorityKeyIdentifier | None:
        """Raises DerError."""
        value = self._value(_AUTHORITY_KEY_IDENTIFIER)
        return None if value is None else extensions.authority_key_identifier(value)

    @lazy
    def scope(self) -> Scope:
        """Raises DerError."""
        value = self._value(_DISTRIBUTION_POINT)
        return Scope() if value is None else _scope(value)

    @lazy
    def fault(self) -> str | None:
        """Why this list clears no certificate, None when it can: what the standard forbids."""
        if _CRL_NUMBER not in self._extensions:
            return "it has no CRL number, which RFC 5280 section 5.2.3 demands"
        if self.next_update is None:
            return "it does not say until when it holds"
        try:
            if self.unknown_critical:
                return self._unknown_critical_text()
            _ = self.number, self.base, self.authority_key_identifier
            if self._entries.names_nobody:
                return "an entry names the issuer of its certificate, but by no directory name"
            return _contradiction(self.scope, self._entries.names_issuers)
        except DerError as error:
            return f"it cannot be read: {error}"

    @lazy
    def unknown_critical(self) -> str:
        """An extension, of the list or of an entry, that is critical and not one that may be. Raises DerError."""
        return self._unknown_of_list or self._entries.unknown_critical

    @property
    def _unknown_of_list(self) -> str:
        found = (oid for oid, (critical, _) in self._extensions.items() if critical and oid not in _MAY_BE_CRITICAL)
        return next(found, "")

    def _unknown_critical_text(self) -> str:
        has = "it has" if self._unknown_of_list else "an entry has"
        return f"{has} a critical extension that is unknown or may not be critical ({self.unknown_critical})"

    def find(self, serial: bytes, issuer: bytes | None = None) -> Entry | None:
        """The first of `entries`. Raises DerError."""
        return next(iter(self.entries(serial, issuer)), None)

    def entries(self, serial: bytes, issuer: bytes | None = None) -> tuple[Entry, ...]:
        """All entries for a serial number, given as encoded; with an issuer (DER) those of its certificates, else those
        of anybody's. Raises DerError."""
        if issuer is None:
            return self._entries.all(serial)
        return self._entries.of(serial, self.issuer, issuer)

    @property
    def count(self) -> int:
        """How many entries it has. Raises DerError."""
        return len(self._entries)

    @lazy
    def _entries(self) -> Entries:
        return Entries(self._revoked)


_remembered: dict[bytes, RevocationList] = {}
_remembering = Lock()


def parse(encoded: bytes) -> RevocationList:
    """The list in these bytes (DER). Raises DerError. Remembered, with all that was read or verified of it.

    The last one always is, however long it be: many certificates ask for it one after the other.
    """
    found = _remembered.get(encoded)
    if found is None:
        found = RevocationList(encoded)
    with _remembering:
        _remembered.pop(encoded, None)
        _remembered[encoded] = found
        while len(_remembered) > 1 and (
            len(_remembered) > _MAX_REMEMBERED_LISTS or sum(map(len, _remembered)) > MAX_REMEMBERED
        ):
            del _remembered[next(iter(_remembered))]
    return found


def revoked_by(entry: Entry, who: str) -> str:
    """What `who`, a list with this entry, says of the certificate, for a sentence."""
    try:
        when = f" on {der.time(entry.revoked):%Y-%m-%d %H:%M} UTC"
    except DerError:
        when = ""
    return f"revoked{when}{reason_of(entry.reason)}, says {who}"


def reason_of(code: int | None) -> str:
    """The end of a sentence that says why something was revoked; empty where no reason is given."""
    return "" if code is None else f", reason {REASONS.get(code, code)}"


def _exactly(node: Node, count: int) -> list[Node]:
    children = node.children(count)
    if len(children) != count:
        raise DerError("a list in which a part is missing")
    return children


def _extensions(node: Node) -> dict[str, tuple[bool, bytes]]:
    """Criticality and value by object identifier. Raises DerError for one that occurs twice."""
    [listed] = _exactly(node, 1)
    found: dict[str, tuple[bool, bytes]] = {}
    for extension in listed.expect(der.SEQUENCE):
        oid, critical, value = read_extension(extension)
        if oid in found:
            raise DerError(f"extension {oid} occurs twice")
        found[oid] = critical, value
    return found


def _contradiction(scope: Scope, names_issuers: bool) -> str | None:
    if scope.only_users + scope.only_authorities + scope.only_attributes > 1:
        return "its scope contradicts itself: it is about certificates of one kind only, and of another kind only"
    if names_issuers and not scope.indirect:
        return "an entry names another issuer, and the list does not say that it is an indirect one"
    return None


def _scope(value: bytes) -> Scope:
    fields = extensions.tagged(der.read_only(value, der.SEQUENCE), (0xA0, 0x81, 0x82, 0x83, 0x84, 0x85))
    names, relative = _point_name(fields[0xA0]) if 0xA0 in fields else ((), None)
    users, authorities, indirect, attributes = (
        tag in fields and der.boolean(fields[tag].content) for tag in (0x81, 0x82, 0x84, 0x85)
    )
    reasons = der.named_bits(fields[0x83].content) if 0x83 in fields else None
    return Scope(
        names,
        relative is not None,
        users,
        authorities,
        reasons is not None,
        indirect,
        attributes,
        0xA0 in fields,
        relative,
        reasons,
    )


def _point_name(node: Node) -> tuple[tuple[GeneralName, ...], bytes | None]:
    """The full names of a distribution point, or the DER of its relative name."""
    [name] = _exactly(node, 1)
    if name.tag != 0xA1:
        return read_names(name.expect(0xA0)), None
    return (), der.wrap(der.SET, name.content)
