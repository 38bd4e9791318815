"""Names as OpenSSL prints them in the form of RFC 2253, which proxies write into headers: ``CN=a,O=b``.

The last relative name of the encoding comes first; no blanks; ``ST`` where .NET writes ``S``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.pki import der, oid_names, strings
from certgate.pki.der import DerError

if TYPE_CHECKING:
    from certgate.pki.der import Node
    from certgate.pki.names import Name

_ESCAPED = frozenset(',+"<>;\\')


def text(name: Name) -> str:
    """The name; empty where it cannot be read."""
    try:
        relative_names = der.read_only(name.raw, der.SEQUENCE).children(len(name.raw))
        parts = ["+".join(map(_attribute, reversed(each.children(len(name.raw))))) for each in relative_names]
    except DerError:
        return ""
    return ",".join(reversed(parts))


def _attribute(node: Node) -> str:
    parts = node.children(2)
    if len(parts) != 2:
        raise DerError("an attribute that is not a type and a value")
    kind, value = parts
    oid = der.oid(kind.content)
    short, shown = oid_names.short_name(oid), strings.dotnet_text(value.tag, value.content)
    if short is None or shown is None:
        # The value of what has no name is shown as it is encoded.
        return f"{short or oid}=#{value.raw.hex().upper()}"
    return f"{short}={_value(shown)}"


def _value(shown: str) -> str:
    last = len(shown) - 1
    return "".join(_character(each, at == 0, at == last) for at, each in enumerate(shown))


def _character(character: str, first: bool, last: bool) -> str:
    if character in _ESCAPED or (character == " " and (first or last)) or (character == "#" and first):
        return f"\\{character}"
    if character < " " or character > "~":
        return "".join(f"\\{byte:02X}" for byte in character.encode("utf-8", "surrogatepass"))
    return character
