"""``XAttribute``. Casts: ``casts.py``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp.dotnet.system import faults
from certgate.csharp.dotnet.xml import axes as xml_axes
from certgate.csharp.dotnet.xml.content import string_value
from certgate.csharp.dotnet.xml.names import XML, XMLNS
from certgate.csharp.dotnet.xml.tree import Attribute
from certgate.csharp.dotnet.xml.types import ATTRIBUTE, SEQ

if TYPE_CHECKING:
    from certgate.csharp.dotnet.xml.names import Name

_XML_BOUND = (
    f"The prefix 'xml' is bound to the namespace name '{XML}'. Other prefixes must not be bound to this namespace "
    "name, and it must not be declared as the default namespace."
)
_XMLNS_BOUND = (
    f"The prefix 'xmlns' is bound to the namespace name '{XMLNS}'. It must not be declared. Other prefixes must not be "
    "bound to this namespace name, and it must not be declared as the default namespace."
)


def check(name: Name, value: str) -> str:
    """What a namespace declaration may say. ArgumentException."""
    if name.space == XMLNS:
        if not value:
            raise faults.argument(f"The prefix '{name.local}' cannot be bound to the empty namespace name.")
        if value == XMLNS or (name.local == "xmlns" and value != XML):
            raise faults.argument(_XMLNS_BOUND)
        if (value == XML) != (name.local == "xml"):
            raise faults.argument(_XML_BOUND)
    elif name.local == "xmlns" and not name.space and value in (XML, XMLNS):
        raise faults.argument(_XML_BOUND if value == XML else _XMLNS_BOUND)
    return value


def make_attribute(name: Name | None, value: Any) -> Attribute:
    if name is None or value is None:
        raise faults.argument_null("name" if name is None else "value")
    return Attribute(name, check(name, string_value(value)))


def set_attribute(attribute: Attribute, value: str) -> None:
    attribute.value = check(attribute.name, value)


@ATTRIBUTE.constructor("XAttribute(XName name, object value)")
def make(name: Name | None, value: Any) -> Attribute:
    return make_attribute(name, value)


@ATTRIBUTE.constructor("XAttribute(XAttribute other)")
def copy(other: Attribute | None) -> Attribute:
    if other is None:
        raise faults.argument_null("other")
    return Attribute(other.name, other.value)


@ATTRIBUTE.property(f"static {SEQ}<XAttribute> EmptySequence")
def get_empty_sequence() -> Any:
    return xml_axes.no_attributes()


@ATTRIBUTE.property("XName Name")
def get_name(self: Attribute) -> Name:
    return self.name


@ATTRIBUTE.property("bool IsNamespaceDeclaration")
def get_is_declaration(self: Attribute) -> bool:
    return self.is_declaration()


@ATTRIBUTE.property("string Value { get; set; }")
def get_value(self: Attribute) -> str:
    return self.value


@get_value.set
def set_value(self: Attribute, value: str | None) -> None:
    if value is None:
        raise faults.argument_null("value")
    set_attribute(self, value)


@ATTRIBUTE.method("void SetValue(object value)")
def set_any_value(self: Attribute, value: Any) -> None:
    if value is None:
        raise faults.argument_null("value")
    set_attribute(self, string_value(value))


@ATTRIBUTE.property("XAttribute NextAttribute")
def get_next(self: Attribute) -> Attribute | None:
    return None if self.parent is None or self.parent.last_attribute is self else self.following


@ATTRIBUTE.property("XAttribute PreviousAttribute")
def get_previous(self: Attribute) -> Attribute | None:
    found = None
    for one in self.parent.attributes() if self.parent is not None else ():
        if one is self:
            break
        found = one
    return found


def remove(attribute: Attribute) -> None:
    if attribute.parent is None:
        raise faults.invalid_operation("The parent is missing.")
    attribute.parent.take(attribute)


@ATTRIBUTE.method("void Remove()")
def remove_attribute(self: Attribute) -> None:
    remove(self)


@ATTRIBUTE.method("string ToString()")
def to_string(self: Attribute) -> str:
    return self.to_text()
