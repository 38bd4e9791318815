"""LINQ methods that make, join and order sequences."""

from __future__ import annotations

from itertools import chain, repeat
from typing import TYPE_CHECKING, Any

from certgate.csharp import types
from certgate.csharp.dotnet.linq import iterators as linq_iterators
from certgate.csharp.dotnet.linq.by import distinct
from certgate.csharp.dotnet.linq.iterators import is_empty_array, made_by, named, none
from certgate.csharp.dotnet.linq.lists import RangeSequence
from certgate.csharp.dotnet.linq.type import ENUMERABLE, SEQ, Types, function, lazy, source_of, walk
from certgate.csharp.dotnet.linq.values import OrderedSequence
from certgate.csharp.dotnet.system import faults
from certgate.csharp.dotnet.text.string_comparison import equality_key, order_of
from certgate.csharp.runtime import charge_size, charge_steps
from certgate.csharp.values import NetArray, NetSequence, default_of, iterate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_SOURCE = f"this {SEQ}<TSource> source"
_PAIR = f"this {SEQ}<TSource> first, {SEQ}<TSource> second"
_COMPARER = "System.Collections.Generic.IEqualityComparer<TSource> comparer"


@ENUMERABLE.method("static System.Collections.Generic.IEnumerable<int> Range(int start, int count)")
def make_range(start: int, count: int) -> Any:
    if count < 0 or start + count - 1 > 2**31 - 1:
        raise faults.not_valid("count")
    if count == 0:
        return none(types.INT32)
    return named(RangeSequence(types.INT32, range(start, start + count)), "RangeIterator", types.INT32)


@ENUMERABLE.method(f"static {SEQ}<TResult> Repeat<TResult>(TResult element, int count)", generic=True)
def make_repeat(kinds: Types, element: Any, count: int) -> Any:
    if count < 0:
        raise faults.not_valid("count")
    if count == 0:
        return none(kinds[0])
    return named(lazy(kinds[0], lambda: walk(repeat(element, count))), "RepeatIterator", kinds[0])


@ENUMERABLE.method(f"static {SEQ}<TResult> Empty<TResult>()", generic=True)
def make_empty(kinds: Types) -> Any:
    return none(kinds[0])


@ENUMERABLE.method(f"static {SEQ}<TSource> Concat<TSource>({_PAIR})", generic=True)
def concat(kinds: Types, first: Any, second: Any) -> Any:
    left, right = source_of(first, "first"), source_of(second, "second")
    if is_empty_array(left) or is_empty_array(right):
        return right if is_empty_array(left) else left
    name = "ConcatNIterator" if made_by(left) in ("Concat2Iterator", "ConcatNIterator") else "Concat2Iterator"
    return named(lazy(kinds[0], lambda: (item for part in (left, right) for item in walk(part))), name, kinds[0])


@ENUMERABLE.method(f"static {SEQ}<TSource> Append<TSource>({_SOURCE}, TSource element)", generic=True)
def append(kinds: Types, source: Any, element: Any) -> NetSequence:
    items = source_of(source)
    return _extended(items, lazy(kinds[0], lambda: chain(walk(items), (element,))))


@ENUMERABLE.method(f"static {SEQ}<TSource> Prepend<TSource>({_SOURCE}, TSource element)", generic=True)
def prepend(kinds: Types, source: Any, element: Any) -> NetSequence:
    items = source_of(source)
    return _extended(items, lazy(kinds[0], lambda: chain((element,), walk(items))))


def _extended(source: Any, found: NetSequence) -> NetSequence:
    name = "AppendPrependN" if made_by(source).startswith("AppendPrepend") else "AppendPrepend1Iterator"
    return named(found, name, found.element_type)


@ENUMERABLE.method(f"static {SEQ}<TSource> Reverse<TSource>({_SOURCE})", generic=True)
@ENUMERABLE.method(f"static {SEQ}<TSource> Reverse<TSource>(this TSource[] source)", generic=True)
def reverse(kinds: Types, source: Any) -> Any:
    items = source_of(source)
    if is_empty_array(items):
        return none(kinds[0])
    return named(lazy(kinds[0], lambda: reversed(list(walk(items)))), "ReverseIterator", kinds[0])


