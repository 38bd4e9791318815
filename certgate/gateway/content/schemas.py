"""Schemas that content is held against: those that were added to the service, by id, and parts of a definition."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.core.errors import InputError
from certgate.core.source import Place
from certgate.core.value import frozen
from certgate.gateway import json_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from certgate.core.source import Source

MAX_SCHEMA = 4 * 1024 * 1024
"""Bytes: the most that the gateway takes (validate-content page)."""


class NotSimulated(Exception):
    """Something in a schema that certgate does not hold content against."""


@frozen
class JsonSchema:
    """`node` is the schema, in the document `root` that its references are resolved in; `name` is what messages call
    it, empty for one without a name."""

    name: str
    node: Any
    root: Any

    def at(self, reference: str) -> JsonSchema:
        """The schema at a local reference such as ``#/components/schemas/address``. Raises NotSimulated."""
        return JsonSchema(self.name, resolved(self.root, reference), self.root)


@frozen
class XmlSchema:
    """`data` is the text of the XML Schema."""

    name: str
    data: bytes


Schema = JsonSchema | XmlSchema


def read(source: Source, identifier: str) -> Schema:
    """A schema file: JSON or XML Schema. Raises InputError ``schema-invalid``."""
    data = source.within(MAX_SCHEMA).data
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        from certgate.gateway.content.xml_schema import check

        if fault := check(data):
            raise InputError(f"is no XML Schema: {fault}", code="schema-invalid", place=Place(source.name))
        return XmlSchema(identifier, data)
    node = json_text.read(source, "schema-invalid")
    if not isinstance(node, dict | bool):
        raise InputError("is no JSON Schema: it is no object", code="schema-invalid", place=Place(source.name))
    return JsonSchema(identifier, node, node)


def resolved(root: Any, reference: str) -> Any:
    """What a local reference names. Raises NotSimulated for others, and where there is nothing."""
    from urllib.parse import unquote

    if not reference.startswith("#"):
        raise NotSimulated(f"certgate follows no reference from a schema to another document: '{reference[:80]}'")
    node = root
    for part in unquote(reference[1:]).split("/")[1:]:
        key = part.replace("~1", "/").replace("~0", "~")
        if isinstance(node, list) and key.isdecimal() and len(key) < 10 and int(key) < len(node):
            node = node[int(key)]
        elif isinstance(node, dict) and key in node:
            node = node[key]
        else:
            raise NotSimulated(f"the schema has nothing at '{reference[:80]}'")
    return node


def named(node: Mapping[str, Any]) -> str:
    """The name of the definition that a schema refers to as a whole; empty where it has none."""
    reference = node.get("$ref")
    return reference.rpartition("/")[2] if isinstance(reference, str) else ""
