"""General names (RFC 5280 section 4.2.1.6): the kinds of names that alternative names and access locations hold.

Reads them as OpenSSL does; knows nothing of how they are printed or compared.
"""

from __future__ import annotations

from enum import Enum

from certgate.core.value import frozen
from certgate.pki import der, names
from certgate.pki.der import DerError, Node
from certgate.pki.oids import USER_PRINCIPAL_NAME

MAX_NAMES = 10_000
"""SECURITY: a bound on the work that one list of names can cause."""


class NameKind(Enum):
    """The kinds of general names, by the tag of their encoding."""

    OTHER = 0xA0
    EMAIL = 0x81
    DNS = 0x82
    X400 = 0xA3
    DIRECTORY = 0xA4
    EDI_PARTY = 0xA5
    URI = 0x86
    IP_ADDRESS = 0x87
    REGISTERED_ID = 0x88


_TEXT_KINDS = frozenset({NameKind.EMAIL, NameKind.DNS, NameKind.URI})
_DIRECTORY_STRINGS = frozenset(
    {der.PRINTABLE_STRING, der.T61_STRING, der.BMP_STRING, der.UNIVERSAL_STRING, der.UTF8_STRING}
)
_PLAIN = frozenset(kind.value for kind in (*_TEXT_KINDS, NameKind.IP_ADDRESS))
_KINDS = {kind.value: kind for kind in NameKind}


@frozen
class GeneralName:
    """One name. `content` is the value without its tag; for a directory name the DER of the name itself.

    `type_id` and `value` are those of an otherName, where `value` is the node inside its explicit tag.
    """

    kind: NameKind
    content: bytes
    type_id: str = ""
    value: Node | None = None

    @property
    def text(self) -> str:
        """The text of an e-mail address, DNS name or URI (bytes above 127 as Latin-1), dotted text of an identifier,
        .NET's text of a directory name; else upper-case hex."""
        match self.kind:
            case kind if kind in _TEXT_KINDS:
                return self.content.decode("latin-1")
            case NameKind.REGISTERED_ID:
                return der.oid(self.content)
            case NameKind.DIRECTORY:
                return names.Name(self.content).text
            case NameKind.IP_ADDRESS if len(self.content) in (4, 16):
                return ip_text(self.content)
            case _:
                return self.content.hex().upper()

    @property
    def user_principal_name(self) -> bytes | None:
        """The UTF-8 of a Microsoft user principal name; None for every other name."""
        if self.type_id != USER_PRINCIPAL_NAME or self.value is None or self.value.tag != der.UTF8_STRING:
            return None
        return self.value.content


def ip_text(address: bytes) -> str:
    """An address of 4 bytes in dotted decimal, of 16 bytes as eight groups of hex without leading zeros."""
    if len(address) == 4:
        return ".".join(map(str, address))
    return ":".join(f"{address[at] << 8 | address[at + 1]:X}" for at in range(0, 16, 2))


def read_names(node: Node) -> tuple[GeneralName, ...]:
    """The names inside a SEQUENCE OF GeneralName, whatever its own tag. Raises DerError."""
    return tuple(map(read_name, node.children(MAX_NAMES)))


def plain_names(raw: bytes) -> bool:
    """Whether a list of names holds nothing but addresses, hosts and URIs, whose contents may be anything: it can then
    be read. False says nothing."""
    try:
        at, end = der.contents(raw, 0, len(raw), der.SEQUENCE)
        count = 0
        while at < end:
            tag, _, at = der.header(raw, at, end)
            count += 1
            if tag not in _PLAIN or count > MAX_NAMES:
                return False
    except DerError:
        return False
    return True


def read_name(node: Node) -> GeneralName:
    """One name. Raises DerError for a tag that names no kind, and for content that does not fit its kind."""
    kind = _KINDS.get(node.tag)
    match kind:
        case None:
            raise DerError(f"tag 0x{node.tag:02X} is no general name")
        case NameKind.OTHER:
            return _other_name(node)
        case NameKind.DIRECTORY:
            inner = _only_child(node)
            names.check(inner.raw)
            return GeneralName(kind, inner.raw)
        case NameKind.REGISTERED_ID:
            der.oid(node.content)
        case NameKind.EDI_PARTY:
            _edi_party(node)
    return GeneralName(kind, node.content)


def _only_child(node: Node) -> Node:
    children = node.children(1)
    if not children:
        raise DerError("an empty explicit tag")
    return children[0]


def _edi_party(node: Node) -> None:
    """OpenSSL wants both parts in explicit tags, the first of them optional."""
    parts = node.children(2)
    if [part.tag for part in parts] not in ([0xA1], [0xA0, 0xA1]):
        raise DerError("an ediPartyName without its party name")
    for part in parts:
        if _only_child(part).tag not in _DIRECTORY_STRINGS:
            raise DerError("an ediPartyName that is no text")


def _other_name(node: Node) -> GeneralName:
    parts = node.children(2)
    if len(parts) != 2 or parts[1].tag != 0xA0:
        raise DerError("an otherName that is not a type and a value")
    value = der.check(_only_child(parts[1]))
    return GeneralName(NameKind.OTHER, node.content, der.oid(parts[0].expect(der.OID).content), value)
