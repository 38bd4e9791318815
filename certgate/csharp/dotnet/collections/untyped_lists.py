"""``ArrayList``, ``Queue`` and ``Stack`` of ``System.Collections``: lists of objects; the gateway refuses them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp import types
from certgate.csharp.dotnet.collections.collection_types import UNTYPED_ENUMERATOR
from certgate.csharp.dotnet.collections.collection_untyped import copy_to_untyped, untyped_add, untyped_index_of
from certgate.csharp.dotnet.collections.enumerators import EnumeratorValue
from certgate.csharp.dotnet.collections.introsort import sort_array
from certgate.csharp.dotnet.collections.list_access import INVALID_RANGE, given
from certgate.csharp.dotnet.collections.list_values import NetList, NetQueue, NetStack
from certgate.csharp.dotnet.system import faults
from certgate.csharp.dotnet.text.string_comparison import order_of
from certgate.csharp.types import TypeDefinition, define
from certgate.csharp.values import NetArray, array, iterate

if TYPE_CHECKING:
    from certgate.csharp.types import NetType

_OBJECT = "Equals GetHashCode GetType ReferenceEquals ToString"
_SHARED = f"Clear Clone Contains CopyTo Count GetEnumerator IsSynchronized SyncRoot Synchronized ToArray {_OBJECT}"
ARRAY_LIST = define(
    "System.Collections.ArrayList",
    bases=("System.Collections.IList", "System.ICloneable"),
    known="Adapter Add AddRange BinarySearch Capacity FixedSize GetRange IndexOf Insert InsertRange IsFixedSize "
    "IsReadOnly Item LastIndexOf ReadOnly Remove RemoveAt RemoveRange Repeat Reverse SetRange Sort TrimToSize "
    f"{_SHARED}",
)
_BASES = ("System.Collections.ICollection", "System.ICloneable")
QUEUE = define("System.Collections.Queue", bases=_BASES, known=f"Dequeue Enqueue Peek TrimToSize {_SHARED}")
STACK = define("System.Collections.Stack", bases=_BASES, known=f"Peek Pop Push {_SHARED}")


class ArrayListValue(NetList):
    __slots__ = ()

    def own_type(self) -> NetType:
        return ARRAY_LIST.type

    def __init__(self, items: Any = ()) -> None:
        super().__init__(types.OBJECT, items)

    def check(self, index: int) -> int:
        if not 0 <= index < len(self.items):
            raise faults.index_less("index")
        return index

    def insert(self, index: int, item: Any) -> None:
        if not 0 <= index <= len(self.items):
            message = "Insertion index was out of range. Must be non-negative and less than or equal to size."
            raise faults.out_of_range(message, "index")
        super().insert(index, item)


class QueueValue(NetQueue):
    __slots__ = ()

    def own_type(self) -> NetType:
        return QUEUE.type

    def __init__(self, items: Any = ()) -> None:
        super().__init__(types.OBJECT, items)


class StackValue(NetStack):
    __slots__ = ()

    def own_type(self) -> NetType:
        return STACK.type

    def __init__(self, items: Any = ()) -> None:
        super().__init__(types.OBJECT, items)


def _declare_shared(definition: TypeDefinition, python: Any, parameter: str) -> None:
    name = definition.name
    definition.constructor(f"{name}()")(python)
    definition.constructor(f"{name}(int {'initialCapacity' if python is StackValue else 'capacity'})")(_sized(python))
    definition.constructor(f"{name}(System.Collections.ICollection {parameter})")(
        lambda items: python(iterate(given(items, parameter)))
    )
    definition.property("int Count")(len)
    definition.property("bool IsSynchronized")(lambda self: False)
    definition.property("object SyncRoot")(lambda self: self)
    definition.method("bool Contains(object item)")(lambda self, item: self.contains(item))
    definition.method("void Clear()")(lambda self: self.clear())
    definition.method("object[] ToArray()")(lambda self: array(types.OBJECT, self))
    definition.method("void CopyTo(System.Array array, int index)")(copy_to_untyped)
    definition.method("System.Collections.IEnumerator GetEnumerator()")(
        lambda self: EnumeratorValue(self, UNTYPED_ENUMERATOR.type)
    )
    definition.method("object Clone()")(lambda self: python(reversed(list(self)) if python is StackValue else self))


def _sized(python: Any) -> Any:
    def make(capacity: int) -> Any:
        if capacity < 0:
            raise faults.negative("capacity", capacity)
        return python()

    return make


_declare_shared(ARRAY_LIST, ArrayListValue, "c")
_declare_shared(QUEUE, QueueValue, "col")
_declare_shared(STACK, StackValue, "col")


@ARRAY_LIST.indexer("object this[int index] { get; set; }")
def get_item(self: ArrayListValue, index: int) -> Any:
    return self.get(index)


@get_item.set
def set_item(self: ArrayListValue, index: int, value: Any) -> None:
    self.put(index, value)


ARRAY_LIST.method("int Add(object value)")(untyped_add)
ARRAY_LIST.method("int IndexOf(object value)")(untyped_index_of)
ARRAY_LIST.method("void Insert(int index, object value)")(ArrayListValue.insert)
ARRAY_LIST.method("void RemoveAt(int index)")(ArrayListValue.remove_at)
ARRAY_LIST.method("void TrimToSize()")(lambda self: None)
for _name in ("IsFixedSize", "IsReadOnly"):
    ARRAY_LIST.property(f"bool {_name}")(lambda self: False)


@ARRAY_LIST.method("void Remove(object obj)")
def remove(self: ArrayListValue, value: Any) -> None:
    self.remove(value)


@ARRAY_LIST.method("void AddRange(System.Collections.ICollection c)")
def add_range(self: ArrayListValue, items: Any) -> None:
    for item in list(iterate(given(items, "c"))):
        self.add(item)


@ARRAY_LIST.method("int LastIndexOf(object value)")
def last_index_of(self: ArrayListValue, value: Any) -> int:
    from certgate.csharp.dotnet.collections.list_access import last_place

    return last_place(self.items, value, len(self.items) - 1, len(self.items))


def _check_range(self: ArrayListValue, index: int, count: int) -> None:
    for value, name in ((index, "index"), (count, "count")):
        if value < 0:
            raise faults.negative(name, value)
    if len(self.items) - index < count:
        raise faults.argument(INVALID_RANGE)


@ARRAY_LIST.method("void RemoveRange(int index, int count)")
def remove_range(self: ArrayListValue, index: int, count: int) -> None:
    _check_range(self, index, count)
    self.replace(self.items[:index] + self.items[index + count :])


@ARRAY_LIST.method("System.Collections.ArrayList GetRange(int index, int count)")
def get_range(self: ArrayListValue, index: int, count: int) -> ArrayListValue:
    """A copy: changes of the list behind it do not show in it."""
    _check_range(self, index, count)
    return ArrayListValue(self.items[index : index + count])


@ARRAY_LIST.method("void Reverse()")
def reverse(self: ArrayListValue) -> None:
    self.replace(self.items[::-1])


@ARRAY_LIST.method("void Sort()")
def sort(self: ArrayListValue) -> None:
    self.replace(sort_array(self.items, None))


@ARRAY_LIST.method("void Sort(System.Collections.IComparer comparer)")
def sort_comparer(self: ArrayListValue, comparer: Any) -> None:
    self.replace(sort_array(self.items, order_of(comparer)))


@ARRAY_LIST.method("System.Array ToArray(System.Type type)")
def to_array(self: ArrayListValue, kind: Any) -> NetArray:
    from certgate.csharp.dotnet.collections.collection_access import put_all
    from certgate.csharp.values import default_of

    element = given(kind, "type").of
    made = array(element, [default_of(element)] * len(self.items))
    put_all(self.items, made, 0)
    return made


@ARRAY_LIST.method("static System.Collections.ArrayList Repeat(object value, int count)")
def repeat(value: Any, count: int) -> ArrayListValue:
    from certgate.csharp.runtime import charge_size

    if count < 0:
        raise faults.negative("count", count)
    charge_size(count)
    return ArrayListValue([value] * count)


def _needed(self: Any, name: str) -> Any:
    if not len(self):
        raise faults.invalid_operation(f"{name} empty.")
    return self


QUEUE.method("void Enqueue(object obj)")(QueueValue.push)
QUEUE.method("object Dequeue()")(lambda self: _needed(self, "Queue").take())
QUEUE.method("object Peek()")(lambda self: _needed(self, "Queue").peek())
STACK.method("void Push(object obj)")(StackValue.push)
STACK.method("object Pop()")(lambda self: _needed(self, "Stack").take())
STACK.method("object Peek()")(lambda self: _needed(self, "Stack").peek())
