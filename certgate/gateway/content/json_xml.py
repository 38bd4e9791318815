"""JSON as XML, as ``json-to-xml`` writes it. Microsoft publishes an example and no rules; these are read off published
answers.

A member becomes an element, an array repeated elements, null ``xsi:nil``; what is no text is written as ``ToString()``
writes it, so a Boolean as ``True``. The one member of an object is the root, else ``Document`` is put around them. What
no published answer shows raises UnsupportedReached.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from certgate.core.value import frozen
from certgate.csharp.dotnet.json.containers import ArrayToken, ObjectToken
from certgate.csharp.dotnet.json.tokens import ValueToken
from certgate.csharp.dotnet.xml.writer import escape_text, escape_value
from certgate.csharp.runtime import UnsupportedReached, charge_size, charge_steps
from certgate.gateway.liquid.values import XSI

if TYPE_CHECKING:
    from certgate.csharp.dotnet.json.tokens import Token

ROOT = "Document"
_NIL = f' xsi:nil="true" xmlns:xsi="{XSI}"'
_NAME = re.compile(r"[^\W\d][\w.-]*")


@frozen
class Options:
    """`separator` parts prefix and name in the names of members; those that start with `declares` declare namespaces;
    the members of the member `attributes` are attributes. Empty: none."""

    separator: str = "_"
    declares: str = ""
    attributes: str = ""


def converted(token: Token, options: Options) -> str:
    """The XML text of a JSON value."""
    if not isinstance(token, ObjectToken):
        raise UnsupportedReached("certgate does not know what json-to-xml makes of JSON that is no object")
    members = [(each.name, each.value) for each in token.properties.values()]
    if len(members) == 1 and not isinstance(members[0][1], ArrayToken) and members[0][0] != options.attributes:
        return _Writer(options).element(*members[0], ())
    return _Writer(options).element(ROOT, token, ())


class _Writer:
    def __init__(self, options: Options) -> None:
        self.options = options

    def element(self, name: str, value: Token, prefixes: tuple[str, ...]) -> str:
        """One element; `prefixes` are declared around it."""
        charge_steps(1)
        declared = self._declared(value)
        known = (*prefixes, *(prefix for prefix, _ in declared))
        head = self._name(name, known)
        heads = "".join(_declaration(prefix, _text(each)) for prefix, each in declared) + self._attributes(value, known)
        if isinstance(value, ObjectToken):
            inside = "".join(self._member(each.name, each.value, known) for each in value.properties.values())
        elif _is_null(value):
            heads, inside = heads + _NIL, ""
        else:
            inside = escape_text(_text(value))
        made = f"<{head}{heads}>{inside}</{head}>" if inside or not _is_empty(value) else f"<{head}{heads} />"
        charge_size(len(made))
        return made

    def _member(self, name: str, value: Token, prefixes: tuple[str, ...]) -> str:
        if name == self.options.attributes or self._prefix(name) is not None:
            return ""
        if not isinstance(value, ArrayToken):
            return self.element(name, value, prefixes)
        items = value.children()
        if not items:
            return f"<{self._name(name, prefixes)} />"
        if any(isinstance(each, ArrayToken) for each in items):
            raise UnsupportedReached("certgate does not know what json-to-xml makes of an array in an array")
        return "".join(self.element(name, each, prefixes) for each in items)

    def _prefix(self, name: str) -> str | None:
        """The prefix that a member of this name declares, empty for the default namespace; None where it is none."""
        declares = self.options.declares
        if not declares or not name.startswith(declares):
            return None
        rest = name[len(declares) :]
        return rest.removeprefix(self.options.separator) if rest.startswith((self.options.separator, ":")) else rest

    def _declared(self, value: Token) -> list[tuple[str, Token]]:
        if not isinstance(value, ObjectToken):
            return []
        found = [(self._prefix(each.name), each.value) for each in value.properties.values()]
        return [(prefix, each) for prefix, each in found if prefix is not None]

    def _attributes(self, value: Token, prefixes: tuple[str, ...]) -> str:
        block = (
            value.get(self.options.attributes) if isinstance(value, ObjectToken) and self.options.attributes else None
        )
        if block is None:
            return ""
        if not isinstance(block, ObjectToken):
            raise UnsupportedReached("certgate does not know what json-to-xml makes of attributes that are no object")
        written = ((self._name(each.name, prefixes), _text(each.value)) for each in block.properties.values())
        return "".join(f' {name}="{escape_value(text)}"' for name, text in written)

    def _name(self, name: str, prefixes: tuple[str, ...]) -> str:
        """The name in XML: a prefix that is declared stands before a colon."""
        prefix, separator, local = name.partition(self.options.separator) if self.options.separator else (name, "", "")
        parts = (prefix, local) if separator and prefix in prefixes else (name,)
        if not all(map(_NAME.fullmatch, parts)):
            raise UnsupportedReached(f"certgate does not know what json-to-xml makes of the name '{name[:60]}'")
        return ":".join(parts)


def _declaration(prefix: str, space: str) -> str:
    name = f"xmlns:{prefix}" if prefix else "xmlns"
    if prefix and not _NAME.fullmatch(prefix):
        raise UnsupportedReached(f"certgate does not know what json-to-xml makes of the prefix '{prefix[:60]}'")
    return f' {name}="{escape_value(space)}"'


def _is_null(value: Token) -> bool:
    return isinstance(value, ValueToken) and value.value is None


def _is_empty(value: Token) -> bool:
    """Whether the element has no end tag: nothing is in it, not even an empty text."""
    return isinstance(value, ObjectToken) or _is_null(value)


def _text(value: Token) -> str:
    if not isinstance(value, ValueToken):
        raise UnsupportedReached("certgate does not know what json-to-xml makes of an attribute that is no plain value")
    return value.to_text()
