"""What the interfaces of collections do with any value: arrays, strings, lists, dictionaries and lazy sequences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp import types
from certgate.csharp.dotnet.system import faults
from certgate.csharp.runtime import charge_steps
from certgate.csharp.values import NetArray, iterate, key_of, type_of

if TYPE_CHECKING:
    from certgate.csharp.types import NetType

TOO_SHORT = "Destination array was not long enough. Check the destination index, length, and the array's lower bounds."


def count_of(value: Any) -> int:
    """``Count`` of any collection."""
    length = getattr(value, "__len__", None)
    return length() if length is not None else sum(1 for _ in iterate(value))


def element_of(value: Any) -> NetType:
    """The type of the elements of a sequence; object where it is not known."""
    if isinstance(value, str):
        return types.CHAR
    found = getattr(value, "element_type", None) or getattr(value, "pair_type", None)
    return types.OBJECT if found is None else found


def _fixed() -> Exception:
    return faults.not_supported("Collection was of a fixed size.")


def read_only(self: Any) -> Exception:
    """The NotSupportedException of a collection that takes no changes."""
    return faults.not_supported(getattr(self, "refusal", "Collection is read-only."))


def changeable(self: Any) -> Any:
    """A collection that takes changes. NotSupportedException."""
    if isinstance(self, NetArray):
        raise _fixed()
    if not hasattr(self, "add"):
        raise read_only(self)
    return self


def copy_hashed(self: Any, target: NetArray | None, index: int, count: int | None = None) -> None:
    """As the hash tables of .NET check it."""
    if target is None:
        raise faults.argument_null("array")
    items = list(iterate(self))
    count = len(items) if count is None else count
    for value, name in ((index, "arrayIndex"), (count, "count")):
        if value < 0:
            raise faults.negative(name, value)
    if index + count > len(target):
        raise faults.argument(_NO_ROOM)
    put_all(items[:count], target, index)


_NO_ROOM = "Destination array is not long enough to copy all the items in the collection. Check array index and length."


def put_all(items: list[Any], target: NetArray, index: int) -> None:
    """Write elements into an array that has room for them. ArgumentException where one does not fit its type."""
    from certgate.csharp.conversions import derives_from

    charge_steps(len(items) >> 4)
    element = target.element_type
    for offset, item in enumerate(items):
        if item is not None and not derives_from(type_of(item), types.nullable_inner(element) or element):
            raise faults.argument("Target array type is not compatible with the type of items in the collection.")
        target.put(index + offset, item)


def get_at(self: Any, index: int) -> Any:
    if isinstance(self, NetArray):
        if not 0 <= index < len(self):
            raise faults.index_less("index")
        return self.get(index)
    return self.get(index)


def put_at(self: Any, index: int, value: Any) -> None:
    if isinstance(self, NetArray) and not 0 <= index < len(self):
        raise faults.index_less("index")
    if not hasattr(self, "put"):
        raise read_only(self)
    self.put(index, value)


def fitting(self: Any, value: Any) -> Any:
    """A value that a generic list takes. ArgumentException."""
    from certgate.csharp.dotnet.linq.type import is_instance
    from certgate.csharp.values import text_of

    element = element_of(self)
    if value is None and element.is_value and types.nullable_inner(element) is None:
        raise faults.argument_null("item" if hasattr(self, "insert") else "value")
    if value is not None and not is_instance(value, element):
        message = f'The value "{text_of(value)}" is not of type "{element.reflection_name}" and cannot be used in '
        raise faults.argument(f"{message}this generic collection.", "value")
    return value


def contains(self: Any, item: Any) -> bool:
    own = getattr(self, "contains", None)
    if own is not None:
        return bool(own(item))
    wanted = key_of(item)
    return any(key_of(element) == wanted for element in iterate(self))


def copy_to(self: Any, target: NetArray | None, index: int) -> None:
    """As ``Array.Copy`` checks it: lists and arrays."""
    if target is None:
        raise faults.argument_null("destinationArray" if hasattr(self, "insert") else "array")
    items = list(iterate(self))
    if index < 0:
        raise faults.too_small("destinationIndex", index, 0)
    if index + len(items) > len(target):
        raise faults.argument(TOO_SHORT, "destinationArray")
    put_all(items, target, index)


def index_of(self: Any, item: Any) -> int:
    wanted = key_of(item)
    return next((index for index, element in enumerate(iterate(self)) if key_of(element) == wanted), -1)
