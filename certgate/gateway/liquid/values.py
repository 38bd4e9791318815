"""What a template sees of JSON, XML and C# values: how they are read, compared and printed, by DotLiquid's rules.

Text holds UTF-16 code units, as C# has it. Does not know where values come from.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from certgate.csharp.decimals import NetDecimal
from certgate.csharp.runtime import ThrownException, UnsupportedReached, charge_size, charge_steps
from certgate.csharp.values import ByteArray, NetArray, NetObject, text_of, type_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

XSI = "http://www.w3.org/2001/XMLSchema-instance"


class Hash(Mapping[str, Any]):
    """Members by name: a JSON object or a dictionary. `fold` is applied to names that are looked up."""

    __slots__ = ("_fold", "_members")

    def __init__(self, members: dict[str, Any], fold: Callable[[str], str] | None = None) -> None:
        self._members = members
        self._fold = {fold(name): name for name in members} if fold else None

    def __getitem__(self, name: str) -> Any:
        if self._fold is not None and isinstance(name, str):
            return self._members[self._fold[name.lower()]]
        return self._members[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._members)

    def __len__(self) -> int:
        return len(self._members)

    def pairs(self) -> list[Pair]:
        return [Pair(name, value) for name, value in self._members.items()]


class Pair:
    """One member of a hash, as a loop over the hash gives it."""

    __slots__ = ("name", "value")

    def __init__(self, name: str, value: Any) -> None:
        self.name = name
        self.value = value

    def __getitem__(self, key: Any) -> Any:
        if key in ("Key", 0):
            return self.name
        if key in ("Value", 1):
            return self.value
        raise KeyError(key)


class Members:
    """An object of the gateway: what of it is known to templates, each read when asked for."""

    __slots__ = ("_name", "_readers")

    def __init__(self, name: str, readers: dict[str, Callable[[], Any]]) -> None:
        self._name = name
        self._readers = readers

    def __getitem__(self, key: Any) -> Any:
        reader = self._readers.get(key) if isinstance(key, str) else None
        if reader is None:
            raise UnsupportedReached(f"certgate does not know what Liquid makes of {self._name}.{key}")
        return reader()


class Xml:
    """An element that has elements in it. Names are found without prefix and without regard to case."""

    __slots__ = ("_null_nil", "element")

    def __init__(self, element: Any, null_nil: bool) -> None:
        self.element = element
        self._null_nil = null_nil

    def __getitem__(self, key: Any) -> Any:
        if not isinstance(key, str):
            raise UnsupportedReached("certgate does not know whether Liquid finds elements of XML by a number")
        wanted = key.lower()
        found = [each for each in _elements(self.element) if each.name.local.lower() == wanted]
        if len(found) == 1:
            return self._of(found[0])
        local = self.element.name.local
        if found:
            raise UnsupportedReached(
                f"certgate does not know which of the {len(found)} '{key}' in {local} Liquid takes; "
                f"a loop over {local} goes through all"
            )
        _refuse_attribute(self.element, key)
        raise KeyError(key)

    def items(self) -> list[Any]:
        """What a loop goes through."""
        return [self._of(each) for each in _elements(self.element)]

    def _of(self, element: Any) -> Any:
        return of_element(element, self._null_nil)


class XmlText(str):
    """The text of an element that has attributes."""

    element: Any

    def member(self, key: Any) -> Any:
        """Raises KeyError: a text has no members, but nobody says what an attribute's name leads to."""
        if isinstance(key, str):
            _refuse_attribute(self.element, key)
        raise KeyError(key)


def _refuse_attribute(element: Any, key: str) -> None:
    if any(each.name.local.lower() == key.lower() for each in element.attributes()):
        raise UnsupportedReached(
            f"certgate does not know whether Liquid reads the attribute '{key}' of {element.name.local}; an expression "
            "can put it into a context variable"
        )


def _elements(holder: Any) -> list[Any]:
    from certgate.csharp.dotnet.xml.container import child_elements

    return list(child_elements(holder))


def of_element(element: Any, null_nil: bool) -> Any:
    """An element as a template sees it: its text, unless elements are in it. `null_nil`: ``xsi:nil`` makes it null."""
    if any(_is_nil(each) for each in element.attributes()):
        return None if null_nil else ""
    if _elements(element):
        return Xml(element, null_nil)
    from certgate.csharp.dotnet.xml.casts import text_in

    text = text_in(element)
    if not element.attributes():
        return text
    found = XmlText(text)
    found.element = element
    return found


def _is_nil(attribute: Any) -> bool:
    return attribute.name.local == "nil" and attribute.name.space == XSI and attribute.value.strip() in ("true", "1")


class XmlDocument:
    """The whole body: its one member is the root element."""

    __slots__ = ("_null_nil", "_root")

    def __init__(self, document: Any, null_nil: bool) -> None:
        self._root = document.root()
        self._null_nil = null_nil

    def __getitem__(self, key: Any) -> Any:
        if isinstance(key, str) and self._root is not None and self._root.name.local.lower() == key.lower():
            return of_element(self._root, self._null_nil)
        raise KeyError(key)


def of_csharp(value: Any) -> Any:
    """A C# value as a template sees it."""
    from certgate.csharp.dotnet.json.containers import ArrayToken, ObjectToken
    from certgate.csharp.dotnet.json.tokens import Token, ValueToken

    match value:
        case ObjectToken():
            return Hash({each.name: of_csharp(each.value) for each in value.properties.values()})
        case ArrayToken():
            return [of_csharp(each) for each in value.children()]
        case ValueToken():
            return of_csharp(value.value)
        case NetArray() if not isinstance(value, ByteArray):
            return [of_csharp(each) for each in value.items]
        case None | bool() | int() | float() | str():
            return value
        case NetDecimal():
            return Decimal(text_of(value))
        case NetObject() if not isinstance(value, Token) and _prints(value):
            return value
    raise UnsupportedReached(f"certgate does not know what Liquid makes of a value of type {type_of(value).display}")


