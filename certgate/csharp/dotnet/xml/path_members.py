"""``System.Xml.XPath.Extensions`` and ``XPathException``: XPath over nodes of System.Xml.Linq."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp import types
from certgate.csharp.dotnet.system import faults
from certgate.csharp.dotnet.system.exception_types import EXCEPTION
from certgate.csharp.dotnet.xml import path as xml_path
from certgate.csharp.dotnet.xml.axes import Axis
from certgate.csharp.dotnet.xml.namespaces import NameTable
from certgate.csharp.dotnet.xml.tree import Element
from certgate.csharp.dotnet.xml.types import ELEMENT
from certgate.csharp.types import define
from certgate.csharp.values import NetObject, type_of

if TYPE_CHECKING:
    from certgate.csharp.dotnet.xml.namespaces import NamespaceManager
    from certgate.csharp.dotnet.xml.tree import Node

# Expressions cannot import its namespace, so its methods are no extensions to them: the full name is needed.
EXTENSIONS = define(
    "System.Xml.XPath.Extensions",
    kind="static",
    known="CreateNavigator XPathEvaluate XPathSelectElement XPathSelectElements",
)
XPATH_EXCEPTION = define("System.Xml.XPath.XPathException", bases=("System.SystemException",))
BASE = EXCEPTION
"""The type whose members the exception has."""

NAVIGATOR = define("System.Xml.XPath.XPathNavigator", bases=("System.Xml.IXmlNamespaceResolver",), abstract=True)

_ARGUMENTS = "System.Xml.Linq.XNode node, string expression"
_RESOLVER = "System.Xml.IXmlNamespaceResolver resolver"
_ELEMENTS = "System.Collections.Generic.IEnumerable<System.Xml.Linq.XElement>"


class Navigator(NetObject):
    """An XPathNavigator, of which only its name table is simulated: people make namespace managers with it."""

    __slots__ = ()

    net_type = NAVIGATOR.type


def _value(node: Node | None, expression: str | None, resolver: NamespaceManager | None) -> Any:
    if node is None or expression is None:
        raise faults.argument_null("node" if node is None else "expression")
    return xml_path.evaluate(node, expression, None if resolver is None else resolver.space_of)


def _elements(node: Node | None, expression: str | None, resolver: NamespaceManager | None = None) -> list[Any]:
    found = _value(node, expression, resolver)
    for one in found if isinstance(found, list) else [found]:
        if not isinstance(one, Element):
            name = type_of(one).reflection_name
            raise faults.invalid_operation(f"The XPath expression evaluated to unexpected type {name}.")
    assert isinstance(found, list)  # noqa: S101 - a value that is no list is no element
    return found


@EXTENSIONS.method(f"static System.Xml.Linq.XElement XPathSelectElement({_ARGUMENTS})")
@EXTENSIONS.method(f"static System.Xml.Linq.XElement XPathSelectElement({_ARGUMENTS}, {_RESOLVER})")
def select_element(node: Node | None, expression: str | None, resolver: NamespaceManager | None = None) -> Any:
    return next(iter(_elements(node, expression, resolver)), None)


@EXTENSIONS.method(f"static {_ELEMENTS} XPathSelectElements({_ARGUMENTS})")
@EXTENSIONS.method(f"static {_ELEMENTS} XPathSelectElements({_ARGUMENTS}, {_RESOLVER})")
def select_elements(node: Node | None, expression: str | None, resolver: NamespaceManager | None = None) -> Any:
    found = _elements(node, expression, resolver)
    return Axis(ELEMENT.type, "XPathSelectElements", lambda: iter(found))


@EXTENSIONS.method(f"static object XPathEvaluate({_ARGUMENTS})")
@EXTENSIONS.method(f"static object XPathEvaluate({_ARGUMENTS}, {_RESOLVER})")
def evaluate(node: Node | None, expression: str | None, resolver: NamespaceManager | None = None) -> Any:
    found = _value(node, expression, resolver)
    return Axis(types.OBJECT, "XPathEvaluate", lambda: iter(found)) if isinstance(found, list) else found


@EXTENSIONS.method("static System.Xml.XPath.XPathNavigator CreateNavigator(System.Xml.Linq.XNode node)")
def create_navigator(node: Node | None) -> Navigator:
    if node is None:
        raise faults.argument_null("node")
    return Navigator()


@NAVIGATOR.property("System.Xml.XmlNameTable NameTable")
def get_name_table(self: Navigator) -> NameTable:
    return NameTable()
