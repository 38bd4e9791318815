"""LINQ methods that filter, map and flatten."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from certgate.csharp import types
from certgate.csharp.compiler.conversions import unboxing
from certgate.csharp.conversions import derives_from
from certgate.csharp.dotnet.collections.collection_types import ENUMERABLE as SEQUENCE
from certgate.csharp.dotnet.collections.collection_types import UNTYPED_COLLECTION
from certgate.csharp.dotnet.linq import iterators as linq_iterators
from certgate.csharp.dotnet.linq.iterators import is_empty_array, none
from certgate.csharp.dotnet.linq.lists import SelectedList, is_list
from certgate.csharp.dotnet.linq.type import ENUMERABLE, SEQ, Types, function, is_instance, lazy, source_of, walk
from certgate.csharp.dotnet.system import faults
from certgate.csharp.operations import numeric_conversion
from certgate.csharp.values import NetArray, TupleValue, array, iterate, type_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from certgate.csharp.values import NetSequence

_SOURCE = f"this {SEQ}<TSource> source"


@ENUMERABLE.method(f"static {SEQ}<TSource> Where<TSource>({_SOURCE}, Func<TSource, bool> predicate)", generic=True)
def where(kinds: Types, source: Any, predicate: Any) -> Any:
    items, test = source_of(source), function(predicate, "predicate")
    if is_empty_array(items):
        return none(kinds[0])
    return linq_iterators.where(kinds[0], items, lambda: filter(test, iterate(items)))


@ENUMERABLE.method(f"static {SEQ}<TSource> Where<TSource>({_SOURCE}, Func<TSource, int, bool> predicate)", generic=True)
def where_index(kinds: Types, source: Any, predicate: Any) -> Any:
    items, test = source_of(source), function(predicate, "predicate")
    if is_empty_array(items):
        return none(kinds[0])
    return lazy(kinds[0], lambda: (item for index, item in enumerate(iterate(items)) if test(item, index)))


@ENUMERABLE.method(
    f"static {SEQ}<TResult> Select<TSource, TResult>({_SOURCE}, Func<TSource, TResult> selector)", generic=True
)
def select(kinds: Types, source: Any, selector: Any) -> Any:
    items, get = source_of(source), function(selector, "selector")
    if is_empty_array(items):
        return none(kinds[1])
    found = SelectedList(kinds[1], items, get) if is_list(items) else lazy(kinds[1], lambda: map(get, iterate(items)))
    found.net_type = linq_iterators.select_type(kinds[0], kinds[1], items)
    return found


@ENUMERABLE.method(
    f"static {SEQ}<TResult> Select<TSource, TResult>({_SOURCE}, Func<TSource, int, TResult> selector)", generic=True
)
def select_index(kinds: Types, source: Any, selector: Any) -> Any:
    items, get = source_of(source), function(selector, "selector")
    if is_empty_array(items):
        return none(kinds[1])
    return lazy(kinds[1], lambda: (get(item, index) for index, item in enumerate(iterate(items))))


def _flat(inner: Any) -> Iterator[Any]:
    if inner is None:
        raise faults.null_reference()
    return walk(inner)


@ENUMERABLE.method(
    f"static {SEQ}<TResult> SelectMany<TSource, TResult>({_SOURCE}, Func<TSource, {SEQ}<TResult>> selector)",
    generic=True,
)
def select_many(kinds: Types, source: Any, selector: Any) -> Any:
    items, get = source_of(source), function(selector, "selector")
    if is_empty_array(items):
        return none(kinds[1])
    found = lazy(kinds[1], lambda: (one for item in iterate(items) for one in _flat(get(item))))
    return linq_iterators.named(found, "SelectManySingleSelectorIterator", *kinds)


@ENUMERABLE.method(
    f"static {SEQ}<TResult> SelectMany<TSource, TResult>({_SOURCE}, Func<TSource, int, {SEQ}<TResult>> selector)",
    generic=True,
)
def select_many_index(kinds: Types, source: Any, selector: Any) -> Any:
    items, get = source_of(source), function(selector, "selector")
    if is_empty_array(items):
        return none(kinds[1])
    return lazy(kinds[1], lambda: (one for index, item in enumerate(iterate(items)) for one in _flat(get(item, index))))


@ENUMERABLE.method(
    f"static {SEQ}<TResult> SelectMany<TSource, TCollection, TResult>({_SOURCE}, "
    f"Func<TSource, {SEQ}<TCollection>> collectionSelector, Func<TSource, TCollection, TResult> resultSelector)",
    generic=True,
)
def select_many_result(kinds: Types, source: Any, collection: Any, result: Any) -> Any:
    items, get = source_of(source), function(collection, "collectionSelector")
    combine = function(result, "resultSelector")
    if is_empty_array(items):
        return none(kinds[2])
    return lazy(kinds[2], lambda: (combine(item, one) for item in iterate(items) for one in _flat(get(item))))


@ENUMERABLE.method(
    f"static {SEQ}<TResult> SelectMany<TSource, TCollection, TResult>({_SOURCE}, "
    f"Func<TSource, int, {SEQ}<TCollection>> collectionSelector, Func<TSource, TCollection, TResult> resultSelector)",
    generic=True,
)
def select_many_index_result(kinds: Types, source: Any, collection: Any, result: Any) -> Any:
    items, get = source_of(source), function(collection, "collectionSelector")
    combine = function(result, "resultSelector")
    if is_empty_array(items):
        return none(kinds[2])
    return lazy(
        kinds[2],
        lambda: (combine(item, one) for index, item in enumerate(iterate(items)) for one in _flat(get(item, index))),
    )


@ENUMERABLE.method(f"static {SEQ}<TResult> Cast<TResult>(this System.Collections.IEnumerable source)", generic=True)
def cast(kinds: Types, source: Any) -> Any:
    items, kind = source_of(source), kinds[0]
    if _is_of(items, kind):
        return items
    if _reads_as(items, kind):
        return _read(items, kind)
    convert = unboxing(kind) if kind.is_value else lambda item: _cast(item, kind)
    found = lazy(kind, lambda: map(convert, walk(items)))
    if derives_from(type_of(items), UNTYPED_COLLECTION.type):
        linq_iterators.named(found, "CastICollectionIterator", kind)
    return found


def _is_of(items: Any, kind: types.NetType) -> bool:
    """Whether the source is a sequence of that type already."""
    return derives_from(type_of(items), SEQUENCE.of(kind))


_SIGNED: dict[types.NetType, types.NetType] = {
    types.BYTE: types.SBYTE,
    types.UINT16: types.INT16,
    types.UINT32: types.INT32,
    types.UINT64: types.INT64,
}


def _reduced(kind: types.NetType) -> types.NetType | None:
    """The signed integer of the same size, for an integer or an enum."""
    if kind.kind == "enum" and kind.definition is not None:
        kind = types.KEYWORDS[kind.definition.underlying]
    kind = _SIGNED.get(kind, kind)
    return kind if kind in _SIGNED.values() else None


def _reads_as(items: Any, kind: types.NetType) -> bool:
    """Whether .NET takes an array for one of `kind` as it is: enums for their numbers, signed for unsigned."""
    if not isinstance(items, NetArray) or not kind.is_value:
        return False
    found = _reduced(items.element_type)
    return found is not None and found is _reduced(kind)


def _read(items: NetArray, kind: types.NetType) -> NetSequence:
    convert = numeric_conversion(items.element_type, kind)
    return lazy(kind, lambda: map(convert, walk(items)))


def _cast(item: Any, kind: types.NetType) -> Any:
    if item is not None and not is_instance(item, kind):
        source, target = type_of(item).reflection_name, kind.reflection_name
        raise faults.invalid_cast(f"Unable to cast object of type '{source}' to type '{target}'.")
    return item


@ENUMERABLE.method(f"static {SEQ}<TResult> OfType<TResult>(this System.Collections.IEnumerable source)", generic=True)
def of_type(kinds: Types, source: Any) -> Any:
    items, kind = source_of(source), kinds[0]
    if kind.is_value and types.nullable_inner(kind) is None and _is_of(items, kind):
        return items
    if _reads_as(items, kind):
        return _read(items, kind)
    return linq_iterators.OfTypeSequence(
        kind, items, lambda: (item for item in walk(items) if item is not None and is_instance(item, kind))
    )


@ENUMERABLE.method(f"static {SEQ}<TSource> AsEnumerable<TSource>({_SOURCE})", generic=True)
def as_enumerable(kinds: Types, source: Any) -> Any:
    return source


@ENUMERABLE.method(f"static {SEQ}<TSource[]> Chunk<TSource>({_SOURCE}, int size)", generic=True)
def chunk(kinds: Types, source: Any, size: int) -> Any:
    items = source_of(source)
    if size < 1:
        raise faults.not_valid("size")
    if is_empty_array(items):
        return none(kinds[0].array())

    def start() -> Iterator[Any]:
        steps = walk(items)
        while part := list(islice(steps, size)):
            yield array(kinds[0], part)

    return lazy(kinds[0].array(), start)


@ENUMERABLE.method(
    f"static {SEQ}<(TFirst First, TSecond Second)> Zip<TFirst, TSecond>(this {SEQ}<TFirst> first, "
    f"{SEQ}<TSecond> second)",
    generic=True,
)
def zip_pairs(kinds: Types, first: Any, second: Any) -> NetSequence:
    left, right = source_of(first, "first"), source_of(second, "second")
    pair = types.tuple_type(kinds, ("First", "Second"))
    return lazy(pair, lambda: (TupleValue(pair, both) for both in zip(walk(left), iterate(right), strict=False)))


@ENUMERABLE.method(
    f"static {SEQ}<TResult> Zip<TFirst, TSecond, TResult>(this {SEQ}<TFirst> first, {SEQ}<TSecond> second, "
    "Func<TFirst, TSecond, TResult> resultSelector)",
    generic=True,
)
def zip_with(kinds: Types, first: Any, second: Any, selector: Any) -> NetSequence:
    left, right, get = source_of(first, "first"), source_of(second, "second"), function(selector, "resultSelector")
    return lazy(kinds[2], lambda: map(get, iterate(left), iterate(right)))