def _prints(value: NetObject) -> bool:
    """Whether DotLiquid lets the value through as it is: dates, spans of time and GUIDs."""
    return type_of(value).full_name in (
        "System.DateTime",
        "System.DateTimeOffset",
        "System.TimeSpan",
        "System.Guid",
    )


# -- printing ------------------------------------------------------------------------------------


def text(value: Any) -> str:
    """What ``{{ value }}`` writes."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "".join("" if each is None else plain(each) for each in value)
    return "" if value is None else plain(value)


def plain(value: Any) -> str:
    """``ToString()`` of one value, decimals without idle zeros."""
    match value:
        case str():
            return str(value)
        case Decimal():
            return _decimal(value)
        case bool() | int() | float() | NetObject():
            return text_of(value)
    raise UnsupportedReached(f"certgate does not know what Liquid writes for {_named(value)}")


def _decimal(value: Decimal) -> str:
    written = format(value, "f")
    return (written.rstrip("0").rstrip(".") if "." in written else written) or "0"


def _named(value: Any) -> str:
    names = {
        Hash: "an object",
        list: "an array",
        Xml: "an element with elements in it",
        XmlDocument: "a whole document",
    }
    return names.get(type(value), "an object of the gateway")


# -- comparing -----------------------------------------------------------------------------------


def equal(left: Any, right: Any) -> bool:
    """``==``: where the types differ, one is converted to the other's, in both directions."""
    if left is None or right is None:
        return left is right
    if _kind(left) == _kind(right):
        return bool(left == right) if not isinstance(left, NetObject) else left.net_equals(right)
    return any(_converts_equal(one, other) for one, other in ((left, right), (right, left)))


def _converts_equal(value: Any, other: Any) -> bool:
    try:
        return bool(converted(value, other) == other)
    except (ValueError, ArithmeticError):
        return False


def compare(left: Any, right: Any) -> int | None:
    """-1, 0 or 1, `right` converted to the type of `left`; None where one is null."""
    if left is None or right is None:
        return None
    try:
        same = converted(right, left)
    except (ValueError, ArithmeticError):
        raise UnsupportedReached(
            "certgate does not simulate the error of a comparison of values of two types"
        ) from None
    if isinstance(left, str):
        from certgate.csharp.dotnet.text import collation

        return collation.compare(left, same)
    if isinstance(left, NetObject):
        from certgate.csharp.dotnet.text import ordering

        return ordering.compare(left, same)
    return int(left > same) - int(left < same)


def converted(value: Any, like: Any) -> Any:
    """``Convert.ChangeType(value, like.GetType())``. ValueError where that throws."""
    kind = _kind(like)
    if kind == _kind(value):
        return value
    if kind == "text":
        return text_of(value) if isinstance(value, bool) else plain(value)
    if kind == "flag":
        return _flag(value)
    if kind == "whole" and _kind(value) in ("text", "real", "flag"):
        # Convert.ToInt32 takes the nearest whole number, of two equally near ones the even one.
        return round(value) if isinstance(value, float | Decimal) else int(value)
    if kind == "real" and _kind(value) in ("text", "whole", "flag"):
        return type(like)(value) if isinstance(like, float | Decimal) else Decimal(value)
    raise UnsupportedReached("certgate does not simulate how Liquid compares values of these types")


def _flag(value: Any) -> bool:
    if isinstance(value, str):
        if value.strip().lower() in ("true", "false"):
            return value.strip().lower() == "true"
        raise ValueError(value)
    return bool(value)


def _kind(value: Any) -> str:
    match value:
        case str():
            return "text"
        case bool():
            return "flag"
        case int():
            return "whole"
        case float() | Decimal():
            return "real"
        case NetObject():
            return type_of(value).full_name
    raise UnsupportedReached(f"certgate does not know how Liquid compares {_named(value)}")


def contains(left: Any, right: Any) -> bool:
    """``contains``: a text in a text, or an element of an array."""
    if isinstance(left, str):
        if not isinstance(right, str):
            raise UnsupportedReached("certgate does not simulate Liquid's error where a text is searched for no text")
        return right in left
    if isinstance(left, list):
        charge_steps(len(left))
        return any(isinstance(each, str) == isinstance(right, str) and equal(each, right) for each in left)
    if isinstance(left, Xml | XmlDocument | Hash | Members):
        raise UnsupportedReached(f"certgate does not know what Liquid finds in {_named(left)}")
    return False


def is_empty(value: Any) -> bool:
    """``value == empty``, and ``blank``, which DotLiquid takes for the same."""
    if isinstance(value, Xml | XmlDocument):
        return False
    return isinstance(value, str | list | Hash) and len(value) == 0


def elements(value: Any) -> list[Any]:
    """What a loop over `value` goes through."""
    match value:
        case list():
            found = value
        case Hash():
            found = list(value.pairs())
        case Xml():
            found = value.items()
        case range():
            # A range can be longer than the largest length that Python has.
            charge_size(max(0, value.stop - value.start))
            found = list(value)
        case str():
            charge_size(len(value))
            found = list(value)
        case XmlDocument() | Members():
            raise UnsupportedReached(f"certgate does not know how Liquid goes through {_named(value)}")
        case _:
            found = []
    charge_steps(len(found))
    return found


def guarded(error: ThrownException) -> UnsupportedReached:
    """An exception of .NET inside a template: DotLiquid writes it into the body in words of its own."""
    return UnsupportedReached(f"certgate does not simulate how Liquid writes an error: {error.message}")
