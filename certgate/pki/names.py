"""Distinguished names: as .NET prints them, and compared as chain building on Linux compares them.

Knows nothing of where a name stands. Text written by people is read in `distinguished_text`.
"""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import NamedTuple

from certgate.pki import der, strings
from certgate.pki.der import DerError, Node

MAX_BYTES = 1024 * 1024
MAX_RELATIVE_NAMES = 10_000
"""SECURITY: a bound on the work that one name can cause."""

_VALUE_TAGS = frozenset(
    {
        *(der.BIT_STRING, der.UTF8_STRING, der.NUMERIC_STRING, der.PRINTABLE_STRING, der.T61_STRING, der.IA5_STRING),
        *(der.UNIVERSAL_STRING, der.BMP_STRING, der.SEQUENCE),
        *(0x07, 0x08, 0x09, 0x0B, 0x0D, 0x0E, 0x0F, 0x1D),
    }
)
"""The types of value that OpenSSL reads in a name; a certificate with another one is not loaded."""
_CANONICAL_TAGS = frozenset(
    {
        *(der.UTF8_STRING, der.BMP_STRING, der.UNIVERSAL_STRING, der.PRINTABLE_STRING, der.T61_STRING, der.IA5_STRING),
        der.VISIBLE_STRING,
    }
)
_ASCII_SPACE = " \t\n\v\f\r"
_QUOTED_ANYWHERE = frozenset(',+="\n<>#;')


class Attribute(NamedTuple):
    """One attribute of a name. `text` is what .NET prints, unquoted; `plain` says that it came from a string."""

    oid: str
    text: str
    plain: bool = True


class Name:
    """A distinguished name, from its DER."""

    def __init__(self, raw: bytes) -> None:
        self.raw = raw

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Name) and self.raw == other.raw

    def __hash__(self) -> int:
        return hash(self.raw)

    def __repr__(self) -> str:
        return f"Name({self.text!r})"

    @cached_property
    def attributes(self) -> tuple[tuple[Attribute, ...], ...]:
        """The relative names in the order of the encoding, each a tuple of attributes.

        Empty where a value breaks the rules of its string type: .NET then shows nothing of the name.
        """
        try:
            return tuple(tuple(map(_attribute, relative)) for relative in _relative_names(self.raw))
        except DerError:
            return ()

    @cached_property
    def text(self) -> str:
        """``X500DistinguishedName.Name``: the last relative name of the encoding comes first."""
        return ", ".join(map(_format, reversed(self.attributes)))

    def format(self, multiline: bool) -> str:
        """``X500DistinguishedName.Format``: in the order of the encoding, with LF as .NET on Linux ends lines."""
        if not multiline:
            return ", ".join(map(_format, self.attributes))
        return "".join(f"{_format(relative)}\n" for relative in self.attributes)

    def values(self, oid: str) -> tuple[str, ...]:
        """The texts of all attributes of one type, in the order of the encoding."""
        return tuple(attribute.text for relative in self.attributes for attribute in relative if attribute.oid == oid)


def _relative_names(raw: bytes) -> list[Node]:
    relative_names = der.read_only(raw, der.SEQUENCE).children(MAX_RELATIVE_NAMES)
    for relative in relative_names:
        relative.expect(der.SET)
    return relative_names


def _parts(attribute: Node) -> tuple[Node, Node]:
    parts = attribute.expect(der.SEQUENCE).children(2)
    if len(parts) != 2:
        raise DerError("an attribute that is not a type and a value")
    return parts[0].expect(der.OID), parts[1]


def _attribute(node: Node) -> Attribute:
    oid, value = _parts(node)
    text = strings.dotnet_text(value.tag, value.content)
    plain = text is not None
    if text is None:
        text = "#" + (value.content if value.tag == der.OCTET_STRING else value.raw).hex().upper()
    return Attribute(der.oid(oid.content), text.rstrip("\0") if plain else text, plain)


def _format(relative: tuple[Attribute, ...]) -> str:
    return " + ".join(f"{key(oid)}={quote(text) if plain else text}" for oid, text, plain in relative)


def key(oid: str) -> str:
    """How .NET on Linux writes an attribute type: ``CN``, ``S``, ``OID.1.2.3``."""
    # Imported here: names are compared far more often than printed.
    from certgate.pki.oids import friendly_name

    return friendly_name(oid) or f"OID.{oid}"


def quote(value: str) -> str:
    """A value in quotes where .NET puts them (spec: leading or trailing white space, or one of ``,+="<>#;`` and LF)."""
    needed = (
        not value or value[0] in _ASCII_SPACE or value[-1] in _ASCII_SPACE or not _QUOTED_ANYWHERE.isdisjoint(value)
    )
    return '"' + value.replace('"', '""') + '"' if needed else value


def check(node: Node) -> None:
    """Raise DerError where OpenSSL would not read this name, and .NET therefore not load the certificate."""
    if node.end - node.start > MAX_BYTES:
        raise DerError(f"a name of more than {MAX_BYTES} bytes")
    canonical(node.raw)


def same_name(first: bytes, second: bytes) -> bool:
    """Whether chain building takes two names (DER) for the same: OpenSSL's ``X509_NAME_cmp``.

    Strings of most types are compared as Unicode, without ASCII case, with white space trimmed and collapsed; the rest
    byte by byte. Names that cannot be read are the same as no other.
    """
    if first == second:
        return True
    try:
        return canonical(first) == canonical(second)
    except DerError:
        return False


CanonicalName = tuple[tuple[tuple[bytes, int, str | bytes], ...], ...]
"""A name in the form in which names are compared: type, string type and folded value of each attribute."""


@lru_cache(maxsize=256)
def canonical(raw: bytes) -> CanonicalName:
    """The form of a name (DER) that is equal for names that `same_name` takes for the same. Raises DerError."""
    # The attributes of one relative name are a set: their order does not count.
    return tuple(
        tuple(sorted((_canonical_value(node) for node in relative), key=repr)) for relative in _relative_names(raw)
    )


def _canonical_value(node: Node) -> tuple[bytes, int, str | bytes]:
    oid, value = _parts(node)
    der.oid(oid.content)
    if der.check(value).tag not in _VALUE_TAGS:
        raise DerError(f"a name with a value of tag 0x{value.tag:02X}")
    characters = strings.openssl_characters(value) if value.tag in _CANONICAL_TAGS else None
    if characters is None:
        return oid.content, value.tag, value.content
    return oid.content, der.UTF8_STRING, _fold(characters)


_LOWER = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")


def _fold(text: str) -> str:
    folded = text.translate(_LOWER)
    for space in _ASCII_SPACE[1:]:
        folded = folded.replace(space, " ")
    return " ".join(part for part in folded.split(" ") if part)
