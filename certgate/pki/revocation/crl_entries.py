"""The entries of a revocation list: an index by serial number, made in one pass over the bytes.

A list may have a million entries of which one or none is looked at, so an entry becomes an object when it is asked for.
The whole list is checked all the same: what breaks the encoding anywhere makes all of it unreadable.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from typing import NamedTuple

from certgate.pki import der
from certgate.pki.der import DerError, Node
from certgate.pki.general_names import NameKind, read_names
from certgate.pki.names import same_name

MAX_EQUAL = 10_000
"""SECURITY: the most entries for one serial number; all of them are looked at when it is asked for."""
MAX_UNUSUAL = 100_000
"""SECURITY: the most entries whose extensions are read one by one: those with more than a reason and a date."""

_REASON = "2.5.29.21"
_CERTIFICATE_ISSUER = "2.5.29.29"

_PLAIN_REASON = rb"\x30\x0a\x06\x03\x55\x1d\x15\x04\x03\x0a\x01."
_PLAIN_DATE = rb"\x30\x18\x06\x03\x55\x1d\x18\x04\x11\x18\x0f[0-9]{14}Z"
_PLAIN = re.compile(
    rb"\x30(?:\x0c%b|\x1a%b|\x26(?:%b%b|%b%b))"
    % (_PLAIN_REASON, _PLAIN_DATE, _PLAIN_REASON, _PLAIN_DATE, _PLAIN_DATE, _PLAIN_REASON),
    re.DOTALL,
).fullmatch
"""The extensions of nearly every entry: a reason, a date of invalidity or both, neither of them critical."""


class Entry(NamedTuple):
    """One revoked certificate: `revoked` is the time as encoded, `reason` a CRLReason or None.

    `issuers` are the directory names (DER) of the certificate's issuer where this entry or one before it names them,
    None where the issuer of the list is meant. `unknown_critical` is an extension that is critical without leave: only
    the one that names the issuer may be.
    """

    revoked: Node
    reason: int | None
    issuers: tuple[bytes, ...] | None = None
    unknown_critical: str = ""


class _Extensions(NamedTuple):
    reason: int | None
    issuers: tuple[bytes, ...] | None
    unknown_critical: str


class Entries:
    """The entries inside `listed`, the SEQUENCE of them, None where a list has none. Raises DerError."""

    def __init__(self, listed: Node | None) -> None:
        self._first: dict[bytes, int] = {}
        self._more: dict[bytes, list[int]] = {}
        self._issuers_from: list[int] = []
        self._issuers: list[tuple[bytes, ...]] = []
        self._data = b""
        self.unknown_critical = ""
        """An extension of an entry that is critical and may not be."""
        if listed is not None:
            self._data = listed.data
            try:
                self._scan(listed.content_start, listed.end)
            except IndexError:
                raise DerError("ends inside an entry") from None

    def __len__(self) -> int:
        return len(self._first) + sum(map(len, self._more.values()))

    @property
    def names_issuers(self) -> bool:
        """Whether an entry names the issuer of its certificate, as entries of indirect lists do."""
        return bool(self._issuers)

    @property
    def names_nobody(self) -> bool:
        """Whether it does so by no directory name, so that nobody knows whose certificates are meant from there on."""
        return () in self._issuers

    def of(self, serial: bytes, list_issuer: bytes, issuer: bytes) -> tuple[Entry, ...]:
        """The entries for a serial number (as encoded) of that issuer; both names are DER."""
        found = self.all(serial)
        return tuple(one for one in found if _is_of(one, list_issuer, issuer)) if found else ()

    def all(self, serial: bytes) -> tuple[Entry, ...]:
        """All entries for a serial number, in the order of the list."""
        first = self._first.get(serial)
        if first is None:
            return ()
        return tuple(map(self._entry, (first, *self._more.get(serial, ()))))

    def _entry(self, at: int) -> Entry:
        _, revoked, *rest = der.read(self._data, at).children(3)
        found = _extensions(rest[0].raw) if rest else _Extensions(None, None, "")
        place = bisect_right(self._issuers_from, at)
        issuers = self._issuers[place - 1] if place else None
        return Entry(revoked, found.reason, issuers, found.unknown_critical)

    def _scan(self, at: int, end: int) -> None:
        """Go over all entries. Written out, since it is what reading a list costs."""
        data, plain, remember, unusual = self._data, _PLAIN, self._first.setdefault, 0
        while at < end:
            body, size = at + 2, data[at + 1]
            if size >= 0x80:
                entry = der.read(data, at, end)
                body, size = entry.content_start, entry.end - entry.content_start
            serial = body + 2
            after = serial + data[body + 1]
            rest, stop = after + 2 + data[after + 1], body + size
            lead = data[serial]
            if (
                data[at] != 0x30
                or stop > end
                or rest > stop
                or data[body] != 2
                or not serial < after < serial + 0x80
                or not 0x17 <= data[after] <= 0x18
                or data[after + 1] >= 0x80
                or ((lead == 0 or lead == 0xFF) and after > serial + 1 and not (lead ^ data[serial + 1]) & 0x80)
            ):
                raise DerError("an entry that is not a serial number and a date")
            number = data[serial:after]
            if remember(number, at) != at:
                self._again(number, at)
            if rest != stop and not plain(data, rest, stop):
                unusual += 1
                if unusual > MAX_UNUSUAL:
                    raise DerError(f"more than {MAX_UNUSUAL:,} entries with unusual extensions")
                self._note(at, data[rest:stop])
            at = stop

    def _again(self, serial: bytes, at: int) -> None:
        places = self._more.setdefault(serial, [])
        places.append(at)
        if len(places) > MAX_EQUAL:
            raise DerError(f"more than {MAX_EQUAL:,} entries for one serial number")

    def _note(self, at: int, extensions: bytes) -> None:
        found = _extensions(extensions)
        self.unknown_critical = self.unknown_critical or found.unknown_critical
        if found.issuers is not None:
            self._issuers_from.append(at)
            self._issuers.append(found.issuers)


def _is_of(entry: Entry, list_issuer: bytes, issuer: bytes) -> bool:
    named = (list_issuer,) if entry.issuers is None else entry.issuers
    return any(same_name(name, issuer) for name in named)


@lru_cache(maxsize=1024)
def _extensions(encoded: bytes) -> _Extensions:
    """What the extensions of one entry say. Raises DerError, also where one of them occurs twice."""
    reason, issuers, unknown = None, None, ""
    seen: set[str] = set()
    for extension in der.read_only(encoded, der.SEQUENCE):
        oid, critical, value = read_extension(extension)
        if oid in seen:
            raise DerError(f"extension {oid} occurs twice in an entry")
        seen.add(oid)
        if critical and oid != _CERTIFICATE_ISSUER:
            unknown = oid
        if oid == _REASON:
            reason = der.integer(der.read_only(value, der.ENUMERATED).content)
        elif oid == _CERTIFICATE_ISSUER:
            named = read_names(der.read_only(value, der.SEQUENCE))
            issuers = tuple(name.content for name in named if name.kind is NameKind.DIRECTORY)
    return _Extensions(reason, issuers, unknown)


def read_extension(node: Node) -> tuple[str, bool, bytes]:
    """Object identifier, criticality and value of one extension. Raises DerError."""
    oid, *flag, value = _at_least_two(node.expect(der.SEQUENCE).children(3))
    critical = bool(flag) and der.boolean(flag[0].expect(der.BOOLEAN).content)
    return der.oid(oid.expect(der.OID).content), critical, value.expect(der.OCTET_STRING).content


def _at_least_two(parts: list[Node]) -> list[Node]:
    if len(parts) < 2:
        raise DerError("an extension without value")
    return parts
