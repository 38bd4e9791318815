"""``XName`` and ``XNamespace``. Equal ones are the same object, as in .NET."""

from __future__ import annotations

from weakref import WeakValueDictionary

from certgate.csharp.dotnet.system import faults
from certgate.csharp.dotnet.xml.chars import verify_nc_name
from certgate.csharp.dotnet.xml.types import NAME, NAMESPACE
from certgate.csharp.runtime import charge_size
from certgate.csharp.values import NetObject

XML = "http://www.w3.org/XML/1998/namespace"
XMLNS = "http://www.w3.org/2000/xmlns/"


class Namespace(NetObject):
    """An XNamespace; get it from :func:`namespace`."""

    __slots__ = ("__weakref__", "text")

    net_type = NAMESPACE.type

    def __init__(self, text: str) -> None:
        self.text = text

    def to_text(self) -> str:
        return self.text


class Name(NetObject):
    """An XName: the namespace's text and the local name; get it from :func:`name_of` or :func:`make_name`."""

    __slots__ = ("__weakref__", "local", "space")

    net_type = NAME.type

    def __init__(self, local: str, space: str) -> None:
        self.local = local
        self.space = space

    def to_text(self) -> str:
        return f"{{{self.space}}}{self.local}" if self.space else self.local


_namespaces: WeakValueDictionary[str, Namespace] = WeakValueDictionary()
_names: WeakValueDictionary[tuple[str, str], Name] = WeakValueDictionary()


def namespace(text: str) -> Namespace:
    found = _namespaces.get(text)
    if found is None:
        found = _namespaces[text] = Namespace(text)
    return found


def name_of(local: str, space: str = "") -> Name:
    """A name whose local part is known to be one."""
    found = _names.get((local, space))
    if found is None:
        found = _names[local, space] = Name(local, space)
    return found


def make_name(local: str, space: str = "") -> Name:
    """A name whose local part is checked. XmlException."""
    charge_size(len(local))
    return _names.get((local, space)) or name_of(verify_nc_name(local), space)


def expanded(text: str) -> Name:
    """``XName.Get`` of ``{namespace}local``. ArgumentException, XmlException."""
    if text.startswith("{"):
        end = text.rfind("}")
        if end <= 1 or end == len(text) - 1:
            raise _bad(text)
        return make_name(text[end + 1 :], text[1:end])
    if not text:
        raise _bad(text)
    return make_name(text)


def _bad(text: str) -> Exception:
    return faults.argument(f"'{text}' is an invalid expanded name.")


@NAME.method("static XName Get(string expandedName)")
def get_expanded(text: str | None) -> Name:
    if text is None:
        raise faults.argument_null("expandedName")
    return expanded(text)


@NAME.method("static XName Get(string localName, string namespaceName)")
def get_name(local: str | None, space: str | None) -> Name:
    return get_local(get_namespace(space), local)


@NAME.property("string LocalName")
def get_local_name(self: Name) -> str:
    return self.local


@NAME.property("XNamespace Namespace")
def get_name_space(self: Name) -> Namespace:
    return namespace(self.space)


@NAME.property("string NamespaceName")
def get_name_space_text(self: Name) -> str:
    return self.space


@NAME.method("string ToString()")
def name_to_string(self: Name) -> str:
    return self.to_text()


@NAME.method("bool Equals(object obj)")
def name_equals(self: Name, other: object) -> bool:
    return self is other


@NAME.operator("implicit operator XName(string expandedName)")
def from_string(text: str | None) -> Name | None:
    return None if text is None else expanded(text)


@NAME.operator("bool operator ==(XName left, XName right)")
def same_name(left: Name | None, right: Name | None) -> bool:
    return left is right


@NAME.operator("bool operator !=(XName left, XName right)")
def other_name(left: Name | None, right: Name | None) -> bool:
    return left is not right


@NAMESPACE.method("static XNamespace Get(string namespaceName)")
def get_namespace(text: str | None) -> Namespace:
    if text is None:
        raise faults.argument_null("namespaceName")
    return namespace(text)


@NAMESPACE.property("static XNamespace None")
def get_none() -> Namespace:
    return namespace("")


@NAMESPACE.property("static XNamespace Xml")
def get_xml() -> Namespace:
    return namespace(XML)


@NAMESPACE.property("static XNamespace Xmlns")
def get_xmlns() -> Namespace:
    return namespace(XMLNS)


@NAMESPACE.property("string NamespaceName")
def get_namespace_name(self: Namespace) -> str:
    return self.text


@NAMESPACE.method("XName GetName(string localName)")
def get_local(self: Namespace, local: str | None) -> Name:
    if local is None:
        raise faults.argument_null("localName")
    return make_name(local, self.text)


@NAMESPACE.method("string ToString()")
def namespace_to_string(self: Namespace) -> str:
    return self.text


@NAMESPACE.method("bool Equals(object obj)")
def namespace_equals(self: Namespace, other: object) -> bool:
    return self is other


@NAMESPACE.operator("implicit operator XNamespace(string namespaceName)")
def namespace_from_string(text: str | None) -> Namespace | None:
    return None if text is None else namespace(text)


@NAMESPACE.operator("XName operator +(XNamespace ns, string localName)")
def plus(space: Namespace | None, local: str | None) -> Name:
    if space is None:
        raise faults.argument_null("ns")
    return get_local(space, local)


@NAMESPACE.operator("bool operator ==(XNamespace left, XNamespace right)")
def same_namespace(left: Namespace | None, right: Namespace | None) -> bool:
    return left is right


@NAMESPACE.operator("bool operator !=(XNamespace left, XNamespace right)")
def other_namespace(left: Namespace | None, right: Namespace | None) -> bool:
    return left is not right


NAME.signatures("int GetHashCode()")
NAMESPACE.signatures("int GetHashCode()")
