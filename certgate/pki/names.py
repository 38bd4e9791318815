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
_MAX_REMEMBERED = 1024
"""SECURITY: the most bytes of a name that is remembered, so that strangers cannot fill the memory."""

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


def check(raw: bytes) -> CanonicalName:
    """As `canonical`, for a name of a certificate. DerError where OpenSSL would not read it, and .NET therefore would
    not load the certificate."""
    if len(raw) > MAX_BYTES:
        raise DerError(f"a name of more than {MAX_BYTES} bytes")
    return canonical(raw)


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


_Relative = tuple[tuple[bytes, int, str | bytes], ...]
CanonicalName = tuple[_Relative, ...]
"""A name in the form in which names are compared: type, string type and folded value of each attribute."""


def canonical(raw: bytes) -> CanonicalName:
    """The form of a name (DER) that is equal for names that `same_name` takes for the same. Raises DerError."""
    return _remembered_name(raw) if len(raw) <= _MAX_REMEMBERED else _canonical_name(raw)


def _canonical_name(raw: bytes) -> CanonicalName:
    at, end = der.contents(raw, 0, len(raw), der.SEQUENCE)
    if end != len(raw):
        raise DerError(f"{len(raw) - end} bytes follow the value")
    found: list[_Relative] = []
    while at < end:
        _, stop = der.contents(raw, at, end, der.SET)
        if len(found) == MAX_RELATIVE_NAMES:
            raise DerError(f"more than {MAX_RELATIVE_NAMES} values in one")
        # Names differ in their last parts only, so the parts are remembered too.
        relative = raw[at:stop]
        found.append(_remembered_relative(relative) if stop - at <= _MAX_REMEMBERED else _canonical_relative(relative))
        at = stop
    return tuple(found)


def _canonical_relative(raw: bytes) -> _Relative:
    at, end = der.contents(raw, 0, len(raw), der.SET)
    values: list[tuple[bytes, int, str | bytes]] = []
    while at < end:
        inside, stop = der.contents(raw, at, end, der.SEQUENCE)
        kind, after = der.contents(raw, inside, stop, der.OID)
        tag, content, last = der.header(raw, after, stop)
        if last != stop:
            raise DerError("an attribute that is not a type and a value")
        values.append(_canonical_value(raw[kind:after], tag, raw[content:last]))
        at = stop
    # The attributes of one relative name are a set: their order does not count.
    return tuple(sorted(values, key=repr)) if len(values) > 1 else tuple(values)


_remembered_name = lru_cache(maxsize=512)(_canonical_name)
_remembered_relative = lru_cache(maxsize=1024)(_canonical_relative)


def _canonical_value(kind: bytes, tag: int, content: bytes) -> tuple[bytes, int, str | bytes]:
    der.oid(kind)
    if tag not in _VALUE_TAGS:
        raise DerError(f"a name with a value of tag 0x{tag:02X}")
    if tag not in _CANONICAL_TAGS:
        der.check_content(tag, content)
        return kind, tag, content
    return kind, der.UTF8_STRING, _fold(strings.characters(tag, content))


_LOWER = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")


def _fold(text: str) -> str:
    if text.isascii() and text.isprintable():
        # The space is the only white space in it.
        return " ".join(text.lower().split())
    folded = text.translate(_LOWER)
    for space in _ASCII_SPACE[1:]:
        folded = folded.replace(space, " ")
    return " ".join(part for part in folded.split(" ") if part)