@ENUMERABLE.method(f"static {SEQ}<TSource> DefaultIfEmpty<TSource>({_SOURCE})", generic=True)
def default_if_empty(kinds: Types, source: Any) -> Any:
    return default_if_empty_value(kinds, source, default_of(kinds[0]))


@ENUMERABLE.method(f"static {SEQ}<TSource> DefaultIfEmpty<TSource>({_SOURCE}, TSource defaultValue)", generic=True)
def default_if_empty_value(kinds: Types, source: Any, value: Any) -> Any:
    items = source_of(source)
    if isinstance(items, NetArray) and len(items):
        return items

    def start() -> Iterator[Any]:
        empty = True
        for item in walk(items):
            empty = False
            yield item
        if empty:
            yield value

    return named(lazy(kinds[0], start), "DefaultIfEmptyIterator", kinds[0])


@ENUMERABLE.method(f"static {SEQ}<TSource> Distinct<TSource>({_SOURCE})", generic=True)
def distinct_plain(kinds: Types, source: Any) -> Any:
    return distinct_comparer(kinds, source, None)


@ENUMERABLE.method(f"static {SEQ}<TSource> Distinct<TSource>({_SOURCE}, {_COMPARER})", generic=True)
def distinct_comparer(kinds: Types, source: Any, comparer: Any) -> Any:
    items, key_for = source_of(source), equality_key(comparer)
    if is_empty_array(items):
        return none(kinds[0])
    return named(lazy(kinds[0], lambda: distinct(items, key_for, set())), "DistinctIterator", kinds[0])


@ENUMERABLE.method(f"static {SEQ}<TSource> Union<TSource>({_PAIR})", generic=True)
def union(kinds: Types, first: Any, second: Any) -> NetSequence:
    return union_comparer(kinds, first, second, None)


@ENUMERABLE.method(f"static {SEQ}<TSource> Union<TSource>({_PAIR}, {_COMPARER})", generic=True)
def union_comparer(kinds: Types, first: Any, second: Any, comparer: Any) -> NetSequence:
    left, right, key_for = source_of(first, "first"), source_of(second, "second"), equality_key(comparer)
    earlier = isinstance(left, UnionSequence) and left.comparer is comparer
    found = UnionSequence(kinds[0], comparer, lambda: distinct(chain(walk(left), walk(right)), key_for, set()))
    return named(found, f"UnionIterator{'N' if earlier else 2}", kinds[0])


class UnionSequence(NetSequence):
    """What ``Union`` gives; another one with the same comparer joins it."""

    __slots__ = ("comparer",)

    def __init__(self, element_type: types.NetType, comparer: Any, start: Callable[[], Iterator[Any]]) -> None:
        super().__init__(element_type, start)
        self.comparer = comparer


@ENUMERABLE.method(f"static {SEQ}<TSource> Except<TSource>({_PAIR})", generic=True)
def except_(kinds: Types, first: Any, second: Any) -> NetSequence:
    return except_comparer(kinds, first, second, None)


@ENUMERABLE.method(f"static {SEQ}<TSource> Except<TSource>({_PAIR}, {_COMPARER})", generic=True)
def except_comparer(kinds: Types, first: Any, second: Any, comparer: Any) -> NetSequence:
    left, right, key_for = source_of(first, "first"), source_of(second, "second"), equality_key(comparer)
    return lazy(kinds[0], lambda: distinct(left, key_for, set(map(key_for, walk(right)))))


@ENUMERABLE.method(f"static {SEQ}<TSource> Intersect<TSource>({_PAIR})", generic=True)
def intersect(kinds: Types, first: Any, second: Any) -> NetSequence:
    return intersect_comparer(kinds, first, second, None)


