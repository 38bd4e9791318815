"""``System.Xml.XmlNamespaceManager``: prefixes by scope."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp.dotnet.system import faults
from certgate.csharp.dotnet.xml.names import XML, XMLNS
from certgate.csharp.runtime import charge_size, charge_steps
from certgate.csharp.types import define
from certgate.csharp.values import NetObject

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME_TABLE = define("System.Xml.XmlNameTable", abstract=True, known="Add Equals Get GetHashCode GetType ToString")
PLAIN_TABLE = define(
    "System.Xml.NameTable", bases=("System.Xml.XmlNameTable",), known="Add Equals Get GetHashCode GetType ToString"
)
RESOLVER = define(
    "System.Xml.IXmlNamespaceResolver",
    kind="interface",
    known="GetNamespacesInScope LookupNamespace LookupPrefix",
)
MANAGER = define(
    "System.Xml.XmlNamespaceManager",
    bases=("System.Collections.IEnumerable", "System.Xml.IXmlNamespaceResolver"),
    known="AddNamespace DefaultNamespace Equals GetEnumerator GetHashCode GetNamespacesInScope GetType HasNamespace "
    "LookupNamespace LookupPrefix NameTable PopScope PushScope ReferenceEquals RemoveNamespace ToString",
)


class NameTable(NetObject):
    """A NameTable; it holds nothing that anybody could see."""

    __slots__ = ()

    net_type = PLAIN_TABLE.type


class NamespaceManager(NetObject):
    """`found`: prefix, namespace (None: removed) and scope of each declaration, oldest first."""

    __slots__ = ("found", "scope")

    net_type = MANAGER.type

    def __init__(self) -> None:
        self.found: list[tuple[str, str | None, int]] = [("", "", -1), ("xmlns", XMLNS, -1), ("xml", XML, -1)]
        self.scope = 1

    def __iter__(self) -> Iterator[Any]:
        return iter(list(dict.fromkeys(prefix for prefix, space, _ in self.found if space is not None)))

    def push(self) -> None:
        self.scope += 1

    def pop(self) -> bool:
        if self.scope == 1:
            return False
        while self.found[-1][2] == self.scope:
            self.found.pop()
        self.scope -= 1
        return True

    def add(self, prefix: str, space: str) -> None:
        if prefix == "xml" and space != XML:
            raise faults.argument(
                f'Prefix "xml" is reserved for use by XML and can be mapped only to namespace name "{XML}".'
            )
        if prefix == "xmlns":
            raise faults.argument('Prefix "xmlns" is reserved for use by XML.')
        charge_size(1)
        for at in range(len(self.found) - 1, -1, -1):
            one, _, scope = self.found[at]
            if scope != self.scope:
                break
            if one == prefix:
                self.found[at] = (prefix, space, scope)
                return
        self.found.append((prefix, space, self.scope))

    def remove(self, prefix: str, space: str) -> None:
        for at, (one, other, scope) in enumerate(self.found):
            if one == prefix and other == space and scope == self.scope:
                self.found[at] = (prefix, None, scope)

    def space_of(self, prefix: str) -> str | None:
        charge_steps(1 + (len(self.found) >> 3))
        return next((space for one, space, _ in reversed(self.found) if one == prefix and space is not None), None)

    def prefix_of(self, space: str) -> str | None:
        charge_steps(1 + (len(self.found) >> 3))
        for prefix, other, _ in reversed(self.found):
            if other == space and self.space_of(prefix) == space:
                return prefix
        return None

    def default(self) -> str:
        return self.space_of("") or ""


def _given(text: str | None, name: str) -> str:
    if text is None:
        raise faults.argument_null(name)
    return text


@PLAIN_TABLE.constructor("NameTable()")
def make_table() -> NameTable:
    return NameTable()


@MANAGER.constructor("XmlNamespaceManager(System.Xml.XmlNameTable nameTable)")
def make(table: Any) -> NamespaceManager:
    if table is None:
        raise faults.null_reference()
    return NamespaceManager()


@MANAGER.method("void AddNamespace(string prefix, string uri)")
def add_namespace(self: NamespaceManager, prefix: str | None, uri: str | None) -> None:
    self.add(_given(prefix, "prefix"), _given(uri, "uri"))


@MANAGER.method("void RemoveNamespace(string prefix, string uri)")
def remove_namespace(self: NamespaceManager, prefix: str | None, uri: str | None) -> None:
    self.remove(_given(prefix, "prefix"), _given(uri, "uri"))


@RESOLVER.method("string LookupNamespace(string prefix)")
@MANAGER.method("string LookupNamespace(string prefix)")
def look_up_namespace(self: NamespaceManager, prefix: str | None) -> str | None:
    return None if prefix is None else self.space_of(prefix)


@RESOLVER.method("string LookupPrefix(string namespaceName)")
@MANAGER.method("string LookupPrefix(string uri)")
def look_up_prefix(self: NamespaceManager, uri: str | None) -> str | None:
    return None if uri is None else self.prefix_of(uri)


@MANAGER.method("bool HasNamespace(string prefix)")
def has_namespace(self: NamespaceManager, prefix: str | None) -> bool:
    """In the scope that is open."""
    return any(one == prefix and space is not None and scope == self.scope for one, space, scope in self.found)


@MANAGER.property("string DefaultNamespace")
def get_default(self: NamespaceManager) -> str:
    return self.default()


@MANAGER.method("void PushScope()")
def push_scope(self: NamespaceManager) -> None:
    self.push()


@MANAGER.method("bool PopScope()")
def pop_scope(self: NamespaceManager) -> bool:
    return self.pop()
