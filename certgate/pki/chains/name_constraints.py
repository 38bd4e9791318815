"""Name constraints (RFC 5280 section 4.2.1.10) as OpenSSL judges them, whose answers .NET on Linux reports.

Knows nothing of chains: it compares the names of one certificate with the constraints of one authority above it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import Enum
from typing import NamedTuple

from certgate.pki import der, strings
from certgate.pki.der import DerError, Node
from certgate.pki.extensions import tagged
from certgate.pki.general_names import GeneralName, NameKind, read_name, read_names
from certgate.pki.names import Name, canonical

_COMMON_NAME = bytes.fromhex("550403")
_EMAIL_ADDRESS = bytes.fromhex("2a864886f70d010901")
_SMTP_UTF8_MAILBOX = "1.3.6.1.5.5.7.8.9"

_LABEL = "[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?"
_HOST = re.compile(rf"{_LABEL}(?:\.{_LABEL})+")
"""What a common name must look like to be taken for a host: two labels or more."""


class Breach(Enum):
    """How a certificate breaks constraints."""

    NOT_PERMITTED = "is not among the permitted names"
    EXCLUDED = "is among the excluded names"
    LIMITS = "meets a constraint with a minimum or maximum, which is not supported"
    KIND = "is of a kind that cannot be compared with constraints"
    SYNTAX = "cannot be compared with constraints: one of the two is malformed"


class Compared(NamedTuple):
    """A name ready for comparison: `directory` is the folded form of a directory name."""

    name: GeneralName
    directory: tuple[object, ...] = ()


class Subtree(NamedTuple):
    """`limited` says that it has a minimum other than 0 or a maximum."""

    base: Compared
    limited: bool


class Constraints(NamedTuple):
    """The subtrees of one NameConstraints extension."""

    permitted: tuple[Subtree, ...]
    excluded: tuple[Subtree, ...]


class Names(NamedTuple):
    """All names of one certificate: those of its subject, its alternative names, and its common names."""

    subject: tuple[Compared, ...]
    alternatives: tuple[Compared, ...]
    common: tuple[Node, ...]


class Match(NamedTuple):
    """A breach and the name that is at fault."""

    breach: Breach
    name: GeneralName

    def __str__(self) -> str:
        text = Name(self.name.content).text if self.name.kind is NameKind.DIRECTORY else self.name.text
        return f"the name '{text}' {self.breach.value}"


def read_constraints(raw: bytes) -> Constraints:
    """The value of the extension. Raises DerError."""
    fields = tagged(der.read_only(raw, der.SEQUENCE), (0xA0, 0xA1))
    permitted, excluded = (tuple(map(_subtree, fields.get(tag, ()))) for tag in (0xA0, 0xA1))
    return Constraints(permitted, excluded)


def _subtree(node: Node) -> Subtree:
    parts = node.expect(der.SEQUENCE).children(3)
    if not parts:
        raise DerError("a subtree without a name")
    tags = [limit.tag for limit in parts[1:]]
    if tags not in ([], [0x80], [0x81], [0x80, 0x81]):
        raise DerError("a subtree with limits that are no minimum and maximum")
    numbers = [der.integer(limit.content) for limit in parts[1:]]
    return Subtree(_compared(read_name(parts[0])), 0x81 in tags or any(numbers))


def _compared(name: GeneralName) -> Compared:
    return Compared(name, canonical(name.content) if name.kind is NameKind.DIRECTORY else ())


def names_of(subject: bytes, alternatives: bytes | None) -> Names:
    """The names of a certificate: its subject (DER) and the value of its subject alternative names, None without.

    Raises DerError.
    """
    own: list[Compared] = []
    common: list[Node] = []
    for relative in der.read(subject):
        for attribute in relative:
            kind, value = attribute.children(2)
            if not own:
                own.append(_compared(GeneralName(NameKind.DIRECTORY, subject)))
            if kind.content == _EMAIL_ADDRESS:
                content = value.content if value.tag == der.IA5_STRING else _NOT_IA5
                own.append(Compared(GeneralName(NameKind.EMAIL, content)))
            elif kind.content == _COMMON_NAME:
                common.append(value)
    listed = () if alternatives is None else read_names(der.read_only(alternatives, der.SEQUENCE))
    return Names(tuple(own), tuple(map(_compared, listed)), tuple(common))


_NOT_IA5 = b"(an address that is no IA5String)"


def cost(names: Names, constraints: Constraints) -> int:
    """How many comparisons `breach` may make."""
    count = len(names.subject) + len(names.alternatives) + len(names.common)
    return count * (len(constraints.permitted) + len(constraints.excluded))


def breach(names: Names, constraints: Constraints, end: bool) -> Match | None:
    """The first breach of `constraints` by these names.

    `end` says that they are those of the end certificate: without DNS names its common names that look like one count.
    """
    for name in names.subject + names.alternatives:
        if name.name.content is _NOT_IA5:
            return Match(Breach.SYNTAX, name.name)
        if found := _check(name, constraints):
            return Match(found, name.name)
    if end and not any(name.name.kind is NameKind.DNS for name in names.alternatives):
        return _common_names(names, constraints)
    return None


def _common_names(names: Names, constraints: Constraints) -> Match | None:
    for value in names.common:
        try:
            text = strings.openssl_characters(value)
        except DerError:
            text = None
        host = (text or "").rstrip("\0")
        name = GeneralName(NameKind.DNS, host.encode("utf-8", "replace"))
        if text is None or "\0" in host:
            return Match(Breach.SYNTAX, name)
        if _HOST.fullmatch(host) and (found := _check(Compared(name), constraints)):
            return Match(found, name)
    return None


def _check(name: Compared, constraints: Constraints) -> Breach | None:
    permitted: bool | None = None
    for tree in constraints.permitted:
        if not _comparable(name.name, tree.base.name):
            continue
        if tree.limited:
            return Breach.LIMITS
        if not permitted:
            found = _within(name, tree.base)
            if isinstance(found, Breach):
                return found
            permitted = found
    if permitted is False:
        return Breach.NOT_PERMITTED
    for tree in constraints.excluded:
        if not _comparable(name.name, tree.base.name):
            continue
        found = Breach.LIMITS if tree.limited else _within(name, tree.base)
        if found is not False:
            return found if isinstance(found, Breach) else Breach.EXCLUDED
    return None


def _mailbox(name: GeneralName) -> bool:
    return name.kind is NameKind.OTHER and name.type_id == _SMTP_UTF8_MAILBOX


def _comparable(name: GeneralName, base: GeneralName) -> bool:
    if _mailbox(name):
        return base.kind is NameKind.EMAIL
    return name.kind is base.kind and name.type_id == base.type_id


def _within(name: Compared, base: Compared) -> bool | Breach:
    """Whether the name lies in the subtree, or why that cannot be said."""
    if name.name.kind is NameKind.DIRECTORY:
        return name.directory[: len(base.directory)] == base.directory
    if _mailbox(name.name):
        return _mailbox_within(name.name, base.name.content)
    compare = _COMPARISONS.get(name.name.kind)
    return Breach.KIND if compare is None else compare(name.name.content, base.name.content)


def _dns_within(name: bytes, base: bytes) -> bool:
    if len(name) > len(base) > 0 and base[:1] != b"." and name[-len(base) - 1 : -len(base)] != b".":
        return False
    return name.lower().endswith(base.lower())


def _email_within(name: bytes, base: bytes) -> bool | Breach:
    local, at, host = name.rpartition(b"@")
    if not at:
        return Breach.SYNTAX
    wanted_local, wanted_at, wanted_host = base.rpartition(b"@")
    if not wanted_at and base[:1] == b".":
        return len(name) > len(base) and name.lower().endswith(base.lower())
    if wanted_local:
        if len(local) != len(wanted_local):
            return False
        if b"\0" in local or b"\0" in wanted_local:
            return Breach.SYNTAX
        if local != wanted_local:
            return False
    return host.lower() == wanted_host.lower()


def _mailbox_within(name: GeneralName, base: bytes) -> bool | Breach:
    """An internationalized mailbox (RFC 8398 section 6): its host in Unicode against the constraint's A-labels."""
    if name.value is None or name.value.tag != der.UTF8_STRING or b"@" not in name.value.content:
        return Breach.SYNTAX
    try:
        host = base.decode("idna").encode("utf-8").lower()
    except UnicodeError:
        return Breach.SYNTAX
    address = name.value.content.lower()
    if base[:1] == b".":
        return len(address) > len(host) and address.endswith(host)
    return address.rpartition(b"@")[2] == host


def _uri_within(name: bytes, base: bytes) -> bool | Breach:
    _, separator, rest = name.lower().partition(b":")
    base = base.lower()
    if not separator or rest[:2] != b"//":
        return Breach.SYNTAX
    rest = rest[2:]
    host = rest.partition(b":" if b":" in rest else b"/")[0]
    if not host:
        return Breach.SYNTAX
    if base[:1] == b".":
        return len(host) > len(base) and host.endswith(base)
    return host == base


def _address_within(name: bytes, base: bytes) -> bool | Breach:
    if len(name) not in (4, 16) or len(base) not in (8, 32):
        return Breach.SYNTAX
    if len(base) != 2 * len(name):
        return False
    network, mask = base[: len(name)], base[len(name) :]
    return all(part & bits == wanted & bits for part, wanted, bits in zip(name, network, mask, strict=True))


_COMPARISONS: dict[NameKind, Callable[[bytes, bytes], bool | Breach]] = {
    NameKind.DNS: _dns_within,
    NameKind.EMAIL: _email_within,
    NameKind.URI: _uri_within,
    NameKind.IP_ADDRESS: _address_within,
}