@ENUMERABLE.method(f"static {SEQ}<TSource> Intersect<TSource>({_PAIR}, {_COMPARER})", generic=True)
def intersect_comparer(kinds: Types, first: Any, second: Any, comparer: Any) -> NetSequence:
    left, right, key_for = source_of(first, "first"), source_of(second, "second"), equality_key(comparer)

    def start() -> Iterator[Any]:
        wanted = set(map(key_for, walk(right)))
        return (item for item in distinct(left, key_for, set()) if key_for(item) in wanted)

    return lazy(kinds[0], start)


@ENUMERABLE.method(f"static bool SequenceEqual<TSource>({_PAIR})")
def sequence_equal(first: Any, second: Any) -> bool:
    return sequence_equal_comparer(first, second, None)


@ENUMERABLE.method(f"static bool SequenceEqual<TSource>({_PAIR}, {_COMPARER})")
def sequence_equal_comparer(first: Any, second: Any, comparer: Any) -> bool:
    key_for = equality_key(comparer)
    left, right = walk(source_of(first, "first")), iterate(source_of(second, "second"))
    nothing = object()
    for item in left:
        other = next(right, nothing)
        if other is nothing or key_for(item) != key_for(other):
            return False
    return next(right, nothing) is nothing


_ORDERED = "System.Linq.IOrderedEnumerable"


def _declare_order(name: str, descending: bool) -> None:
    key = "Func<TSource, TKey> keySelector"
    comparer = "System.Collections.Generic.IComparer<TKey> comparer"
    result = f"static {_ORDERED}<TSource>"
    source = f"this {SEQ}<TSource> source"
    ordered = f"this {_ORDERED}<TSource> source"

    def first(kinds: Types, items: Any, selector: Any, compare: Any = None) -> OrderedSequence:
        order = (function(selector, "keySelector"), order_of(compare), descending)
        return _typed(kinds, OrderedSequence(kinds[0], source_of(items), (order,)))

    def then(kinds: Types, items: Any, selector: Any, compare: Any = None) -> OrderedSequence:
        earlier: OrderedSequence = source_of(items)
        charge_size(len(earlier.orders))
        order = (function(selector, "keySelector"), order_of(compare), descending)
        return _typed(kinds, OrderedSequence(kinds[0], earlier.source, (*earlier.orders, order)))

    ENUMERABLE.method(f"{result} OrderBy{name}<TSource, TKey>({source}, {key})", generic=True)(first)
    ENUMERABLE.method(f"{result} OrderBy{name}<TSource, TKey>({source}, {key}, {comparer})", generic=True)(first)
    ENUMERABLE.method(f"{result} ThenBy{name}<TSource, TKey>({ordered}, {key})", generic=True)(then)
    ENUMERABLE.method(f"{result} ThenBy{name}<TSource, TKey>({ordered}, {key}, {comparer})", generic=True)(then)
    whole = f"{result} Order{name}<TSource>({source}"

    def itself(kinds: Types, items: Any, compare: Any = None) -> OrderedSequence:
        found = OrderedSequence(kinds[0], source_of(items), ((_same, order_of(compare), descending),))
        return _typed(kinds if compare is None and kinds[0] in _ALIKE else (kinds[0], kinds[0]), found)

    ENUMERABLE.method(f"{whole})", generic=True)(itself)
    ENUMERABLE.method(f"{whole}, System.Collections.Generic.IComparer<TSource> comparer)", generic=True)(itself)


_ALIKE = (
    *(types.SBYTE, types.BYTE, types.INT16, types.UINT16, types.INT32, types.UINT32, types.INT64, types.UINT64),
    *(types.BOOLEAN, types.CHAR),
)
"""Types whose equal values are the same in every way."""


def _typed(kinds: Types, found: OrderedSequence) -> OrderedSequence:
    found.net_type = linq_iterators.ordered_type(*kinds)
    return found


def _same(item: Any) -> Any:
    charge_steps(1)
    return item


_declare_order("", descending=False)
_declare_order("Descending", descending=True)
