"""The extensions about policies (RFC 5280 sections 4.2.1.4, 5 and 11) as OpenSSL prints them."""

from __future__ import annotations

from certgate.pki import der
from certgate.pki.der import DerError, Node
from certgate.pki.extensions import MAX_ENTRIES, tagged
from certgate.pki.openssl_text import c_text, listed_object, number_text, object_text, some

MAX_QUALIFIERS = 100


def policies_text(raw: bytes) -> str:
    return "\n".join(map(_policy, der.read(raw).expect(der.SEQUENCE).children(MAX_ENTRIES)))


def _policy(node: Node) -> str:
    identifier, *qualifiers = _filled(node)
    text = f"Policy: {object_text(der.oid(identifier.expect(der.OID).content))}"
    if not qualifiers:
        return text
    return text + "\n" + "\n".join(map(_qualifier, qualifiers[0].expect(der.SEQUENCE).children(MAX_QUALIFIERS)))


def _qualifier(node: Node) -> str:
    identifier, value = _pair(node)
    match object_text(der.oid(identifier.expect(der.OID).content)):
        case "Policy Qualifier CPS":
            return f"  CPS: {c_text(value.expect(der.IA5_STRING).content)}"
        case "Policy Qualifier User Notice":
            return "  User Notice:\n" + _notice(value.expect(der.SEQUENCE))
        case name:
            return f"    Unknown Qualifier: {name}"


_DISPLAY_TAGS = (der.IA5_STRING, der.VISIBLE_STRING, der.BMP_STRING, der.UTF8_STRING)


def _notice(node: Node) -> str:
    parts = node.children(2)
    lines = []
    if parts and parts[0].tag == der.SEQUENCE:
        organization, numbers = _pair(parts.pop(0))
        values = [number_text(der.integer(number.content)) for number in numbers.children(MAX_QUALIFIERS)]
        lines.append(f"    Organization: {_display(organization)}")
        lines.append(f"    Number{'s' if len(values) > 1 else ''}: {', '.join(values)}")
    if parts:
        lines.append(f"    Explicit Text: {_display(parts[0])}")
    return "\n".join(lines)


def _display(node: Node) -> str:
    if node.tag not in _DISPLAY_TAGS:
        raise DerError("a text of an unknown type")
    return c_text(node.content)


def policy_constraints_text(raw: bytes) -> str:
    fields = tagged(der.read(raw).expect(der.SEQUENCE), (0x80, 0x81))
    titles = {0x80: "Require Explicit Policy", 0x81: "Inhibit Policy Mapping"}
    return some(f"{titles[tag]}:{number_text(der.integer(node.content))}" for tag, node in fields.items())


def policy_mappings_text(raw: bytes) -> str:
    return some(map(_mapping, der.read(raw).expect(der.SEQUENCE).children(MAX_ENTRIES)))


def _mapping(node: Node) -> str:
    return ":".join(listed_object(der.oid(part.expect(der.OID).content)) for part in _pair(node))


def _pair(node: Node) -> tuple[Node, Node]:
    parts = node.expect(der.SEQUENCE).children(2)
    if len(parts) != 2:
        raise DerError("a sequence that is no pair")
    return parts[0], parts[1]


def _filled(node: Node) -> list[Node]:
    children = node.expect(der.SEQUENCE).children(2)
    if not children:
        raise DerError("an empty sequence")
    return children
