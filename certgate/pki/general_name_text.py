"""General names and distinguished names as OpenSSL prints them inside extensions.

All texts here hold one byte a character (Latin-1); `extension_text` makes characters of them. Source: recordings of
.NET 10 with OpenSSL 3.0, and the OpenSSL manual page of X509_NAME_print_ex.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.pki import der, oid_names
from certgate.pki.der import DerError
from certgate.pki.general_names import GeneralName, NameKind, ip_text
from certgate.pki.openssl_text import c_text, object_text, without_nul

if TYPE_CHECKING:
    from collections.abc import Iterator

    from certgate.pki.der import Node

ONE_LINE_LIMIT = 255
"""The longest directory name that is printed on one line; of a longer one the attributes that still fit."""

_LABELS = {
    NameKind.EMAIL: "email",
    NameKind.DNS: "DNS",
    NameKind.URI: "URI",
    NameKind.X400: "X400Name",
    NameKind.EDI_PARTY: "EdiPartyName",
    NameKind.DIRECTORY: "DirName",
    NameKind.IP_ADDRESS: "IP Address",
    NameKind.REGISTERED_ID: "Registered ID",
}
_OTHER_NAMES = {
    "1.3.6.1.4.1.311.20.2.3": ("UPN", der.UTF8_STRING),
    "1.3.6.1.5.5.7.8.5": ("XmppAddr", der.UTF8_STRING),
    "1.3.6.1.5.5.7.8.7": ("SRVName", der.IA5_STRING),
    "1.3.6.1.5.5.7.8.8": ("NAIRealm", der.UTF8_STRING),
    "1.3.6.1.5.5.7.8.9": ("SmtpUTF8Mailbox", der.UTF8_STRING),
}
_UNSUPPORTED = "<unsupported>"


def labelled(name: GeneralName) -> tuple[str, str]:
    """Label and value of a name in a list of alternative names."""
    match name.kind:
        case NameKind.OTHER:
            return _other_name(name)
        case NameKind.EMAIL | NameKind.DNS | NameKind.URI:
            return _LABELS[name.kind], without_nul(name.content)
        case NameKind.DIRECTORY:
            return "DirName", one_line(name.content)
        case NameKind.IP_ADDRESS:
            return "IP Address", address(name.content)
        case NameKind.REGISTERED_ID:
            return "Registered ID", object_text(name.text)
        case _:
            return _LABELS[name.kind], _UNSUPPORTED


def address(content: bytes) -> str:
    """An IP address, or what is said of one that has neither 4 nor 16 bytes."""
    return ip_text(content) if len(content) in (4, 16) else f"<invalid length={len(content)}>"


def _other_name(name: GeneralName) -> tuple[str, str]:
    value = name.value
    if value is None:
        raise DerError("an otherName without value")
    if name.type_id in _OTHER_NAMES:
        label, tag = _OTHER_NAMES[name.type_id]
        return f"othername: {label}:", without_nul(value.expect(tag).content)
    printable = value.tag in (der.IA5_STRING, der.UTF8_STRING) and b"\0" not in value.content
    return f"othername: {object_text(name.type_id)}:", without_nul(value.content) if printable else _UNSUPPORTED


def printed(name: GeneralName) -> str:
    """A name in a distribution point or a name constraint, with its label."""
    match name.kind:
        case NameKind.OTHER:
            return _printed_other(name)
        case NameKind.EMAIL | NameKind.DNS | NameKind.URI:
            return f"{_LABELS[name.kind]}:{_visible(name.content)}"
        case NameKind.DIRECTORY:
            return f"DirName:{distinguished(name.content)}"
        case _:
            return ":".join(labelled(name))


def _printed_other(name: GeneralName) -> str:
    label, tag = _OTHER_NAMES.get(name.type_id, ("", None))
    if name.value is None or name.value.tag != tag:
        return f"othername:{_UNSUPPORTED}"
    return f"othername:{label}:{c_text(name.value.content)}"


def _visible(content: bytes) -> str:
    return "".join(chr(byte) if 0x20 <= byte <= 0x7E or byte in (0x0A, 0x0D) else "." for byte in content)


def _entries(raw: bytes) -> Iterator[tuple[bool, str, Node]]:
    """The attributes of a name: whether it belongs to the same relative name as the one before, type, value."""
    for relative in der.read(raw):
        for position, attribute in enumerate(relative):
            oid, value = attribute.children(2)
            yield position > 0, der.oid(oid.content), value


def one_line(raw: bytes) -> str:
    """A distinguished name (DER) as ``/C=US/CN=x``."""
    text = ""
    for same, oid, value in _entries(raw):
        entry = f"{'+' if same else '/'}{oid_names.short_name(oid) or oid}={_escaped(value)}"
        if len(text) + len(entry) > ONE_LINE_LIMIT:
            break
        text += entry
    return text


def _escaped(value: Node) -> str:
    content = value.raw if value.constructed else value.content
    return "".join(map(_escaped_byte, der.bit_string(content)[0] if value.tag == der.BIT_STRING else content))


def _escaped_byte(byte: int) -> str:
    if not 0x20 <= byte <= 0x7E:
        return f"\\x{byte:02X}"
    return f"\\{chr(byte)}" if byte in b"/+" else chr(byte)


def distinguished(raw: bytes) -> str:
    """A distinguished name (DER) as ``C = US, CN = x``; of a relative name, its attributes joined by ``+``."""
    wrapped = raw if raw[0] == der.SEQUENCE else der.wrap(der.SEQUENCE, raw)
    text = ""
    for same, oid, value in _entries(wrapped):
        separator = (" + " if same else ", ") if text else ""
        text += f"{separator}{oid_names.short_name(oid) or oid} = {_value(value)}"
    return text


_ENCODINGS = {
    der.UTF8_STRING: "utf-8",
    der.BMP_STRING: "utf-16-be",
    der.UNIVERSAL_STRING: "utf-32-be",
    **dict.fromkeys((der.NUMERIC_STRING, der.PRINTABLE_STRING, der.T61_STRING, der.IA5_STRING), "latin-1"),
}
_QUOTING = frozenset("+,;<>")


def _value(value: Node) -> str:
    """RFC 2253 escapes, with quotes in place of most of them; everything beyond ASCII as escaped UTF-8."""
    encoding = _ENCODINGS.get(value.tag)
    if encoding is None:
        return f"#{value.raw.hex().upper()}"
    text = value.content.decode(encoding, "replace").encode().decode("latin-1")
    quoted = not _QUOTING.isdisjoint(text) or text[:1] in (" ", "#") or text[-1:] == " "
    escaped = "".join(map(_escaped_character, text))
    return f'"{escaped}"' if quoted and text else escaped


def _escaped_character(character: str) -> str:
    if character in '"\\':
        return f"\\{character}"
    return character if " " <= character <= "~" else f"\\{ord(character):02X}"
